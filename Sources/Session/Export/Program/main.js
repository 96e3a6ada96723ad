// The session's code runs in this realm, and may change all that is in it. What must stay as it is
// runs in a realm of its own.
process.env.TZ = "UTC";
process.on("unhandledRejection", () => {});
const { apply, construct, defineProperty } = Reflect;
const { Promise, structuredClone, setImmediate } = globalThis;
const uncurryThis = Function.prototype.bind.bind(Function.prototype.call);
const getterOf = (object, key) => uncurryThis(Object.getOwnPropertyDescriptor(object, key).get);
const isObject = (v) => (typeof v === "object" && v !== null) || typeof v === "function";
const { createContext, constants, isContext, runInContext, runInThisContext, Script, Module,
  SourceTextModule, SyntheticModule } = vm;
const ownRealm = createContext(constants.DONT_CONTEXTIFY);
const inOwnRealm = (f) =>
  runInContext(`"use strict"; (${f})`, ownRealm, { filename: "modlab" });
const { addTask, removeTask, date, beginReads, runTask, tick, advance, clearTasks,
  jobs } =
  inOwnRealm(makeClock)(setImmediate);
// It throws Node's own errors of arguments.
const checkCallback = (callback) => { if (typeof callback !== "function") setImmediate(callback); };
let nodeError;
try { checkCallback(); } catch (error) { nodeError = error; }
const { put, makeConsole, words, nameText, stackText } = inOwnRealm(makeOutput)({
  stdout: process.stdout, Console, Writable, inspect, date, program: import.meta.url,
  nodeError });

// Node aborts when a synthetic module's own `setExport` gets a name that is no string.
await new SyntheticModule([], function () {
  const prototype = Object.getPrototypeOf(this);
  const setInside = prototype.setExport, { setExport } = SyntheticModule.prototype;
  const module = new SyntheticModule([], () => {}, { identifier: "refuses" });
  prototype.setExport = function (name, value) {
    return typeof name === "string" ? apply(setInside, this, [name, value])
      : apply(setExport, module, [name, value]);
  };
}, { identifier: "begins" }).evaluate();

// import(): what the rules answer is linked and evaluated first.
const holds = (read) => (module) => {
  try {
    read(module);
    return true;
  } catch { return false; }
};
const isSource = holds(getterOf(SourceTextModule.prototype, "dependencySpecifiers"));
const identifierOf = getterOf(Module.prototype, "identifier"), isModule = holds(identifierOf);
const contextOf = getterOf(Module.prototype, "context");
const sourceStatus = getterOf(SourceTextModule.prototype, "status");
const otherStatus = getterOf(Module.prototype, "status");
const statusOf = (module) => isSource(module) ? sourceStatus(module) : otherStatus(module);
const evaluateOf = uncurryThis(Module.prototype.evaluate);
const linkSource = uncurryThis(Module.prototype.link);
const linkSynthetic = uncurryThis(SyntheticModule.prototype.link);
const linkOf = (module) => isSource(module) ? linkSource(module, linker) : linkSynthetic(module, linker);
const setExportOf = uncurryThis(SyntheticModule.prototype.setExport);
// A promise that nobody but this program sees: how it settles is known, whatever the session did to
// `Promise.prototype`.
const awaitable = (promise) => {
  defineProperty(promise, "constructor", { __proto__: null, value: Promise });
  return promise;
};
const settle = async (promise, done, failed) => {
  try { await awaitable(promise); } catch (error) { return void failed(error); }
  done();
};
const link = async (module) => {
  try {
    // Of a synthetic module it is undefined.
    const linked = linkOf(module);
    await (linked === undefined ? linked : awaitable(linked));
  } finally { linkEnded(); }
};
function dynamicImport(specifier, referrer, attributes) {
  const module = isModule(referrer) ? referrer : undefined;
  // What runs a file gives its name.
  const script = typeof referrer === "string" ? referrer : "script";
  const answered = ask(specifier, module, attributes ?? {}, script);
  return isObject(answered) ? finishImport(answered) : answered;
}
async function finishImport(answer) {
  const answered = await answer;
  if (!isModule(answered)) return answered;
  while (statusOf(answered) === "linking") await awaitable(new Promise(waitForLink));
  if (statusOf(answered) === "unlinked") await awaitable(link(answered));
  await awaitable(evaluateOf(answered));
  return answered;
}

// The `vm` of the session. Modules that code makes with `new vm.SourceTextModule(…)` are registered.
const registering = (Class) => {
  const seen = new Proxy(Class, {
    __proto__: null,
    construct: (target, values, newTarget) => registerMade(construct(target, values, newTarget)),
  });
  defineProperty(Class.prototype, "constructor", { value: seen });
  return seen;
};
const optionsOf = (options) => typeof options === "string" ? { filename: options } : options;
// Node's own loader would not find what the rules answer.
const withRules = (options) =>
  options?.importModuleDynamically === constants.USE_MAIN_CONTEXT_DEFAULT_LOADER
    ? { __proto__: null, ...options, importModuleDynamically: dynamicImport } : options;
const sessionVM = {
  Script: new Proxy(Script, {
    __proto__: null,
    construct: (target, values, newTarget) =>
      construct(target, [values[0], withRules(values[1])], newTarget),
  }),
  createContext(contextObject = {}, options) {
    const isNew = !isObject(contextObject) || !isContext(contextObject);
    const context = createContext(contextObject, options);
    if (isNew) furnishContext(context);
    return context;
  },
  runInContext(code, context, options) { return runInContext(code, context, withRules(options)); },
  runInNewContext(code, contextObject, options) {
    return new sessionVM.Script(code, optionsOf(options)).runInNewContext(contextObject, options);
  },
  runInThisContext(code, options) { return runInThisContext(code, withRules(options)); },
  isContext, constants, Module,
  SourceTextModule: registering(SourceTextModule), SyntheticModule: registering(SyntheticModule),
};
defineProperty(Script.prototype, "constructor", { value: sessionVM.Script });
const contextOptions = ({ contextName: name, contextOrigin: origin }) => ({ __proto__: null, name, origin });
Script.prototype.runInNewContext = {
  runInNewContext(contextObject, options) {
    const context = sessionVM.createContext(contextObject,
      isObject(options) ? contextOptions(options) : undefined);
    return this.runInContext(context, options);
  },
}.runInNewContext;
const { createContext: furnishedContext } = sessionVM;

const linking = inOwnRealm(makeLinker)({
  runInContext, runInThisContext, SourceTextModule, SyntheticModule, Promise, dynamicImport,
  vm: sessionVM, addTask, clearTasks, global: globalThis, furnishedContext,
  errors: { Error, TypeError, RangeError, SyntaxError },
  identifierOf, contextOf, setExportOf,
  extra: (attributes) => attributes ? { attributes, assert: attributes } : {},
});
const { registerMade, keepRealm, seedRealms, linkEnded, waitForLink, ask, linker, define, sourceModule,
  syntheticModule, syntheticModuleWith, valueModule, jsonModule, bytesModule, reset, remove, clear,
  makeContext, useNames, rule, fileRule, unresolve, wildcard, regex, named, value, throwing,
  rejecting, delayed, waiting, asking, calling, found, read, file, asked, answer, load, set, js,
  awaitingJS, script } = linking;

// `modules`, `ns` and `contexts`: what is there is looked up when it is read.
const registryObject = ({ get, names }) => {
  const target = Object.create(null);
  // A Proxy is shown as its target.
  target[inspect.custom] = () => {
    const shown = { __proto__: null };
    try {
      for (const name of names()) {
        defineProperty(shown, name, {
          __proto__: null, value: get(name), enumerable: true, configurable: true });
      }
    } catch (error) { return `[value that cannot be shown: ${error.message}]`; }
    return shown;
  };
  return new Proxy(target, {
    __proto__: null,
    get: (_, name) => typeof name === "string" ? get(name) : undefined,
    has: (_, name) => typeof name === "string" && names().includes(name),
    ownKeys: () => names(),
    getOwnPropertyDescriptor: (_, name) => typeof name === "string" && names().includes(name)
      ? { __proto__: null, value: get(name), writable: false, enumerable: true, configurable: true }
      : undefined,
    set: () => false, defineProperty: () => false, deleteProperty: () => false,
  });
};
const modules = registryObject(linking.modules);
const contexts = registryObject(linking.contexts);

const globalNames = inOwnRealm((names) => new Set(names.split(" ")))(
  "AggregateError Array ArrayBuffer AsyncDisposableStack Atomics BigInt BigInt64Array BigUint64Array " +
  "Boolean DataView Date DisposableStack Error EvalError FinalizationRegistry Float16Array " +
  "Float32Array Float64Array Function " +
  "Infinity Int16Array Int32Array Int8Array Intl Iterator JSON Map Math NaN Number Object Promise " +
  "Proxy RangeError ReferenceError Reflect RegExp Set String SuppressedError Symbol SyntaxError " +
  "TypeError URIError " +
  "Uint16Array Uint32Array Uint8Array Uint8ClampedArray WeakMap WeakRef WeakSet " +
  "decodeURI decodeURIComponent encodeURI encodeURIComponent escape eval globalThis isFinite isNaN " +
  "parseFloat parseInt undefined unescape");
const native = {
  isGlobal: (name) => globalNames.has(name),
  date, addTask, removeTask, keepTask() {}, makeConsole, checkCallback,
  print: (values) => put(apply(format, undefined, values)),
  stackText,
  seed: $seed$,
  globals: {
    structuredClone, vm: sessionVM, modules, ns: registryObject(linking.namespaces), contexts },
};
const furnishText = `"use strict"; (${furnish})`;
function furnishContext(context) {
  keepRealm(context, runInContext(furnishText, context, { __proto__: null, filename: "modlab" })(native, context));
}
keepRealm(undefined, furnish(native, globalThis));
function seed(number) {
  native.seed = number;
  seedRealms(number);
}
const step = inOwnRealm(makeStep)(
  { types, settle, statusOf, jobs, runTask, beginReads, put, words, nameText }, linking.modules);
