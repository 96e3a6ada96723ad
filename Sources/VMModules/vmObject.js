// The JavaScript of the module `node:vm`: classes and functions with Node's argument checks, over
// native functions that act on modules by number.
(function (native, primordials, promises) {
"use strict";
const { awaitable, mark, promiseOf, resolvable } = promises;
const {
  ArrayBufferIsView, ArrayIsArray, ArrayPrototypeForEach, ArrayPrototypeIncludes, ArrayPrototypeIndexOf,
  ArrayPrototypeSome, NumberIsInteger, ObjectFreeze, ReflectApply: apply, ReflectDefineProperty,
  ReflectGetOwnPropertyDescriptor, ReflectGetPrototypeOf, ReflectSetPrototypeOf, Symbol: SymbolHere, SymbolToStringTag,
  TypeError: TypeErrorHere, Uint8Array: Uint8ArrayHere,
  WeakMapPrototypeGet, WeakMapPrototypeHas, WeakMapPrototypeSet,
} = primordials;
const rejected = (error) => primordials.PromiseReject(primordials.Promise, error);
const customInspect = primordials.SymbolFor("nodejs.util.inspect.custom");
const contexts = new primordials.WeakMap();
const registries = new primordials.WeakMap();
const registry = (proxy) => { WeakMapPrototypeSet(registries, proxy, true); return proxy; };
const isObject = (v) => typeof v === "object" && v !== null;
// What is missing where a person gave no options: nothing is inherited, as in Node.
const noOptions = ObjectFreeze({ __proto__: null });

const { nodeError } = native;
const received = (v) => native.received(v);
const has = (text, character) => {
  for (let i = 0; i < text.length; i++) if (text[i] === character) return true;
  return false;
};
const invalidType = (name, expected, value) => nodeError("TypeError", "ERR_INVALID_ARG_TYPE",
  `The "${name}" ${has(name, ".") ? "property" : "argument"} must be ${expected}. Received ${received(value)}`);
function validateString(value, name) { if (typeof value !== "string") throw invalidType(name, "of type string", value); }
function validateFunction(value, name) { if (typeof value !== "function") throw invalidType(name, "of type function", value); }
function validateBoolean(value, name) { if (typeof value !== "boolean") throw invalidType(name, "of type boolean", value); }
function validateObject(value, name) { if (value === null || typeof value !== "object" || ArrayIsArray(value)) throw invalidType(name, "of type object", value); }
function validateObjectOrArray(value, name) { if (!isObject(value)) throw invalidType(name, "of type object", value); }
function outOfRange(name, range, value) {
  return nodeError("RangeError", "ERR_OUT_OF_RANGE", `The value of "${name}" is out of range. It must be ${range}. Received ${native.inspect(value)}`);
}
function validateInt32(value, name) {
  if (typeof value !== "number") throw invalidType(name, "of type number", value);
  if (!NumberIsInteger(value)) throw outOfRange(name, "an integer", value);
  if (value < -2147483648 || value > 2147483647) throw outOfRange(name, ">= -2147483648 && <= 2147483647", value);
}
function validateTimeout(value, name) {
  if (typeof value !== "number") throw invalidType(name, "of type number", value);
  if (!NumberIsInteger(value)) throw outOfRange(name, "an integer", value);
  if (value < 1 || value > 4294967295) throw outOfRange(name, ">= 1 && <= 4294967295", value);
}
function validateCachedData(value) {
  if (value === undefined || ArrayBufferIsView(value)) return;
  throw invalidType("options.cachedData", "an instance of Buffer, TypedArray, or DataView", value);
}

// Numbers of modules that commands made: their objects are made without a definition.
let adopted;
let hasModuleID, moduleID, isSource, isSynthetic, runScript, makeWrap;
const idOf = (module) => {
  if (!hasModuleID(module)) throw nodeError("TypeError", "ERR_INVALID_THIS", 'Value of "this" must be of type Module');
  return moduleID(module);
};

const idOfSource = (module) => {
  if (!isSource(module)) throw nodeError("TypeError", "ERR_INVALID_THIS", 'Value of "this" must be of type SourceTextModule');
  return moduleID(module);
};
const idOfSynthetic = (module) => {
  if (!isSynthetic(module)) throw nodeError("TypeError", "ERR_INVALID_THIS", 'Value of "this" must be of type SyntheticModule');
  return moduleID(module);
};

// Members that find a private field where Node's do, with an error without a code.
const brandOf = (module) => {
  if (!isSource(module)) {
    throw new TypeErrorHere("Cannot read private member #dependencySpecifiers from an object whose class did not declare it");
  }
  return moduleID(module);
};

const constructorOf = (object) => {
  for (let from = object; from !== null; from = ReflectGetPrototypeOf(from)) {
    const constructor = ReflectGetOwnPropertyDescriptor(from, "constructor");
    if (constructor === undefined) continue;
    ReflectSetPrototypeOf(constructor, null);
    if (typeof constructor.value === "function" && constructor.value.name !== "") return constructor.value;
  }
  return undefined;
};

class Module {
  #id;
  constructor(make) {
    if (new.target === Module) throw new TypeErrorHere("Module is not a constructor");
    if (adopted !== undefined) {
      this.#id = adopted;
      adopted = undefined;
    } else {
      this.#id = make(this);
    }
  }
  static {
    hasModuleID = (module) => isObject(module) && #id in module;
    moduleID = (module) => module.#id;
  }
  get identifier() { return native.identifier(idOf(this)); }
  get context() { return native.contextObject(idOf(this)); }
  get status() { return native.status(idOf(this)); }
  get namespace() { return native.namespace(idOf(this)); }
  get error() { return native.error(idOf(this)); }
  link(linker) {
    try {
      const id = idOf(this);
      validateFunction(linker, "linker");
      return native.link(id, linker);
    } catch (error) {
      return rejected(error);
    }
  }
  evaluate(options = noOptions) {
    try {
      const id = idOf(this);
      validateObject(options, "options");
      let timeout = options.timeout;
      if (timeout === undefined) timeout = -1; else validateTimeout(timeout, "options.timeout");
      const { breakOnSigint = false } = options;
      validateBoolean(breakOnSigint, "options.breakOnSigint");
      return native.evaluate(id, timeout, breakOnSigint);
    } catch (error) {
      return rejected(error);
    }
  }
  [customInspect](depth, options, inspect) {
    if (!hasModuleID(this)) throw nodeError("TypeError", "ERR_INVALID_THIS", 'Value of "this" must be of type Module');
    if (typeof depth === "number" && depth < 0) return this;
    const constructor = constructorOf(this) ?? Module;
    const shown = { status: this.status, identifier: this.identifier, context: this.context };
    ReflectSetPrototypeOf(shown, ReflectGetPrototypeOf(this));
    ReflectDefineProperty(shown, SymbolToStringTag, { __proto__: null, value: constructor.name, configurable: true });
    return typeof inspect === "function" ? inspect(shown, { ...options, customInspect: false }) : shown;
  }
}
function contextIndex(context) {
  if (context === undefined) return 0;
  validateObject(context, "context");
  const index = WeakMapPrototypeGet(contexts, context);
  if (index === undefined) throw invalidType("options.context", "an vm.Context", context);
  return index;
}

class SourceTextModule extends Module {
  #isSource = true;
  static { isSource = (module) => isObject(module) && #isSource in module; }
  constructor(sourceText, options = noOptions) {
    super((self) => {
      validateString(sourceText, "sourceText");
      validateObject(options, "options");
      const { lineOffset = 0, columnOffset = 0, initializeImportMeta, importModuleDynamically, context, identifier, cachedData } = options;
      const index = contextIndex(context);
      if (identifier !== undefined) validateString(identifier, "options.identifier");
      validateInt32(lineOffset, "options.lineOffset");
      validateInt32(columnOffset, "options.columnOffset");
      if (initializeImportMeta !== undefined) validateFunction(initializeImportMeta, "options.initializeImportMeta");
      if (importModuleDynamically !== undefined) validateFunction(importModuleDynamically, "options.importModuleDynamically");
      validateCachedData(cachedData);
      if (cachedData !== undefined && !native.cachedDataFits(sourceText, cachedData)) {
        throw nodeError("Error", "ERR_VM_MODULE_CACHED_DATA_REJECTED", "cachedData buffer was rejected");
      }
      return native.makeSourceTextModule(sourceText, identifier, index, lineOffset, columnOffset, initializeImportMeta, importModuleDynamically, self);
    });
  }
  get status() { return native.status(idOf(this)); }
  get error() { return native.error(idOf(this)); }
  get dependencySpecifiers() { return native.specifiers(brandOf(this)); }
  get moduleRequests() { return native.requests(brandOf(this)); }
  linkRequests(modules) {
    const id = idOfSource(this);
    if (native.status(id) !== "unlinked") throw nodeError("Error", "ERR_VM_MODULE_STATUS", "Module status must be unlinked");
    if (!ArrayIsArray(modules)) throw invalidType("modules", "an instance of Array", modules);
    native.linkRequests(id, modules);
  }
  instantiate() { native.instantiate(idOfSource(this)); }
  hasTopLevelAwait() { return native.hasTopLevelAwait(idOfSource(this)); }
  hasAsyncGraph() { return native.hasAsyncGraph(idOfSource(this)); }
  createCachedData() { return native.createCachedData(brandOf(this)); }
}

class SyntheticModule extends Module {
  #isSynthetic = true;
  static { isSynthetic = (module) => isObject(module) && #isSynthetic in module; }
  constructor(exportNames, evaluateCallback, options = noOptions) {
    super((self) => {
      if (!ArrayIsArray(exportNames) || ArrayPrototypeSome(exportNames, (e) => typeof e !== "string")) {
        throw invalidType("exportNames", "an Array of unique strings", exportNames);
      }
      ArrayPrototypeForEach(exportNames, (name, i) => {
        if (ArrayPrototypeIndexOf(exportNames, name, i + 1) !== -1) {
          throw nodeError("TypeError", "ERR_INVALID_ARG_VALUE", `The property 'exportNames.${name}' is duplicated. Received '${name}'`);
        }
      });
      validateFunction(evaluateCallback, "evaluateCallback");
      validateObject(options, "options");
      const { context, identifier } = options;
      const index = contextIndex(context);
      if (identifier !== undefined) validateString(identifier, "options.identifier");
      return native.makeSyntheticModule(exportNames, evaluateCallback, identifier, index, self);
    });
  }
  link() { idOfSynthetic(this); }
  setExport(name, value) {
    const id = idOfSynthetic(this);
    validateString(name, "name");
    native.setExport(id, name, value);
  }
}

// What `evaluateCallback` finds as `this`.
class ModuleWrap {
  #id;
  constructor(id) { this.#id = id; }
  static { makeWrap = (id) => new ModuleWrap(id); }
  get url() { return native.identifier(this.#id); }
  setExport(name, value) {
    if (typeof name !== "string") throw invalidType("name", "of type string", name);
    native.setExport(this.#id, name, value);
  }
}

const scriptOptions = (options, name) => {
  if (options === undefined) return noOptions;
  if (typeof options === "string") return { __proto__: null, filename: options };
  validateObject(options, name);
  return options;
};
function runOptions(options) {
  const given = scriptOptions(options, "options");
  if (given.timeout !== undefined) validateTimeout(given.timeout, "options.timeout");
  if (given.breakOnSigint !== undefined) validateBoolean(given.breakOnSigint, "options.breakOnSigint");
  return given;
}
class ContextifyScript {
  createCachedData() { return new Uint8ArrayHere(0); }
}
class Script extends ContextifyScript {
  #code; #filename; #line; #column; #number;
  constructor(code, options = noOptions) {
    super();
    code = `${code}`;
    options = scriptOptions(options, "options");
    const { filename = "evalmachine.<anonymous>", lineOffset = 0, columnOffset = 0, cachedData, produceCachedData = false, importModuleDynamically } = options;
    validateString(filename, "options.filename");
    validateInt32(lineOffset, "options.lineOffset");
    validateInt32(columnOffset, "options.columnOffset");
    validateCachedData(cachedData);
    validateBoolean(produceCachedData, "options.produceCachedData");
    if (importModuleDynamically !== undefined && typeof importModuleDynamically !== "symbol") validateFunction(importModuleDynamically, "options.importModuleDynamically");
    native.checkScript(code, filename, lineOffset, columnOffset);
    this.#code = code; this.#filename = filename; this.#line = lineOffset; this.#column = columnOffset;
    this.#number = native.addScript(this, typeof importModuleDynamically === "function" ? importModuleDynamically : undefined,
      importModuleDynamically === constants.USE_MAIN_CONTEXT_DEFAULT_LOADER);
  }
  static {
    runScript = (script, index, options) => {
      const { timeout = -1, breakOnSigint = false } = runOptions(options);
      return native.runScript(index, script.#code, script.#filename, script.#line, script.#column, timeout, script.#number, breakOnSigint);
    };
  }
  runInThisContext(options) { return runScript(this, 0, options); }
  runInContext(contextified, options) { return runScript(this, contextOf(contextified), options); }
  runInNewContext(contextObject, options) { return runScript(this, contextOf(createContext(contextObject, contextOptions(options))), options); }
}
const contextOptions = (options) => isObject(options)
  ? { __proto__: null, name: options.contextName, origin: options.contextOrigin, microtaskMode: options.microtaskMode } : noOptions;
function contextOf(contextified) {
  validateObjectOrArray(contextified, "object");
  const index = WeakMapPrototypeGet(contexts, contextified);
  if (index === undefined) throw invalidType("contextifiedObject", "an vm.Context", contextified);
  return index;
}
function createContext(contextObject = {}, options = noOptions) {
  if (contextObject === constants.DONT_CONTEXTIFY) contextObject = {};
  validateObjectOrArray(contextObject, "object");
  if (WeakMapPrototypeHas(contexts, contextObject)) return contextObject;
  validateObject(options, "options");
  if (options.name !== undefined) validateString(options.name, "options.name");
  const index = native.makeContext(contextObject, options.name, options.microtaskMode === "afterEvaluate");
  WeakMapPrototypeSet(contexts, contextObject, index);
  return contextObject;
}
function isContext(object) {
  validateObjectOrArray(object, "object");
  return WeakMapPrototypeHas(contexts, object);
}
function runInContext(code, contextified, options) {
  contextOf(contextified);
  return new Script(code, scriptOptions(options, "options")).runInContext(contextified, options);
}
function runInNewContext(code, contextObject, options) {
  return new Script(code, scriptOptions(options, "options")).runInNewContext(contextObject, options);
}
function runInThisContext(code, options) { return new Script(code, scriptOptions(options, "options")).runInThisContext(options); }
const constants = ObjectFreeze({ __proto__: null, USE_MAIN_CONTEXT_DEFAULT_LOADER: SymbolHere("vm_dynamic_import_main_context_default"), DONT_CONTEXTIFY: SymbolHere("vm_context_no_contextify") });

// PromiseResolve ( %Promise%, answer ) of a linker's answer; undefined for a module without `then`, which
// such a promise is fulfilled with at once.
const promiseOfAnswer = (answer) => {
  try {
    if (!hasModuleID(answer)) return promiseOf(answer);
    const then = answer.then;
    if (typeof then !== "function") return undefined;
    return promiseOf({ __proto__: null, then: (done, failed) => apply(then, answer, [done, failed]) });
  } catch (error) {
    return awaitable(rejected(error));
  }
};
// Awaits a linker's answer. Swift knows it by the token of the module's requests.
const awaitAnswer = async (given, promise, token, request) => {
  let answer = given;
  try {
    if (promise === undefined) await undefined; else answer = await promise;
  } catch (error) {
    mark(native.rejected(token, request, error));
    return;
  }
  mark(native.answered(token, request, hasModuleID(answer) ? moduleID(answer) : -1, answer));
};

// What `import()` makes of the answer of importModuleDynamically.
async function importAnswer(callback, specifier, referrer, attributes, phase) {
  const answer = await apply(callback, undefined, [specifier, referrer, attributes, phase]);
  if (native.isNamespace(answer)) return answer;
  if (!hasModuleID(answer)) throw nodeError("Error", "ERR_VM_MODULE_NOT_MODULE", "Provided module is not an instance of Module");
  if (answer.status === "errored") throw answer.error;
  return answer.namespace;
}
// Node has one asynchronous function more in between.
const importThrough = (callback, specifier, referrer, attributes, phase) =>
  resolvable(awaited(awaitable(importAnswer(callback, specifier, referrer, attributes, phase))));
const awaited = async (promise) => await promise;

const vm = { Script, createContext, runInContext, runInNewContext, runInThisContext, isContext, constants, Module, SourceTextModule, SyntheticModule };
return {
  __proto__: null, vm, importThrough,
  adopt(id, isSource) {
    adopted = id;
    return isSource ? new SourceTextModule("") : new SyntheticModule([], () => {});
  },
  // Calls a linker for all requests of a module. `asked` is the number of the request that it is asked for.
  ask(linker, referrer, token, specifiers, attributes, asked) {
    for (let i = 0; i < specifiers.length; i++) {
      asked[0] = i; asked[1] = i >> 8; asked[2] = i >> 16; asked[3] = i >> 24;
      const given = attributes === undefined ? ObjectFreeze({ __proto__: null }) : attributes[i];
      const answer = linker(specifiers[i], referrer, { attributes: given, assert: given });
      awaitAnswer(answer, promiseOfAnswer(answer), token, i);
    }
  },
  idOf: (value) => hasModuleID(value) ? moduleID(value) : -1,
  makeWrap,
  bindContext(object, index) { WeakMapPrototypeSet(contexts, object, index); },
  isRegistry: (value) => isObject(value) && WeakMapPrototypeHas(registries, value),
  makeRegistry: (get, names) => registry(new primordials.Proxy({ __proto__: null }, {
    __proto__: null,
    get: (_, name) => typeof name === "string" ? get(name) : undefined,
    has: (_, name) => typeof name === "string" && ArrayPrototypeIncludes(names(), name),
    ownKeys: () => names(),
    getOwnPropertyDescriptor: (_, name) => typeof name === "string" && ArrayPrototypeIncludes(names(), name)
      ? { __proto__: null, value: get(name), writable: false, enumerable: true, configurable: true } : undefined,
    set: () => false, defineProperty: () => false, deleteProperty: () => false,
  })),
  attributes: (pairs) => {
    const attributes = { __proto__: null };
    for (let i = 0; i < pairs.length; i += 2) attributes[pairs[i]] = pairs[i + 1];
    return ObjectFreeze(attributes);
  },
  request: (specifier, attributes, phase) => ObjectFreeze({ __proto__: null, specifier, attributes, phase }),
  extra: (attributes) => ({ attributes, assert: attributes }),
  freeze: ObjectFreeze,
  invokeWith: (f, self) => apply(f, self, []),
};
})
