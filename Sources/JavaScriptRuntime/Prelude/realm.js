// The JavaScript that every realm runs first: environments of module bodies, namespace objects and
// the globals that Node has. It captures what it needs before any code of a person runs.
//
// The statements of `(function (native, global) { ... })`: this file, `date.js`, `timers.js`,
// `disposable.js` and `globals.js`.
// `native` has the realm's native functions (see `Realm+Natives.swift`); the value of the function has
// the functions that the runtime calls.
"use strict";
const { defineProperty, create, preventExtensions, assign } = Object;
const { apply, ownKeys } = Reflect;
const uncurry = (f) => Function.prototype.call.bind(f);
const then = uncurry(Promise.prototype.then);
const generatorPrototype = Object.getPrototypeOf(function* () {}).prototype;
const next = uncurry(generatorPrototype.next), throwInto = uncurry(generatorPrototype.throw);
const PromiseHere = Promise, TypeErrorHere = TypeError, ReferenceErrorHere = ReferenceError, StringHere = String, ProxyHere = Proxy;
const resolved = Promise.resolve.bind(Promise);
const parseJSON = JSON.parse, RegExpHere = RegExp, exec = uncurry(RegExp.prototype.exec);
const asyncIteratorSymbol = Symbol.asyncIterator, iteratorSymbol = Symbol.iterator;
const toStringTag = Symbol.toStringTag, realmEval = global.eval;
const weakGet = uncurry(WeakMap.prototype.get), weakSet = uncurry(WeakMap.prototype.set);
const namespaces = new WeakMap();

// One environment a module, by slot. `g` are the getters of its bindings, there once its
// environment exists.
const environments = [];

class Environment {
  constructor(slot) {
    this.slot = slot;
    this.g = undefined;
    this.made = false;
    this.done = false;
    this.w = undefined;
    this.l = undefined;
    this.body = undefined;
    this.meta = undefined;
    this.metaReady = false;
    this.ns = undefined;
    this.dropped = false;
    // The `await` of the top level at which the body waits, -1 for none; and the number of the
    // `import()` whose promise it awaits, 0 for none.
    this.at = -1;
    this.imported = 0;
    this.driven = undefined;
  }
  s(index) { native.statement(this.slot, index); }
  y(value) { return value; }
  n(f) { defineProperty(f, "name", { value: "default", configurable: true }); }
  c() { throw new TypeErrorHere("Assignment to constant variable."); }
  m() {
    if (!this.metaReady) {
      this.meta ??= create(null);
      native.importMeta(this.slot, this.meta);
      this.metaReady = true;
    }
    return this.meta;
  }
  // `at` is where the call begins in the source, in bytes.
  i(at) { return (specifier, options) => dynamicImport(this.slot, specifier, options, "evaluation", at); }
  id(at) { return (specifier, options) => dynamicImport(this.slot, specifier, options, "defer", at); }
  is(at) { return (specifier, options) => dynamicImport(this.slot, specifier, options, "source", at); }
  // The operand of an `await` of the top level, and where that begins in the source, in bytes.
  a(value, at) {
    this.at = at;
    this.imported = isObject(value) ? weakGet(importNumbers, value) ?? 0 : 0;
    return value;
  }
  v(callee, site, text) {
    if (callee !== realmEval || typeof text !== "string") return text;
    return native.rewriteEval(this.slot, site, text);
  }
  f(iterable) { return new ForAwait(iterable); }
  // `using`: see disposable.js.
  u() { return new DisposableResources(undefined); }
  get k() { return cells; }
  r(cell) { return takeCell(cell); }
}

// The iterator of a `for await` at the top level, whose awaits are yields of the body.
class ForAwait {
  constructor(iterable) {
    const method = iterable[asyncIteratorSymbol];
    this.sync = method === undefined || method === null;
    this.iterator = apply(this.sync ? iterable[iteratorSymbol] : method, iterable, []);
    if (!isObject(this.iterator)) throw new TypeErrorHere("Result of the Symbol.asyncIterator method is not an object");
    this.next = this.iterator.next;
    this.d = false;
    this.v = undefined;
    this.failed = false;
    this.inIterator = false;
    this.result = undefined;
  }
  n() {
    this.inIterator = true;
    const result = apply(this.next, this.iterator, []);
    if (!this.sync) return result;
    // AsyncFromSyncIteratorContinuation: the value is awaited, its rejection closes the iterator.
    if (!isObject(result)) throw notAnObject(result);
    const done = !!result.done;
    const value = result.value;
    return unwrap(value, done, this);
  }
  r(result) {
    if (!isObject(result)) throw notAnObject(result);
    this.d = !!result.done;
    if (!this.d) this.v = result.value;
    this.inIterator = false;
  }
  e(error) { this.failed = true; throw error; }
  o() {
    if (this.d || this.inIterator) return false;
    try {
      this.method = this.iterator.return;
      if (this.method === undefined || this.method === null) return false;
      this.result = apply(this.method, this.iterator, []);
    } catch (error) {
      if (this.failed) return false;
      throw error;
    }
    return true;
  }
  t() {
    if (!this.sync) return this.result;
    if (!isObject(this.result)) {
      if (this.failed) return undefined;
      throw notAnObject(this.result);
    }
    const done = !!this.result.done;
    return unwrap(this.result.value, done, undefined);
  }
  // The error of the loop wins over one of its end.
  x(error) { if (!this.failed) throw error; }
  z(result) { if (!this.failed && !isObject(result)) throw notAnObject(result); }
}
const isObject = (v) => (typeof v === "object" && v !== null) || typeof v === "function";
const notAnObject = (v) => new TypeErrorHere("Iterator result " + (typeof v === "symbol" ? "Symbol()" : StringHere(v)) + " is not an object");
const unwrap = (value, done, loop) => {
  let promise;
  try {
    promise = resolved(value);
  } catch (error) {
    if (!done && loop !== undefined) closeQuietly(loop.iterator);
    throw error;
  }
  return then(promise, (value) => ({ value, done }), (error) => {
    if (!done && loop !== undefined) closeQuietly(loop.iterator);
    throw error;
  });
};
const closeQuietly = (iterator) => {
  try { const method = iterator.return; if (method !== undefined && method !== null) apply(method, iterator, []); } catch {}
};

const environmentOf = (slot) => {
  let environment = environments[slot];
  if (environment === undefined || !environment.made) {
    native.instantiate(slot);
    environment = environments[slot];
  }
  return environment;
};
// A binding's getter: the module's own, or one that finds it when it is first asked.
const getter = (slot, index) => {
  if (index === -1) return () => namespace(slot);
  if (index === -2) return () => deferredNamespace(slot);
  const environment = environments[slot];
  if (environment !== undefined && environment.g !== undefined) return environment.g[index];
  let found;
  return () => (found ??= environmentOf(slot).g[index])();
};
// A binding that may be read before it is initialised gets the name by which it is read into the
// error's message, as V8 has it.
const named = (error, name) => {
  if (error instanceof ReferenceErrorHere && error.message === "Cannot access uninitialized variable.") {
    error.message = `Cannot access '${name}' before initialization`;
  }
  return error;
};
const importGetter = (slot, index, importer, parameter) => {
  const environment = environments[slot];
  if (index < 0 || (environment !== undefined && environment.done)) return getter(slot, index);
  const read = getter(slot, index);
  return () => {
    try { return read(); } catch (error) { throw named(error, native.nameOfParameter(importer, parameter)); }
  };
};

const enter = (slot) => (environments[slot] ??= new Environment(slot));
const withGetters = (environment, pairs) => {
  const list = [environment];
  for (let i = 0; i < pairs.length; i += 2) list[list.length] = importGetter(pairs[i], pairs[i + 1], environment.slot, i >> 1);
  return list;
};
// Runs a body made as a plain function. `pairs` are slot and index of each imported binding.
const run = (body, slot, ...pairs) => {
  const environment = enter(slot);
  environment.made = true;
  apply(body, undefined, withGetters(environment, pairs));
  environment.done = true;
};
// Makes the environment of a body made as a generator; `resume` or `drive` runs it.
const start = (body, slot, ...pairs) => {
  const environment = enter(slot);
  environment.made = true;
  environment.body = apply(body, undefined, withGetters(environment, pairs));
  next(environment.body);
};
const resume = (slot) => {
  const body = environments[slot].body;
  environments[slot].body = undefined;
  next(body);
  environments[slot].done = true;
};
// The module whose body runs now, from one of its awaits to the next; -1 for none.
let running = -1;
const goOn = (environment, go, value) => {
  const outer = running;
  running = environment.slot;
  environment.at = -1;
  try { return go(environment.driven, value); } finally { running = outer; }
};
// The await of a module's top level is a yield of its body: this awaits for it. A marked body says
// when it waits and when it goes on.
const awaitAll = async (environment, marks) => {
  let step = goOn(environment, next);
  while (!step.done) {
    if (marks) native.waits(environment.slot, true);
    let value;
    try {
      value = await step.value;
    } catch (error) {
      if (environment.dropped) return;
      if (marks) native.waits(environment.slot, false);
      step = goOn(environment, throwInto, error);
      continue;
    }
    if (environment.dropped) return;
    if (marks) native.waits(environment.slot, false);
    step = goOn(environment, next, value);
  }
  environment.driven = undefined;
};
const waiting = (slot) => [environments[slot].at, environments[slot].imported];
const drive = (slot, marks, settled) => {
  environments[slot].driven = environments[slot].body;
  environments[slot].body = undefined;
  then(awaitAll(environments[slot], marks), () => { settled(false); }, (error) => { settled(true, error); });
};

// The numbers of the promises that `import()` gave.
const importNumbers = new WeakMap();
const dynamicImport = (slot, specifier, options, phase, at = -1) => {
  let number = 0;
  const promise = new PromiseHere((resolve, reject) => {
    number = startImport(slot, specifier, options, phase, at, resolve, reject);
  });
  weakSet(importNumbers, promise, number);
  return promise;
};
const startImport = (slot, specifier, options, phase, at, resolve, reject) => {
  if (typeof specifier === "symbol") throw new TypeErrorHere("Cannot convert a Symbol value to a string");
  const text = `${specifier}`;
  const attributes = [];
  if (options !== undefined) {
    if (!isObject(options)) throw new TypeErrorHere("The second argument of import() must be an object");
    const given = options.with;
    if (given !== undefined) {
      if (!isObject(given)) throw new TypeErrorHere("The 'with' option must be an object");
      const keys = ownKeys(given);
      for (let i = 0; i < keys.length; i++) {
        const key = keys[i];
        if (typeof key !== "string") continue;
        const property = Reflect.getOwnPropertyDescriptor(given, key);
        if (property === undefined || !property.enumerable) continue;
        const value = given[key];
        if (typeof value !== "string") throw new TypeErrorHere("Import attribute value must be a string");
        attributes[attributes.length] = key;
        attributes[attributes.length] = value;
      }
    }
  }
  return native.importCall(slot, text, phase, resolve, reject, attributes, at, running);
};

// Synthetic modules: a cell an export, read by its getter.
const synthesize = (slot, count) => {
  const environment = enter(slot);
  if (environment.made) return;
  environment.made = true;
  environment.done = true;
  const cells = (environment.cells = []);
  const list = [];
  for (let i = 0; i < count; i++) {
    cells[i] = undefined;
    list[i] = () => cells[i];
  }
  environment.g = list;
};
const setCell = (slot, index, value) => { environmentOf(slot).cells[index] = value; };

// Module namespace exotic objects. https://tc39.es/ecma262/#sec-module-namespace-exotic-objects
// The target's properties are writable and not configurable, so that the traps may answer with
// the bindings' values and yet keep a Proxy's invariants.
const namespace = (slot) => {
  const environment = enter(slot);
  return environment.ns ??= makeNamespace(native.namespaceShape(slot));
};
const makeNamespace = (shape) => {
  const target = create(null), bindings = create(null), names = [];
  for (let i = 0; i < shape.length; i += 3) {
    const name = shape[i];
    names[names.length] = name;
    const read = getter(shape[i + 1], shape[i + 2]);
    bindings[name] = () => { try { return read(); } catch (error) { throw named(error, name); } };
    defineProperty(target, name, { __proto__: null, value: undefined, writable: true, enumerable: true, configurable: false });
  }
  defineProperty(target, toStringTag, { __proto__: null, value: "Module", writable: false, enumerable: false, configurable: false });
  preventExtensions(target);
  const has = (key) => typeof key === "string" && key in bindings;
  const describe = (key) => ({ __proto__: null, value: bindings[key](), writable: true, enumerable: true, configurable: false });
  const proxy = new ProxyHere(target, {
    __proto__: null,
    getPrototypeOf: () => null,
    setPrototypeOf: (_, prototype) => prototype === null,
    isExtensible: () => false,
    preventExtensions: () => true,
    getOwnPropertyDescriptor: (target, key) => has(key) ? describe(key) : Reflect.getOwnPropertyDescriptor(target, key),
    defineProperty: (target, key, descriptor) => {
      if (!has(key)) return typeof key === "symbol" ? Reflect.defineProperty(target, key, descriptor) : false;
      const current = describe(key);
      if (descriptor.configurable === true || descriptor.enumerable === false) return false;
      if ("get" in descriptor || "set" in descriptor || descriptor.writable === false) return false;
      return !("value" in descriptor) || Object.is(descriptor.value, current.value);
    },
    has: (target, key) => has(key) || key === toStringTag,
    get: (target, key) => has(key) ? bindings[key]() : key === toStringTag ? "Module" : undefined,
    set: () => false,
    deleteProperty: (target, key) => typeof key === "string" ? !has(key) : Reflect.deleteProperty(target, key),
    ownKeys: () => ownKeys(target),
  });
  weakSet(namespaces, proxy, { names, bindings });
  return proxy;
};
// import defer: the module is evaluated when its namespace is first looked into.
const deferredNamespace = (slot) => {
  const environment = enter(slot);
  if (environment.deferred !== undefined) return environment.deferred;
  const shape = native.namespaceShape(slot);
  const inner = makeNamespace(shape);
  const ready = () => { native.evaluateDeferred(slot); return inner; };
  const names = [];
  const target = create(null);
  for (let i = 0; i < shape.length; i += 3) {
    if (shape[i] === "then") continue;
    names[names.length] = shape[i];
    defineProperty(target, shape[i], { __proto__: null, value: undefined, writable: true, enumerable: true, configurable: false });
  }
  defineProperty(target, toStringTag, { __proto__: null, value: "Deferred Module", writable: false, enumerable: false, configurable: false });
  preventExtensions(target);
  const symbolLike = (key) => typeof key === "symbol" || key === "then";
  return environment.deferred = new ProxyHere(target, {
    __proto__: null,
    getPrototypeOf: () => null,
    setPrototypeOf: (_, prototype) => prototype === null,
    isExtensible: () => false,
    preventExtensions: () => true,
    getOwnPropertyDescriptor: (target, key) => symbolLike(key) ? Reflect.getOwnPropertyDescriptor(target, key) : Reflect.getOwnPropertyDescriptor(ready(), key),
    defineProperty: (target, key, descriptor) => symbolLike(key) ? Reflect.defineProperty(target, key, descriptor) : Reflect.defineProperty(ready(), key, descriptor),
    has: (target, key) => symbolLike(key) ? Reflect.has(target, key) : Reflect.has(ready(), key),
    get: (target, key) => symbolLike(key) ? target[key] : ready()[key],
    set: () => false,
    deleteProperty: (target, key) => symbolLike(key) ? Reflect.deleteProperty(target, key) : Reflect.deleteProperty(ready(), key),
    ownKeys: (target) => { ready(); return ownKeys(target); },
  });
};
const namespaceExports = (value) => {
  const found = isObject(value) ? weakGet(namespaces, value) : undefined;
  if (found === undefined) return undefined;
  const rows = [];
  for (let i = 0; i < found.names.length; i++) {
    const name = found.names[i];
    let row;
    try { row = [name, true, found.bindings[name]()]; } catch { row = [name, false, undefined]; }
    rows[rows.length] = row;
  }
  return rows;
};
// The state of one binding: [initialized, value].
const peek = (slot, index) => {
  try { return [true, getter(slot, index)()]; } catch (error) { return [false, error]; }
};

const peekLocal = (slot, index) => {
  try { return [true, environmentOf(slot).l(index)]; } catch (error) { return [false, error]; }
};

// Jobs of modlab's own stand in the same queue as those of promises.
const enqueue = (job) => { then(resolved(), () => { job(); }); };
const watch = (promise, settled) => { then(resolved(promise), (v) => { settled(false, v); }, (e) => { settled(true, e); }); };
const deferred = () => { let resolve, reject; const promise = new PromiseHere((a, b) => { resolve = a; reject = b; }); return [promise, resolve, reject]; };
// A body that waits goes on no more.
const drop = (slot) => { if (environments[slot] !== undefined) environments[slot].dropped = true; };
const release = (slot) => { environments[slot] = undefined; };
// The regular expressions of resolver rules.
const compile = (source, flags) => new RegExpHere(source, flags);
const match = (source, flags, subject) => exec(compile(source, flags), subject);
// Calls a function of a person with `this` undefined.
const invoke = (f, ...values) => f(...values);
// An error with one of Node's codes.
const nodeError = (name, code, message) => {
  const error = makeError(name, message);
  defineProperty(error, "toString", {
    __proto__: null, value() { return `${this.name} [${code}]: ${this.message}`; },
    writable: true, enumerable: false, configurable: true,
  });
  error.code = code;
  return error;
};
const makeError = (name, message) => new (({ TypeError, RangeError, ReferenceError, SyntaxError, EvalError, URIError })[name] ?? Error)(message);

const hide = (name, value) => defineProperty(global, name, { __proto__: null, value, writable: true, enumerable: false, configurable: true });
const lazy = (name, make) => defineProperty(global, name, {
  __proto__: null,
  get() { const value = make(); hide(name, value); return value; },
  set(value) { hide(name, value); },
  enumerable: false, configurable: true,
});
const { addTask, removeTask, keepTask } = native;
const checkCallback = (callback) => {
  if (typeof callback !== "function") throw native.nodeError("TypeError", "ERR_INVALID_ARG_TYPE", 'The "callback" argument must be of type function. Received ' + native.received(callback));
};
