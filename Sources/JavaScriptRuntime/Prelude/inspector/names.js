// Names: constructors, tags, functions and classes.
function isInstance(value, constructor) {
  try {
    return value instanceof constructor;
  } catch {
    return false;
  }
}

// Names by prototypes of the main realm, which are known whatever became of their constructors, as in Node.
const wellKnown = new Map();

function know(primordials) {
  const names = [
    "Array", "ArrayBuffer", "Boolean", "DataView", "Date", "Error", "EvalError", "Map", "Number", "Object",
    "Promise", "RangeError", "ReferenceError", "RegExp", "Set", "String", "SyntaxError", "TypeError",
    "URIError", "WeakMap", "WeakSet",
  ];
  for (const name of names) wellKnown.set(primordials[name].prototype, name);
  wellKnown.set(primordials.FunctionPrototype, "Function");
  wellKnown.set(getPrototypeOf(primordials.Uint8Array.prototype), "TypedArray");
}

/** The name of a constructor found on a prototype, if the value is its instance. */
function ownConstructorName(value, prototype) {
  const known = prototype === value ? undefined : wellKnown.get(prototype);
  if (known !== undefined) return known;
  const constructor = getOwnPropertyDescriptor(prototype, "constructor")?.value;
  if (typeof constructor !== "function") return undefined;
  const name = peek(constructor, "name");
  if (typeof name !== "string" || name === "") return undefined;
  return isInstance(value, constructor) ? name : undefined;
}

/** The constructor's name; null for a null prototype; `Object <Parent>` for odd chains. */
function constructorName(st, value, depth) {
  let prototype = value;
  for (let steps = 0; prototype !== null && steps < 1000; steps += 1) {
    const name = ownConstructorName(value, prototype);
    if (name !== undefined) return name;
    prototype = getPrototypeOf(prototype);
  }
  const first = getPrototypeOf(value);
  if (first === null) return null;
  const own = internalName(value);
  if (depth > st.depth) return `${own} <Complex prototype>`;
  const parent = constructorName(st, first, depth + 1);
  if (parent !== null) return `${own} <${parent}>`;
  const text = inspectWith({ ...st.options, customInspect: false, depth: -1 }, first);
  return `${own} <${text}>`;
}

const internalName = (value) =>
  typeof value === "function" ? "Function" : tagText(value) || "Object";

/** Symbol.toStringTag where it would not be seen as a property. */
function tagOf(st, value) {
  const tag = peek(value, Symbol.toStringTag);
  if (typeof tag !== "string" || tag === "") return "";
  const own = getOwnPropertyDescriptor(value, Symbol.toStringTag);
  return own !== undefined && (st.showHidden || own.enumerable) ? "" : tag;
}

function prefixOf({ constructor, tag }, fallback, size = "") {
  if (constructor === null) {
    const shown = tag !== "" && fallback !== tag ? `[${tag}] ` : "";
    return `[${fallback}${size}: null prototype] ${shown}`;
  }
  const shown = tag !== "" && constructor !== tag ? `[${tag}] ` : "";
  return `${constructor}${size} ${shown}`;
}

/** Whether the source text is a class's: the keyword, then no name character. */
function isClassText(text) {
  if (!text.startsWith("class") || !text.endsWith("}")) return false;
  return /^class(?:[\s{]|\/[*/])/.test(text);
}

function classBase(value, { constructor, tag }) {
  const ownName = hasOwn(value, "name") ? peek(value, "name") : undefined;
  let base = `class ${typeof ownName === "string" && ownName !== "" ? ownName : "(anonymous)"}`;
  if (constructor !== "Function" && constructor !== null) base += ` [${constructor}]`;
  if (tag !== "" && constructor !== tag) base += ` [${tag}]`;
  if (constructor === null) return `[${base} extends [null prototype]]`;
  const parent = getPrototypeOf(value);
  const parentName = parent === null ? undefined : peek(parent, "name");
  if (typeof parentName === "string" && parentName !== "") base += ` extends ${parentName}`;
  return `[${base}]`;
}

/** The prototype's tag tells; without a prototype, the source text. */
function functionType(value, text) {
  const tag = tagText(value);
  if (/^(?:AsyncGenerator|Async|Generator)Function$/.test(tag)) return tag;
  const isAsync = getPrototypeOf(value) === null && text.startsWith("async");
  return isAsync ? "AsyncFunction" : "Function";
}

function functionBase(value, names) {
  let text = "";
  try {
    text = call(functionText, value);
  } catch {
    // A callable Proxy has no source text in some engines.
  }
  if (isClassText(text)) return classBase(value, names);
  const type = functionType(value, text);
  const { constructor, tag } = names;
  let base = `[${type}`;
  if (constructor === null) base += " (null prototype)";
  const name = peek(value, "name");
  base += isObject(name) || name === undefined || name === "" ? " (anonymous)]"
    : `: ${primitiveMessage(name)}]`;
  if (constructor !== type && constructor !== null) base += ` ${constructor}`;
  if (tag !== "" && constructor !== tag) base += ` [${tag}]`;
  return base;
}
