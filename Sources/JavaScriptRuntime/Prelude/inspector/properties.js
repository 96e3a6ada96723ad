// Keys, and one property as an entry.
const isIndex = (key) =>
  typeof key === "string" && /^(?:0|[1-9]\d{0,9})$/.test(key) && Number(key) < 4294967295;

const hiddenOfErrors = new Set(["line", "column", "sourceURL", "stack", "message"]);

/** The keys that are shown: enumerable ones, or all of them with `showHidden`. */
function keysOf(st, value) {
  if (st.showHidden) {
    const keys = ownKeys(value);
    return isError(value) ? keys.filter((key) => !hiddenOfErrors.has(key)) : keys;
  }
  const symbols = Object.getOwnPropertySymbols(value)
    .filter((key) => getOwnPropertyDescriptor(value, key)?.enumerable);
  return symbols.length === 0 ? Object.keys(value) : [...Object.keys(value), ...symbols];
}

/** Listing the keys of a huge dense array takes seconds, for names that hardly any has. */
function isHugeAndDense(value, length) {
  if (length <= 20000) return false;
  return [0, length >> 1, length - 1].every((index) => hasOwn(value, index));
}

function keysBesideIndices(st, value, length) {
  if (isHugeAndDense(value, length)) {
    return Object.getOwnPropertySymbols(value)
      .filter((key) => st.showHidden || getOwnPropertyDescriptor(value, key)?.enumerable);
  }
  return keysOf(st, value).filter((key) => !isIndex(key));
}

function keyText(st, key, isEnumerable) {
  if (typeof key === "symbol") {
    const text = st.stylize(escapeText(call(Symbol.prototype.toString, key)), "symbol");
    return isEnumerable ? text : `[${text}]`;
  }
  if (key === "__proto__") return "['__proto__']";
  if (!isEnumerable) return `[${escapeText(key)}]`;
  if (/^[a-zA-Z_][a-zA-Z_0-9]*$/.test(key)) return st.stylize(key, "name");
  return st.stylize(quote(key), "string");
}

function getterText(st, value, descriptor, depth) {
  const label = descriptor.set === undefined ? "Getter" : "Getter/Setter";
  if (!st.getters) return st.stylize(`[${label}]`, "special");
  try {
    const result = call(descriptor.get, value);
    const marker = st.stylize(`[${label}]`, "special");
    if (isObject(result)) return `${marker} ${show(st, result, depth)}`;
    const text = primitiveText(st, result);
    return `${st.stylize(`[${label}:`, "special")} ${text}${st.stylize("]", "special")}`;
  } catch (error) {
    const text = `<Inspection threw (${messageOf(error)})>`;
    return `${st.stylize(`[${label}:`, "special")} ${text}${st.stylize("]", "special")}`;
  }
}

function indented(st, columns, make) {
  st.indent += columns;
  const text = make();
  st.indent -= columns;
  return text;
}

function descriptorValueText(st, value, descriptor, depth, columns) {
  if (descriptor.get !== undefined) {
    return indented(st, columns, () => getterText(st, value, descriptor, depth));
  }
  if (descriptor.set !== undefined) return st.stylize("[Setter]", "special");
  return indented(st, columns, () => show(st, descriptor.value, depth));
}

function describeProperty(value, key) {
  return getOwnPropertyDescriptor(value, key) ?? { value: value[key], enumerable: true };
}

/** `key: value`. */
function propertyText(st, value, key, depth, isList) {
  const descriptor = describeProperty(value, key);
  const columns = st.compact !== true || isList ? 2 : 3;
  const text = descriptorValueText(st, value, descriptor, depth, columns);
  const wraps = columns === 3 && st.breakLength < lengthOf(st, text);
  const gap = wraps ? `\n${" ".repeat(st.indent + columns)}` : " ";
  const name = keyText(st, key, descriptor.enumerable);
  st.remaining -= name.length + st.indent;
  return `${name}:${gap}${text}`;
}

const elementText = (st, value, index, depth) =>
  descriptorValueText(st, value, describeProperty(value, index), depth, 2);

/** With `showHidden`: what a class's prototypes define, but for methods. */
function inheritedEntries(st, value, depth, taken) {
  const entries = [];
  const seen = new Set(taken);
  let prototype = getPrototypeOf(value);
  for (let steps = 0; prototype !== null && steps < 3; steps += 1) {
    const name = getOwnPropertyDescriptor(prototype, "constructor")?.value?.name;
    if (isBuiltInName(name)) break;
    for (const key of ownKeys(prototype)) {
      const descriptor = getOwnPropertyDescriptor(prototype, key);
      const isShown = key !== "constructor" && !seen.has(key) && !hasOwn(value, key)
        && typeof descriptor.value !== "function";
      if (!isShown) continue;
      seen.add(key);
      const text = descriptorValueText(st, value, descriptor, depth, 2);
      entries.push(`[${typeof key === "symbol" ? symbolText(key) : escapeText(key)}]: ${text}`);
    }
    prototype = getPrototypeOf(prototype);
  }
  return entries;
}
