// The JavaScript that every realm runs first: environments of module bodies, namespace objects and
// the globals that Node has.
//
// The statements of one script: `primordials.js`, `values.js`, this file, `date.js`, `random.js`, `timers.js`,
// `disposable.js` and `globals.js`. Its `this`, `native`, has the realm's native functions (see
// `Realm+Natives.swift`); its value has the functions that the runtime calls.
const native = this, global = globalThis;
const {
  ReflectApply: apply, ReflectDefineProperty: defineProperty, ReflectDeleteProperty: deleteProperty,
  ReflectGetOwnPropertyDescriptor: getOwnPropertyDescriptor, ReflectGetPrototypeOf: getPrototypeOf,
  ReflectHas, ReflectOwnKeys: ownKeys, ReflectPreventExtensions: preventExtensions,
  ReflectSetPrototypeOf: setPrototypeOf,
  GeneratorPrototypeNext: next, GeneratorPrototypeThrow: throwInto, ObjectAssign: assign, ObjectIs,
  JSONParse: parseJSON, RegExpPrototypeExec: exec,
  SymbolAsyncIterator, SymbolIterator, SymbolToStringTag, WeakMapPrototypeGet, WeakMapPrototypeSet,
  Promise: PromiseHere, Proxy: ProxyHere, RegExp: RegExpHere, TypeError: TypeErrorHere,
  Uint8Array: Uint8ArrayHere, ReferenceErrorPrototype, ArrayBufferPrototypeTransferToImmutable,
  TypedArrayPrototypeGetBuffer,
} = primordials;
const realmEval = global.eval;
const namespaces = new primordials.WeakMap();

/** An array whose elements are never looked up in a prototype, nor stored by one's setters. */
const newList = () => { const list = []; setPrototypeOf(list, null); return list; };

/**
 * Lets modlab await a promise of its own that nobody else sees, whatever became of
 * `Promise.prototype.constructor`.
 */
const awaitable = (promise) => {
  defineProperty(promise, "constructor", { __proto__: null, value: PromiseHere });
  return promise;
};
/** Lets a promise of modlab's own that nobody else sees resolve another one. */
const resolvable = (promise) => {
  defineProperty(promise, "then", {
    __proto__: null, value: (done, failed) => primordials.PromisePrototypeThen(promise, done, failed),
  });
  // The species of undefined is the intrinsic %Promise%.
  defineProperty(promise, "constructor", { __proto__: null, value: undefined });
  return promise;
};

/** PromiseResolve ( %Promise%, value ), to be awaited. */
const promiseOf = (value) => {
  const promise = primordials.PromiseResolve(PromiseHere, value);
  return promise === value ? promise : awaitable(promise);
};

// One environment a module, by slot. `g` are the getters of its bindings, there once its
// environment exists.
const environments = newList();

class Environment {
  slot; g; w; l; body; meta; ns; deferred; cells;
  made = false;
  done = false;
  metaReady = false;
  dropped = false;
  // The `await` of the top level at which the body waits, -1 for none; and the number of the
  // `import()` whose promise it awaits, 0 for none.
  at = -1;
  imported = 0;
  driven;
  constructor(slot) { this.slot = slot; }
  s(index) { native.statement(this.slot, index); }
  y(value) { return value; }
  n(f) { defineProperty(f, "name", { __proto__: null, value: "default", configurable: true }); }
  c() { throw new TypeErrorHere("Assignment to constant variable."); }
  m() {
    if (!this.metaReady) {
      this.meta ??= { __proto__: null };
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
    this.imported = isObject(value) ? WeakMapPrototypeGet(importNumbers, value) ?? 0 : 0;
    return value;
  }
  v(callee, site, text) {
    if (callee !== realmEval || typeof text !== "string") return text;
    return native.rewriteEval(this.slot, site, text);
  }
  // The text of an indirect eval.
  e(callee, text) { return scriptEval(callee, false, 0, text); }
  f(iterable) { return new ForAwait(iterable); }
  // `using`: see disposable.js.
  u() { return new DisposableResources(undefined); }
  get k() { return cells; }
  r(cell) { return takeCell(cell); }
}
setPrototypeOf(Environment.prototype, null);

// The iterator of a `for await` at the top level, whose awaits are yields of the body.
class ForAwait {
  sync; iterator; next; v; method; result;
  d = false;
  failed = false;
  inIterator = false;
  constructor(iterable) {
    const method = iterable[SymbolAsyncIterator];
    this.sync = method === undefined || method === null;
    this.iterator = apply(this.sync ? iterable[SymbolIterator] : method, iterable, []);
    if (!isObject(this.iterator)) throw new TypeErrorHere("Result of the Symbol.asyncIterator method is not an object");
    this.next = this.iterator.next;
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
setPrototypeOf(ForAwait.prototype, null);

const notAnObject = (v) => new TypeErrorHere(`Iterator result ${typeof v === "symbol" ? "Symbol()" : v} is not an object`);
// The promise and what it is resolved with are those of the specification: a person's code can see them.
const unwrap = (value, done, loop) => {
  let promise;
  try {
    promise = promiseOf(value);
  } catch (error) {
    if (!done && loop !== undefined) closeQuietly(loop.iterator);
    throw error;
  }
  return iteratorResult(promise, done, loop);
};
const iteratorResult = async (promise, done, loop) => {
  let value;
  try {
    value = await promise;
  } catch (error) {
    if (!done && loop !== undefined) closeQuietly(loop.iterator);
    throw error;
  }
  return { value, done };
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
  const isReferenceError = isObject(error) && getPrototypeOf(error) === ReferenceErrorPrototype;
  if (isReferenceError && error.message === "Cannot access uninitialized variable.") {
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
// The arguments of a body, in the place of `pairs`, whose elements are its own: none is added.
const withGetters = (environment, pairs) => {
  const count = pairs.length;
  if (count === 0) return [environment];
  for (let i = 0; i < count; i += 2) {
    pairs[(i >> 1) + 1] = importGetter(pairs[i], pairs[i + 1], environment.slot, i >> 1);
  }
  pairs[0] = environment;
  pairs.length = (count >> 1) + 1;
  return pairs;
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
  settle(awaitable(awaitAll(environments[slot], marks)), settled);
};
const settle = async (promise, settled) => {
  let value;
  try {
    value = await promise;
  } catch (error) {
    settled(true, error);
    return;
  }
  settled(false, value);
};

// The numbers of the promises that `import()` gave.
const importNumbers = new primordials.WeakMap();
const dynamicImport = (slot, specifier, options, phase, at = -1) => {
  let number = 0;
  const promise = new PromiseHere((resolve, reject) => {
    number = startImport(slot, specifier, options, phase, at, resolve, reject);
  });
  WeakMapPrototypeSet(importNumbers, promise, number);
  return promise;
};
const startImport = (slot, specifier, options, phase, at, resolve, reject) => {
  if (typeof specifier === "symbol") throw new TypeErrorHere("Cannot convert a Symbol value to a string");
  const text = `${specifier}`;
  const attributes = newList();
  if (options !== undefined) {
    if (!isObject(options)) throw new TypeErrorHere("The second argument of import() must be an object");
    const given = options.with;
    if (given !== undefined) {
      if (!isObject(given)) throw new TypeErrorHere("The 'with' option must be an object");
      const keys = ownKeys(given);
      for (let i = 0; i < keys.length; i++) {
        const key = keys[i];
        if (typeof key !== "string") continue;
        const property = getOwnPropertyDescriptor(given, key);
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
  const cells = (environment.cells = newList());
  const list = newList();
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
// What the language makes of a descriptor has the prototype of objects: none of its fields is own.
const ownDescriptor = (target, key) => {
  const descriptor = getOwnPropertyDescriptor(target, key);
  if (descriptor !== undefined) setPrototypeOf(descriptor, null);
  return descriptor;
};
const makeNamespace = (shape) => {
  const target = { __proto__: null }, bindings = { __proto__: null }, names = newList();
  for (let i = 0; i < shape.length; i += 3) {
    const name = shape[i];
    names[names.length] = name;
    const read = getter(shape[i + 1], shape[i + 2]);
    bindings[name] = () => { try { return read(); } catch (error) { throw named(error, name); } };
    defineProperty(target, name, { __proto__: null, value: undefined, writable: true, enumerable: true, configurable: false });
  }
  defineProperty(target, SymbolToStringTag, { __proto__: null, value: "Module", writable: false, enumerable: false, configurable: false });
  preventExtensions(target);
  const has = (key) => typeof key === "string" && key in bindings;
  const describe = (key) => ({ __proto__: null, value: bindings[key](), writable: true, enumerable: true, configurable: false });
  const proxy = new ProxyHere(target, {
    __proto__: null,
    getPrototypeOf: () => null,
    setPrototypeOf: (_, prototype) => prototype === null,
    isExtensible: () => false,
    preventExtensions: () => true,
    getOwnPropertyDescriptor: (target, key) => has(key) ? describe(key) : ownDescriptor(target, key),
    defineProperty: (target, key, descriptor) => {
      setPrototypeOf(descriptor, null);
      if (!has(key)) return typeof key === "symbol" ? defineProperty(target, key, descriptor) : false;
      const current = describe(key);
      if (descriptor.configurable === true || descriptor.enumerable === false) return false;
      if ("get" in descriptor || "set" in descriptor || descriptor.writable === false) return false;
      return !("value" in descriptor) || ObjectIs(descriptor.value, current.value);
    },
    has: (target, key) => has(key) || key === SymbolToStringTag,
    get: (target, key) => has(key) ? bindings[key]() : key === SymbolToStringTag ? "Module" : undefined,
    set: () => false,
    deleteProperty: (target, key) => typeof key === "string" ? !has(key) : deleteProperty(target, key),
    ownKeys: () => ownKeys(target),
  });
  WeakMapPrototypeSet(namespaces, proxy, { __proto__: null, names, bindings });
  return proxy;
};
// import defer: the module is evaluated when its namespace is first looked into.
const deferredNamespace = (slot) => {
  const environment = enter(slot);
  if (environment.deferred !== undefined) return environment.deferred;
  const shape = native.namespaceShape(slot);
  const inner = makeNamespace(shape);
  const ready = () => { native.evaluateDeferred(slot); return inner; };
  const target = { __proto__: null };
  for (let i = 0; i < shape.length; i += 3) {
    if (shape[i] === "then") continue;
    defineProperty(target, shape[i], { __proto__: null, value: undefined, writable: true, enumerable: true, configurable: false });
  }
  defineProperty(target, SymbolToStringTag, { __proto__: null, value: "Deferred Module", writable: false, enumerable: false, configurable: false });
  preventExtensions(target);
  const symbolLike = (key) => typeof key === "symbol" || key === "then";
  return environment.deferred = new ProxyHere(target, {
    __proto__: null,
    getPrototypeOf: () => null,
    setPrototypeOf: (_, prototype) => prototype === null,
    isExtensible: () => false,
    preventExtensions: () => true,
    getOwnPropertyDescriptor: (target, key) => ownDescriptor(symbolLike(key) ? target : ready(), key),
    defineProperty: (target, key, descriptor) => {
      setPrototypeOf(descriptor, null);
      return defineProperty(symbolLike(key) ? target : ready(), key, descriptor);
    },
    has: (target, key) => ReflectHas(symbolLike(key) ? target : ready(), key),
    get: (target, key) => symbolLike(key) ? target[key] : ready()[key],
    set: () => false,
    deleteProperty: (target, key) => deleteProperty(symbolLike(key) ? target : ready(), key),
    ownKeys: (target) => { ready(); return ownKeys(target); },
  });
};
const namespaceExports = (value) => {
  const found = isObject(value) ? WeakMapPrototypeGet(namespaces, value) : undefined;
  if (found === undefined) return undefined;
  const rows = newList();
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

// Jobs of modlab's own stand in the same queue as those of promises: one stands for a batch of Swift's.
const enqueue = async (job) => { await undefined; job(); };
// `marker` is even when it comes in its turn, odd in the third from now; undefined for none.
const mark = (marker) => { if (marker !== undefined) { if (marker % 2 === 0) markNext(marker); else markThird(marker); } };
const markNext = async (marker) => { await undefined; mark(native.runBatch(marker)); };
const markThird = async (marker) => {
  await undefined;
  await undefined;
  await undefined;
  mark(native.runBatch(marker));
};
const watch = (value, settled) => { settle(promiseOf(value), settled); };
// The same of a promise that only modlab sees.
const watchOwn = (promise, settled) => { settle(awaitable(promise), settled); };
const deferred = () => { let resolve, reject; const promise = new PromiseHere((a, b) => { resolve = a; reject = b; }); return [promise, resolve, reject]; };
// A body that waits goes on no more.
const drop = (slot) => { if (environments[slot] !== undefined) environments[slot].dropped = true; };
const release = (slot) => { environments[slot] = undefined; };
// The regular expressions of resolver rules.
const compile = (source, flags) => new RegExpHere(source, flags);
const match = (source, flags, subject) => exec(compile(source, flags), subject);
// A `Uint8Array` over an immutable buffer, where the engine has those.
const immutable = (bytes) => ArrayBufferPrototypeTransferToImmutable === undefined ? bytes
  : new Uint8ArrayHere(ArrayBufferPrototypeTransferToImmutable(TypedArrayPrototypeGetBuffer(bytes)));
const hide = (name, value) => defineProperty(global, name, { __proto__: null, value, writable: true, enumerable: false, configurable: true });
// A global that is made when it is first read. It stays as it is where the global object was frozen.
const lazy = (name) => {
  let value, isMade = false;
  defineProperty(global, name, {
    __proto__: null,
    get() {
      if (!isMade) { value = native.lazyGlobal(name); isMade = true; }
      hide(name, value);
      return value;
    },
    set(value) { hide(name, value); },
    enumerable: false, configurable: true,
  });
};
