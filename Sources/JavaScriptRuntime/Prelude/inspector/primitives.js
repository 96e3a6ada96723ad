// Primitives, quoting and colours.
const styles = {
  __proto__: null,
  special: [36, 39], number: [33, 39], bigint: [33, 39], boolean: [33, 39], undefined: [90, 39],
  null: [1, 22], string: [32, 39], symbol: [32, 39], date: [35, 39], regexp: [31, 39],
  module: [4, 24],
};
const plainText = (text) => text;
const colored = (text, style) => {
  const codes = styles[style];
  return codes === undefined ? text : `\x1b[${codes[0]}m${text}\x1b[${codes[1]}m`;
};
const withoutColors = (text) => text.replace(/\x1b\[\d+m/g, "");

const escapes = {
  __proto__: null,
  "\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", "\\": "\\\\",
};
const loneSurrogate = "[\\ud800-\\udbff](?![\\udc00-\\udfff])"
  + "|(?<![\\ud800-\\udbff])[\\udc00-\\udfff]";
const needsEscape = new RegExp(`[\\x00-\\x1f\\x5c\\x7f-\\x9f]|${loneSurrogate}`);
const everyEscape = new RegExp(needsEscape.source, "g");

function escapeCharacter(character) {
  const known = escapes[character];
  if (known !== undefined) return known;
  const code = character.charCodeAt(0).toString(16);
  return code.length > 2 ? `\\u${code}` : `\\x${code.toUpperCase().padStart(2, "0")}`;
}

const escapeText = (text) =>
  needsEscape.test(text) ? text.replace(everyEscape, escapeCharacter) : text;

function quote(text) {
  let mark = "'";
  if (text.includes("'")) {
    if (!text.includes('"')) mark = '"';
    else if (!text.includes("`") && !text.includes("${")) mark = "`";
  }
  const escaped = escapeText(text);
  return mark + (mark === "'" ? escaped.replace(/'/g, "\\'") : escaped) + mark;
}

const moreItems = (count) => `... ${count} more item${count === 1 ? "" : "s"}`;
const numberText = (value) => (Object.is(value, -0) ? "-0" : `${value}`);

const symbolText = (value) => call(Symbol.prototype.toString, value);

/** A string as a literal; a long one with line breaks goes over several lines. */
function stringText(st, value) {
  let rest = "";
  if (value.length > st.maxStringLength) {
    const left = value.length - st.maxStringLength;
    value = value.slice(0, st.maxStringLength);
    rest = `... ${left} more character${left === 1 ? "" : "s"}`;
  }
  const isLong = value.length > 16 && value.length > st.breakLength - st.indent - 4;
  if (st.compact === true || !isLong) return st.stylize(quote(value), "string") + rest;
  return value.split(/(?<=\n)/).map((line) => st.stylize(quote(line), "string"))
    .join(` +\n${" ".repeat(st.indent + 2)}`) + rest;
}

function primitiveText(st, value) {
  switch (typeof value) {
    case "string": return stringText(st, value);
    case "number": return st.stylize(numberText(value), "number");
    case "bigint": return st.stylize(`${value}n`, "bigint");
    case "boolean": return st.stylize(`${value}`, "boolean");
    case "symbol": return st.stylize(symbolText(value), "symbol");
    case "undefined": return st.stylize("undefined", "undefined");
    default: return st.stylize("null", "null");
  }
}

const wideCharacter = new RegExp("[\\u1100-\\u115f\\u2e80-\\u303e\\u3041-\\ua4cf\\ua960-\\ua97c"
  + "\\uac00-\\ud7a3\\uf900-\\ufaff\\ufe30-\\ufe6f\\uff00-\\uff60\\uffe0-\\uffe6"
  + "\\u{1f300}-\\u{1f64f}\\u{1f680}-\\u{1f6ff}\\u{1f900}-\\u{1f9ff}"
  + "\\u{20000}-\\u{3fffd}]", "u");
const zeroWidth = /[\p{Mn}\p{Me}\p{Cf}]/u;

/** Columns that the text takes in a terminal. */
function widthOf(text) {
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  let width = 0;
  for (const character of text.normalize("NFC")) {
    if (wideCharacter.test(character)) width += 2;
    else if (!zeroWidth.test(character) && character >= " ") width += 1;
  }
  return width;
}
