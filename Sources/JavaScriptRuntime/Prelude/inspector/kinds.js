// The JavaScript that shows values, as Node 24's `util.inspect` and `util.format` do.
//
// The files of this folder are the statements of one script, to be evaluated in a realm that user code
// cannot reach, with `native` as `this`; its value is `{ inspect, format, formatPrimitives, ... }`:
//
// - `inspect(value, options)`: the text of any value; never throws. Options as in Node, defaults
//   too (`depth` 2, `breakLength` 80, `compact` 3, no colours).
// - `format(array, options)`: `util.formatWithOptions(options, ...array)`; never throws.
// - `formatPrimitives(array)`: the same text when all are primitives and there is no template,
//   else undefined.
// - services for `console.js` and `structuredClone.js`.
//
// Of `native`, every member may be missing:
//
// - `stackOf(error)`: `Name: message\n    at f (url:line:column)...`, or undefined: then a stack
//   that user code assigned is shown, else `Name: message` alone.
// - `promiseState(promise)`: `{state: "pending" | "fulfilled" | "rejected", value}`, or undefined:
//   then `Promise { <state unknown> }` is shown.
// - `proxyTarget(value)`: the target, undefined for what is not a Proxy, null for a revoked one.
// - `namespaceExports(value)`: undefined for what is not a module namespace, else an array of
//   `[name, initialized, value]` in the namespace's order.
//
// What user code throws on the way (getters, Proxy traps, custom inspect methods) becomes
// `[value that cannot be shown: MESSAGE]`. A text ends after 1 MiB with `... N more characters`,
// and work stops at about the same measure; `depth: null` means 500 levels. Entries of Map and Set
// iterators cannot be seen without consuming them: `[Map Iterator] { <items unknown> }`. Names
// beside the indices of a dense array with more than 20,000 elements are not listed: it takes
// JavaScriptCore seconds.
"use strict";
const native = this;
// Everything that user code could replace is captured here, once. Values come from other
// realms, so a kind is recognised by the internal slot that a captured method needs.
const { apply, ownKeys, getPrototypeOf, getOwnPropertyDescriptor, setPrototypeOf } = Reflect;
const { isArray } = Array;
const { isView } = ArrayBuffer;
const toStringMethod = Object.prototype.toString;
const functionText = Function.prototype.toString;
const customInspect = Symbol.for("nodejs.util.inspect.custom");
const typedArrayPrototype = getPrototypeOf(Uint8Array.prototype);
let builtInNames;

const getterOf = (object, key) => getOwnPropertyDescriptor(object, key).get;
const call = (method, receiver, ...args) => apply(method, receiver, args);
const hasOwn = (object, key) => getOwnPropertyDescriptor(object, key) !== undefined;
const isObject = (value) =>
  (typeof value === "object" && value !== null) || typeof value === "function";

const getters = {
  mapSize: getterOf(Map.prototype, "size"),
  setSize: getterOf(Set.prototype, "size"),
  typedArrayName: getterOf(typedArrayPrototype, Symbol.toStringTag),
  typedArrayLength: getterOf(typedArrayPrototype, "length"),
  bufferLength: getterOf(ArrayBuffer.prototype, "byteLength"),
};

const slotProbes = {
  __proto__: null,
  map: getters.mapSize,
  set: getters.setSize,
  date: Date.prototype.getTime,
  regexp: getterOf(RegExp.prototype, "source"),
  arrayBuffer: getters.bufferLength,
  weakMap: WeakMap.prototype.has,
  weakSet: WeakSet.prototype.has,
  number: Number.prototype.valueOf,
  string: String.prototype.valueOf,
  boolean: Boolean.prototype.valueOf,
  symbol: Symbol.prototype.valueOf,
  bigint: BigInt.prototype.valueOf,
};
if (typeof SharedArrayBuffer === "function") {
  slotProbes.sharedArrayBuffer = getterOf(SharedArrayBuffer.prototype, "byteLength");
}

const kindByTag = {
  __proto__: null,
  Arguments: "arguments",
  "Map Iterator": "mapIterator",
  "Set Iterator": "setIterator",
  Promise: "promise",
};

/** Whether a global constructor has the name; the list is made late, as it is seldom needed. */
function isBuiltInName(name) {
  builtInNames ??= new Set(
    Object.getOwnPropertyNames(globalThis).filter((key) => /^[A-Z][a-zA-Z0-9]+$/.test(key)));
  return builtInNames.has(name);
}

/** A property's value, or undefined where reading it throws. */
function peek(object, key) {
  try {
    return object[key];
  } catch {
    return undefined;
  }
}

/** What a getter of a built-in prototype reads from a slot; undefined where there is none any more. */
function slotOf(value, prototype, key) {
  try {
    return call(getterOf(prototype, key), value);
  } catch {
    return undefined;
  }
}

/** What Object.prototype.toString says, without the brackets; "" where a getter throws. */
function tagText(value) {
  try {
    return call(toStringMethod, value).slice(8, -1);
  } catch {
    return "";
  }
}

function passes(probe, value) {
  try {
    apply(probe, value, []);
    return true;
  } catch {
    return false;
  }
}

function isError(value) {
  if (typeof Error.isError === "function") return Error.isError(value);
  return call(toStringMethod, value) === "[object Error]";
}

/** An object made by some realm's Error, or one that only inherits from its prototype. */
function inheritsFromError(value) {
  let prototype = getPrototypeOf(value);
  for (let steps = 0; prototype !== null && steps < 1000; steps += 1) {
    const constructor = getOwnPropertyDescriptor(prototype, "constructor")?.value;
    const isErrors = typeof constructor === "function" && peek(constructor, "name") === "Error"
      && peek(constructor, "prototype") === prototype;
    if (isErrors) return hasOwn(prototype, "toString");
    prototype = getPrototypeOf(prototype);
  }
  return false;
}

const iterableKinds =
  new Set(["array", "typedArray", "map", "set", "mapIterator", "setIterator"]);

/** The kind of what calls itself an Object: only what can be iterated is shown by its slots. */
function kindOfPlain(value) {
  if (typeof value === "function") return "function";
  if (tagText(value) === "Arguments") return "arguments";
  const kind = Symbol.iterator in value ? kindOf(value) : "object";
  return iterableKinds.has(kind) ? kind : "object";
}

function kindOf(value) {
  if (typeof value === "function") return "function";
  if (isArray(value)) return "array";
  if (isView(value)) {
    return call(getters.typedArrayName, value) === undefined ? "dataView" : "typedArray";
  }
  const tag = tagText(value);
  if (isError(value)) return "error";
  if (kindByTag[tag] !== undefined && !hasOwn(value, Symbol.toStringTag)) return kindByTag[tag];
  for (const kind in slotProbes) {
    if (passes(slotProbes[kind], value)) return kind;
  }
  return inheritsFromError(value) ? "error" : "object";
}
