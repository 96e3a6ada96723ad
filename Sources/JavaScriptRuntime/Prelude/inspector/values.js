// One value: which kind it is, how its braces look, what stands between them.
const boxedNames = {
  __proto__: null,
  number: "Number", string: "String", boolean: "Boolean", symbol: "Symbol", bigint: "BigInt",
};

const object = (open, rest) =>
  ({ base: "", open, close: "}", isList: false, list: () => [], ...rest });

function sized(st, value, names, fallback, size, list) {
  const prefix = prefixOf(names, fallback, `(${size})`);
  return object(`${prefix}{`, {
    list, keys: keysOf(st, value), empty: size === 0 ? `${prefix}{}` : undefined,
  });
}

function listView(st, value, prefix, length, list) {
  const open = `${prefix}[`;
  const empty = length === 0 && !(st.showHidden && isView(value)) ? `${open}]` : undefined;
  const keys = keysBesideIndices(st, value, length);
  return { base: "", open, close: "]", isList: true, list, keys, empty };
}

/** A view whose base text stands alone when there are no properties. */
function based(st, value, base, style, keys = keysOf(st, value)) {
  const empty = style === undefined ? base : st.stylize(base, style);
  return object("{", { base, empty, keys });
}

function prefixedBase(names, fallback, text) {
  const prefix = prefixOf(names, fallback);
  return prefix === `${fallback} ` ? text : `${prefix}${text}`;
}

function boxedView(st, value, names, kind) {
  const type = boxedNames[kind];
  const primitive = call(slotProbes[kind], value);
  const { constructor, tag } = names;
  let base = `[${type}`;
  if (constructor === null) base += " (null prototype)";
  else if (constructor !== type) base += ` (${constructor})`;
  base += `: ${primitiveText({ ...st, stylize: plainText, compact: true }, primitive)}]`;
  if (tag !== "" && tag !== constructor) base += ` [${tag}]`;
  const keys = keysOf(st, value);
  const own = kind === "string"
    ? keys.filter((key) => !(isIndex(key) && Number(key) < primitive.length)) : keys;
  return based(st, value, base, kind, own);
}

const filled = (st, value, names, fallback, list) =>
  object(`${prefixOf(names, fallback)}{`, { list, keys: keysOf(st, value) });

const flagGetters = [
  ["d", "hasIndices"], ["g", "global"], ["i", "ignoreCase"], ["m", "multiline"],
  ["s", "dotAll"], ["u", "unicode"], ["v", "unicodeSets"], ["y", "sticky"],
].map(([letter, key]) => [letter, getterOf(RegExp.prototype, key)]);

const regexpFlags = (value) =>
  flagGetters.map(([letter, getter]) => (call(getter, value) ? letter : "")).join("");
const regexpText = (value) => `/${call(slotProbes.regexp, value)}/${regexpFlags(value)}`;

const views = {
  __proto__: null,
  array(st, value, names) {
    const plain = names.constructor === "Array" && names.tag === "";
    const prefix = plain ? "" : prefixOf(names, "Array", `(${value.length})`);
    return listView(st, value, prefix, value.length, arrayEntries);
  },
  typedArray(st, value, names) {
    const length = call(getters.typedArrayLength, value);
    const prefix = prefixOf(names, call(getters.typedArrayName, value), `(${length})`);
    return listView(st, value, prefix, length, typedArrayEntries);
  },
  set: (st, value, names) =>
    sized(st, value, names, "Set", call(getters.setSize, value), setEntries),
  map: (st, value, names) =>
    sized(st, value, names, "Map", call(getters.mapSize, value), mapEntries),
  mapIterator: (st, value) =>
    object("[Map Iterator] {", { list: unknownEntries, keys: keysOf(st, value) }),
  setIterator: (st, value) =>
    object("[Set Iterator] {", { list: unknownEntries, keys: keysOf(st, value) }),
  arguments: (st, value) =>
    object("[Arguments] {", { keys: keysOf(st, value), empty: "[Arguments] {}" }),
  function: (st, value, names) => based(st, value, functionBase(value, names), "special"),
  regexp(st, value, names) {
    const base = prefixedBase(names, "RegExp", regexpText(value));
    return { ...based(st, value, base, "regexp"), alwaysShown: true };
  },
  date(st, value, names) {
    const time = call(slotProbes.date, value);
    const text = Number.isNaN(time) ? "Invalid Date" : new Date(time).toISOString();
    return based(st, value, prefixedBase(names, "Date", text), "date");
  },
  error(st, value, names) {
    const stack = stackText(value);
    const keys = errorKeys(st, value, stack, keysOf(st, value));
    return based(st, value, errorBase(st, value, stack, names), undefined, keys);
  },
  arrayBuffer: (st, value, names) => filled(st, value, names, "ArrayBuffer", bufferEntries),
  sharedArrayBuffer: (st, value, names) =>
    filled(st, value, names, "SharedArrayBuffer", bufferEntries),
  dataView: (st, value, names) => filled(st, value, names, "DataView", dataViewEntries),
  promise: (st, value, names) => filled(st, value, names, "Promise", promiseEntries),
  weakSet: (st, value, names) => filled(st, value, names, "WeakSet", unknownEntries),
  weakMap: (st, value, names) => filled(st, value, names, "WeakMap", unknownEntries),
  object(st, value, names) {
    const plain = names.constructor === "Object" && names.tag === "";
    const open = `${plain ? "" : prefixOf(names, nullPrototypeName(value))}{`;
    return object(open, { keys: keysOf(st, value), empty: `${open}}` });
  },
};

function nullPrototypeName(value) {
  const own = getOwnPropertyDescriptor(value, Symbol.toStringTag);
  const isShown = typeof own?.value === "string" && own.value !== "" && own.enumerable;
  return isShown ? own.value : "Object";
}

function namespaceView(exports) {
  return object("[Module: null prototype] {", {
    list: (st, _, depth) => namespaceEntries(st, exports, depth), keys: [],
  });
}

function viewOf(st, value, names) {
  const kind = names.constructor === "Object" ? kindOfPlain(value) : kindOf(value);
  const make = views[kind];
  return make === undefined ? boxedView(st, value, names, kind) : make(st, value, names);
}

function propertyEntries(st, value, view, depth) {
  const entries = [];
  for (const [index, key] of view.keys.entries()) {
    if (isSpent(st)) {
      entries.push(`... ${view.keys.length - index} more properties`);
      break;
    }
    entries.push(propertyText(st, value, key, depth, view.isList));
  }
  if (st.showHidden) entries.push(...inheritedEntries(st, value, depth, view.keys));
  return entries;
}

function sortEntries(st, entries) {
  return entries.sort(typeof st.sorted === "function" ? st.sorted : undefined);
}

function collectEntries(st, value, view, depth, inTypedArray) {
  const listed = view.list(st, value, depth, inTypedArray);
  const properties = propertyEntries(st, value, view, depth);
  if (!st.sorted) return listed.concat(properties);
  return view.isList ? listed.concat(sortEntries(st, properties))
    : sortEntries(st, listed.concat(properties));
}

function referenceText(st, value) {
  const index = st.circular?.get(value);
  return index === undefined ? "" : st.stylize(`<ref *${index}>`, "special");
}

function circularText(st, value) {
  st.circular ??= new Map();
  if (!st.circular.has(value)) st.circular.set(value, st.circular.size + 1);
  return st.stylize(`[Circular *${st.circular.get(value)}]`, "special");
}

function showStructure(st, value, depth, exports, inTypedArray) {
  const names = exports !== undefined ? { constructor: null, tag: "Module" }
    : { constructor: constructorName(st, value, depth), tag: tagOf(st, value) };
  const view = exports !== undefined ? namespaceView(exports) : viewOf(st, value, names);
  if (view.keys.length === 0 && view.empty !== undefined) {
    const hidden = st.showHidden ? inheritedEntries(st, value, depth, []) : [];
    if (hidden.length === 0) return view.empty;
  }
  if (depth > st.depth) {
    if (view.alwaysShown) return view.empty;
    const fallback = exports !== undefined ? "Object" : nullPrototypeName(value);
    const name = prefixOf(names, fallback).slice(0, -1);
    return st.stylize(names.constructor === null ? name : `[${name}]`, "special");
  }
  st.seen.push(value);
  st.currentDepth = depth + 1;
  view.entries = collectEntries(st, value, view, depth + 1, inTypedArray);
  st.seen.pop();
  const reference = referenceText(st, value);
  if (reference !== "") {
    if (st.compact === true) view.open = `${reference} ${view.open}`;
    else view.base = view.base === "" ? reference : `${reference} ${view.base}`;
  }
  return layOut(st, view, depth + 1, value);
}

/** Array.isArray runs no trap, and throws for a revoked Proxy only. */
function isRevoked(value) {
  try {
    isArray(value);
    return false;
  } catch {
    return true;
  }
}

/** What the host says stands behind a Proxy; undefined for a revoked one. */
function throughProxies(value) {
  for (let steps = 0; steps < 1000; steps += 1) {
    if (isRevoked(value)) return undefined;
    const target = native.proxyTarget?.(value);
    if (target === undefined) return value;
    if (target === null) return undefined;
    value = target;
  }
  return undefined;
}

function customText(st, value, receiver, depth) {
  const method = peek(value, customInspect);
  if (typeof method !== "function" || method === inspect) return undefined;
  const constructor = getOwnPropertyDescriptor(value, "constructor")?.value;
  if (constructor?.prototype === value) return undefined;
  const left = st.options.depth === null ? null : st.depth - depth;
  const result = call(method, receiver, left, optionsForUser(st), inspect);
  if (result === receiver) return undefined;
  if (typeof result !== "string") return show(st, result, depth);
  return result.replaceAll("\n", `\n${" ".repeat(st.indent)}`);
}

function showNamespace(st, namespace, depth, exports) {
  if (st.seen.includes(namespace)) return circularText(st, namespace);
  return showStructure(st, namespace, depth, exports, false);
}

/** A namespace is asked for first: to the engine it is a Proxy. */
function showObject(st, original, depth, inTypedArray) {
  const exports = native.namespaceExports?.(original);
  if (exports !== undefined) return showNamespace(st, original, depth, exports);
  const value = throughProxies(original);
  if (value === undefined) return st.stylize("<Revoked Proxy>", "special");
  if (st.customInspect) {
    const text = customText(st, value, original, depth);
    if (text !== undefined) return text;
  }
  if (st.seen.includes(value)) return circularText(st, value);
  return showStructure(st, value, depth, undefined, inTypedArray);
}

/** The text of any value. What user code throws on the way becomes part of the text. */
function show(st, value, depth, inTypedArray = false) {
  if (!isObject(value)) {
    const text = primitiveText(st, value);
    st.remaining -= text.length + st.indent + 1;
    return text;
  }
  if (isSpent(st)) return "...";
  const { indent, currentDepth } = st;
  const seen = st.seen.length;
  st.remaining -= indent + 8;
  try {
    return showObject(st, value, depth, inTypedArray);
  } catch (error) {
    st.indent = indent;
    st.currentDepth = currentDepth;
    st.seen.length = seen;
    return st.stylize(`[value that cannot be shown: ${messageOf(error)}]`, "special");
  }
}
