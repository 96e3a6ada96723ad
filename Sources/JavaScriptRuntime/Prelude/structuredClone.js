// The JavaScript of `structuredClone`: an expression whose value is
// `(native, inspector) => (primordials) => structuredClone`, to be evaluated in the inspector's realm.
//
// Clones and errors belong to the realm whose `primordials` these are. `native` is the inspector's: `proxyTarget`
// and `namespaceExports` tell which objects cannot be cloned (without them a Proxy is cloned as
// what it looks like). Refusals are Errors with the name `DataCloneError`, the code 25 and V8's messages:
// there is no DOMException here.
(native, inspector) => (realm) => {
"use strict";
const realmTransfer = realm.ArrayBufferPrototypeTransfer;
const errorNames = new Set(
  ["EvalError", "RangeError", "ReferenceError", "SyntaxError", "TypeError", "URIError"]);

const { slots, call } = inspector;
const descriptorOf = Reflect.getOwnPropertyDescriptor;
const isObject = (value) =>
  (typeof value === "object" && value !== null) || typeof value === "function";

function define(target, key, value, enumerable) {
  const descriptor = { value, enumerable, writable: true, configurable: true };
  Reflect.defineProperty(target, key, descriptor);
}

function dataCloneError(message) {
  const error = new realm.Error(message);
  define(error, "name", "DataCloneError", false);
  define(error, "code", 25, false);
  return error;
}

/** A value in the words of V8's messages: `#<Foo>`, a function's source, `[object Tag]`. */
function describe(value) {
  if (typeof value === "symbol") return value.toString();
  if (typeof value === "function") return inspector.sourceOf(value);
  if (inspector.isNamedByTag(value)) return `[object ${inspector.tagText(value)}]`;
  return `#<${inspector.constructorName(value) ?? "Object"}>`;
}

const refuse = (value) => dataCloneError(`${describe(value)} could not be cloned.`);

function copyProperties(state, source, target, keys = Object.keys(source)) {
  for (const key of keys) {
    if (!Object.hasOwn(source, key)) continue;
    define(target, key, clone(state, source[key]), true);
  }
  return target;
}

function cloneBuffer(state, source) {
  if (slots.isDetached(source)) {
    throw dataCloneError("An ArrayBuffer is detached and could not be cloned.");
  }
  const { length, maximum } = slots.bufferSize(source);
  if (state.transferred.has(source)) return call(realmTransfer, source);
  const target = maximum === undefined ? new realm.ArrayBuffer(length)
    : new realm.ArrayBuffer(length, { maxByteLength: maximum });
  new Uint8Array(target).set(new Uint8Array(source, 0, length));
  return target;
}

function cloneView(state, source) {
  if (!state.views.has(source)) state.views.set(source, slots.view(source));
  const { name, buffer, byteOffset, length } = state.views.get(source);
  return new realm[name](clone(state, buffer), byteOffset, length);
}

function errorConstructor(source) {
  const { name } = source;
  return errorNames.has(name) ? realm[name] : realm.Error;
}

function cloneError(state, source) {
  const Constructor = errorConstructor(source);
  const message = descriptorOf(source, "message");
  const target = message !== undefined && "value" in message
    ? new Constructor(String(message.value)) : new Constructor();
  state.seen.set(source, target);
  for (const key of ["stack", "line", "column", "sourceURL"]) {
    const value = Object.hasOwn(source, key) ? source[key] : undefined;
    const isPlain = typeof value === "string" || typeof value === "number";
    if (isPlain) define(target, key, value, false);
  }
  if (!Object.hasOwn(source, "cause")) return target;
  define(target, "cause", clone(state, source.cause), false);
  return target;
}

function cloneArray(state, source) {
  const target = new realm.Array(source.length);
  state.seen.set(source, target);
  return copyProperties(state, source, target);
}

function cloneMap(state, source) {
  const target = new realm.Map();
  state.seen.set(source, target);
  for (const [key, value] of inspector.membersOf(source, Infinity).entries) {
    call(Map.prototype.set, target, clone(state, key), clone(state, value));
  }
  return target;
}

function cloneSet(state, source) {
  const target = new realm.Set();
  state.seen.set(source, target);
  for (const [, value] of inspector.membersOf(source, Infinity).entries) {
    call(Set.prototype.add, target, clone(state, value));
  }
  return target;
}

function cloneObject(state, source) {
  const target = new realm.Object();
  state.seen.set(source, target);
  return copyProperties(state, source, target);
}

function cloneBoxed(state, source) {
  return realm.Object(slots.primitive(source));
}

/** How each kind is cloned; a kind that is not here cannot be. */
const cloners = {
  __proto__: null,
  array: cloneArray,
  map: cloneMap,
  set: cloneSet,
  date: (state, source) => new realm.Date(slots.time(source)),
  regexp: (state, source) => new realm.RegExp(slots.pattern(source), slots.flags(source)),
  error: cloneError,
  arrayBuffer: cloneBuffer,
  typedArray: cloneView,
  dataView: cloneView,
  number: cloneBoxed,
  string: cloneBoxed,
  boolean: cloneBoxed,
  bigint: cloneBoxed,
  object: cloneObject,
};

const isHostObject = (value) =>
  native.namespaceExports?.(value) !== undefined || native.proxyTarget?.(value) !== undefined;

function cloneUnseen(state, value) {
  if (typeof value === "function" || isHostObject(value)) throw refuse(value);
  const kind = inspector.kindOf(value);
  const cloner = kind === "error" && !inspector.isError(value) ? cloneObject : cloners[kind];
  if (cloner === undefined || inspector.isOpaque(value)) throw refuse(value);
  const target = cloner(state, value);
  state.seen.set(value, target);
  return target;
}

function clone(state, value) {
  if (typeof value === "symbol") throw refuse(value);
  if (!isObject(value)) return value;
  return state.seen.get(value) ?? cloneUnseen(state, value);
}

function argumentError(text) {
  const error = new realm.TypeError(`Failed to execute 'structuredClone': ${text}`);
  define(error, "code", "ERR_INVALID_ARG_TYPE", true);
  return error;
}

function transferList(options) {
  if (options === undefined || options === null) return [];
  if (!isObject(options)) throw argumentError("Options cannot be converted to a dictionary");
  const { transfer } = options;
  if (transfer === undefined) return [];
  if (!isObject(transfer) || typeof transfer[Symbol.iterator] !== "function") {
    throw argumentError("transfer in Options cannot be converted to sequence.");
  }
  return [...transfer];
}

function transferSet(options) {
  const buffers = new Set();
  transferList(options).forEach((item, index) => {
    if (!isObject(item)) throw argumentError(`transfer in Options[${index}] is not an object.`);
    if (inspector.kindOf(item) !== "arrayBuffer") {
      throw dataCloneError("Found invalid value in transferList.");
    }
    if (buffers.has(item)) throw dataCloneError("Transfer list contains duplicate ArrayBuffer");
    if (slots.isDetached(item)) {
      throw dataCloneError("Cannot transfer object of unsupported type.");
    }
    buffers.add(item);
  });
  return buffers;
}

const newState = (transferred, views) => ({ seen: new Map(), transferred, views });

/**
 * A rehearsal comes first when buffers move: a failure leaves all of them attached, and the
 * views over them are measured while they still can be.
 */
function cloneAndTransfer(value, options) {
  const transferred = transferSet(options);
  if (transferred.size === 0) return clone(newState(transferred, new Map()), value);
  const views = new Map();
  clone(newState(new Set(), views), value);
  const state = newState(transferred, views);
  const result = clone(state, value);
  for (const buffer of transferred) {
    if (!slots.isDetached(buffer)) call(realmTransfer, buffer);
  }
  return result;
}

const { structuredClone } = {
  structuredClone(value, options) {
    try {
      return cloneAndTransfer(value, options);
    } catch (error) {
      throw inspector.inRealmOf(realm, error);
    }
  },
};
return Object.setPrototypeOf(structuredClone, realm.FunctionPrototype);
}
