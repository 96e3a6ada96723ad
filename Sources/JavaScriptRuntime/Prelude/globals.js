const { addTask, removeTask, keepTask } = native;
const checkCallback = (callback) => {
  if (typeof callback === "function") return;
  throw native.nodeError("TypeError", "ERR_INVALID_ARG_TYPE", `The "callback" argument must be of type function. Received ${native.received(callback)}`);
};
const microtasks = {
  __proto__: null,
  queueMicrotask(callback) {
    checkCallback(callback);
    enqueue(() => { try { callback(); } catch (error) { native.reportUncaught(error); } });
  },
};
const printing = { __proto__: null, print(...values) { apply(native.print, undefined, values); } };
hide("setTimeout", timers.setTimeout);
hide("setInterval", timers.setInterval);
hide("setImmediate", timers.setImmediate);
hide("clearTimeout", timers.clearTimeout);
hide("clearInterval", timers.clearInterval);
hide("clearImmediate", timers.clearImmediate);
hide("queueMicrotask", microtasks.queueMicrotask);
hide("print", printing.print);
lazy("console");
lazy("structuredClone");
lazy("vm");
lazy("modules");
lazy("ns");
lazy("contexts");
// What `import` of a script reads: a function of the script's number, which gives its `import()`.
hide(native.importName, (script, phase) => (specifier, options) => dynamicImport(-1 - script, specifier, options, phase));

({
  __proto__: null, primordials,
  run, start, resume, drive, waiting, namespace, deferredNamespace, synthesize, setCell, namespaceExports, peek, peekLocal,
  mark, watch, watchOwn, deferred, drop, release, attempt, invoke, makeError, nodeError, hasOwn, isOfKind, define, immutable,
  parseJSON, assign, compile, match, seedRandom, promises: { __proto__: null, awaitable, mark, promiseOf, resolvable },
});
