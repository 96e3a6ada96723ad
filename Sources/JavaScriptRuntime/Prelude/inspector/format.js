// The two doors: inspect(value, options) and format(arguments, options).
const defaultOptions = {
  __proto__: null,
  showHidden: false,
  depth: 2,
  colors: false,
  customInspect: true,
  showProxy: false,
  maxArrayLength: 100,
  maxStringLength: 10000,
  breakLength: 80,
  compact: 3,
  sorted: false,
  getters: false,
  numericSeparator: false,
};
const outputLimit = 1 << 20;
const deepest = 500;

/** What a custom inspect method gets: nothing in it leads to this realm's prototypes. */
function optionsForUser(st) {
  const stylize = (text, style) => st.stylize(`${text}`, style);
  setPrototypeOf(stylize, null);
  return { __proto__: null, stylize, ...st.options };
}

function makeState(options) {
  const st = { ...defaultOptions };
  for (const key in defaultOptions) {
    // Those that are inherited are not options, as in Node.
    const value = isObject(options) && hasOwn(options, key) ? peek(options, key) : undefined;
    if (value !== undefined) st[key] = value;
  }
  st.options = { ...st };
  st.stylize = st.colors ? colored : plainText;
  st.depth = st.depth === null ? deepest : Math.min(Number(st.depth), deepest);
  st.maxArrayLength = limitOf(st.maxArrayLength);
  st.maxStringLength = limitOf(st.maxStringLength);
  st.indent = 0;
  st.currentDepth = 0;
  st.seen = [];
  st.circular = undefined;
  st.remaining = outputLimit;
  return st;
}

const limitOf = (value) => (value === null ? Infinity : Math.max(0, Number(value)));

function limited(text) {
  const left = text.length - outputLimit;
  if (left <= 0) return text;
  return `${text.slice(0, outputLimit)}... ${left} more character${left === 1 ? "" : "s"}`;
}

function inspectWith(options, value) {
  return limited(show(makeState(options), value, 0));
}

/** As `util.inspect(value, options)`; never throws. */
const { inspect } = {
  inspect(value, options) { return inspectWith(options, value); },
};
inspect.custom = customInspect;
inspect.defaultOptions = { __proto__: null, ...defaultOptions };
setPrototypeOf(inspect, null);

/** Whether String(value) would run nothing but a built-in method. */
function hasBuiltInToString(value) {
  const target = throughProxies(value);
  if (target === undefined) return true;
  const converts = (holder) => hasOwn(holder, "toString") || hasOwn(holder, Symbol.toPrimitive);
  if (converts(target)) return false;
  let pointer = target;
  while (pointer !== null && !converts(pointer)) pointer = getPrototypeOf(pointer);
  if (pointer === null) return true;
  const constructor = getOwnPropertyDescriptor(pointer, "constructor")?.value;
  return typeof constructor === "function" && isBuiltInName(peek(constructor, "name"));
}

const directives = {
  __proto__: null,
  s(value, options) {
    if (typeof value === "number") return numberText(value);
    if (typeof value === "bigint") return `${value}n`;
    if (!isObject(value)) return String(value);
    if (typeof value === "function" || !hasBuiltInToString(value)) return String(value);
    return inspectWith({ ...options, depth: 0, colors: false, compact: 3 }, value);
  },
  d(value) {
    if (typeof value === "bigint") return `${value}n`;
    return typeof value === "symbol" ? "NaN" : numberText(Number(value));
  },
  i(value) {
    if (typeof value === "bigint") return `${value}n`;
    return typeof value === "symbol" ? "NaN" : numberText(Number.parseInt(value));
  },
  f: (value) => (typeof value === "symbol" ? "NaN" : numberText(Number.parseFloat(value))),
  j(value) {
    try {
      return `${JSON.stringify(value)}`;
    } catch (error) {
      if (/circular|cyclic/i.test(messageOf(error))) return "[Circular]";
      throw error;
    }
  },
  o: (value, options) =>
    inspectWith({ ...options, showHidden: true, showProxy: true, depth: 4 }, value),
  O: (value, options) => inspectWith(options, value),
  c: () => "",
};

function directiveText(letter, value, options) {
  try {
    return directives[letter](value, options);
  } catch (error) {
    return `[value that cannot be shown: ${messageOf(error)}]`;
  }
}

/** Puts values into the template; returns the text and how many were used. */
function fillTemplate(template, values, options) {
  let used = 0;
  const text = template.replace(/%([sdifjoOc%])/g, (whole, letter) => {
    if (letter === "%") return "%";
    if (used === values.length) return whole;
    used += 1;
    return directiveText(letter, values[used - 1], options);
  });
  return { text, used };
}

/** As `util.formatWithOptions(options, ...values)`. */
function format(values, options) {
  let rest = values;
  const parts = [];
  if (typeof values[0] === "string" && values.length > 1) {
    const { text, used } = fillTemplate(values[0], values.slice(1), options);
    parts.push(text);
    rest = values.slice(used + 1);
  }
  for (const value of rest) {
    parts.push(typeof value === "string" ? value : inspectWith(options, value));
  }
  return limited(parts.join(" "));
}

/** Whether format() of these values needs no more than plain concatenation. */
function formatPrimitives(values) {
  const parts = [];
  for (const [index, value] of values.entries()) {
    if (isObject(value)) return undefined;
    if (index === 0 && typeof value === "string" && values.length > 1 && value.includes("%")) {
      return undefined;
    }
    parts.push(typeof value === "string" ? value : primitiveText(plainState, value));
  }
  return parts.join(" ");
}
const plainState = {
  stylize: plainText, maxStringLength: 10000, breakLength: 80, compact: 3, indent: 0,
};
