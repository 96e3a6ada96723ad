const globals = {
  ...timers,
  queueMicrotask(callback) { checkCallback(callback); then(resolved(), () => { try { callback(); } catch (error) { native.reportUncaught(error); } }); },
  print(...values) { native.print(...values); },
};
for (const name in globals) hide(name, globals[name]);
for (const name of ["console", "structuredClone", "vm", "modules", "ns", "contexts"]) lazy(name, () => native.lazyGlobal(name));
// What `import` of a script reads: a function of the script's number, which gives its `import()`.
hide(native.importName, (script, phase) => (specifier, options) => dynamicImport(-1 - script, specifier, options, phase));

return { run, start, resume, drive, waiting, namespace, deferredNamespace, synthesize, setCell, namespaceExports, peek, peekLocal,
         enqueue, watch, deferred, drop, release, invoke, makeError, nodeError, isObject, parseJSON, assign, compile, match };
