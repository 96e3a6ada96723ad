// The JavaScript of `console`: an expression whose value is
// `(native, inspector) => (primordials) => console`, to be evaluated in the inspector's realm.
//
// `inspector` is what `inspector/` gives; `primordials` are those of the realm that gets the console.
// Of `native` it needs:
//
// - `emit(level, text)`: one output, already indented by the open groups, without a line break at
//   its end;
// - `now()`: milliseconds, for timers;
// - `stackOf(error)` (may be missing): as for the inspector; frames of this script are the host's
//   to drop. Without it `console.trace` prints its first line only.
//
// Levels: `log` (also dir, dirxml, table, group, count and time), `info`, `debug`, `warn`, `error`
// (also assert), `trace`. Node sends log, info and debug to standard output, the others to
// standard error. Node's process warnings (no such label or counter) are of level `warn`: `Warning: …`.
(native, inspector) => (primordials) => {
"use strict";
const { Error: RealmError, TypeError: RealmTypeError } = primordials;
const { isArray } = Array;
const counts = new Map();
const timers = new Map();
let indentation = "";

/** Sends a text on, indented by the open groups. */
function emit(level, text) {
  const shown = indentation === "" ? text
    : indentation + text.replaceAll("\n", `\n${indentation}`);
  native.emit(level, shown);
}

const format = (values) => inspector.formatPrimitives(values) ?? inspector.format(values);
const warn = (text) => emit("warn", `Warning: ${text}`);
const labelOf = (label) => (typeof label === "symbol" ? label.toString() : `${label}`);

const twoDigits = (number) => `${number}`.padStart(2, "0");

/** 1.234ms, 1.234s, 1:01.234 (m:ss.mmm), 1:00:01.234 (h:mm:ss.mmm) */
function durationText(milliseconds) {
  if (milliseconds < 1000) return `${Number(milliseconds.toFixed(3))}ms`;
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(3)}s`;
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  const rest = (seconds % 60).toFixed(3).padStart(6, "0");
  return hours === 0 ? `${minutes}:${rest} (m:ss.mmm)`
    : `${hours}:${twoDigits(minutes)}:${rest} (h:mm:ss.mmm)`;
}

/** Prints a running timer's time; false, with a warning, when there is none. */
function logTime(method, label, values) {
  const start = timers.get(label);
  if (start === undefined) {
    warn(`No such label '${label}' for console.${method}()`);
    return false;
  }
  emit("log", format(["%s: %s", label, durationText(native.now() - start), ...values]));
  return true;
}

function traceText(values) {
  const error = new RealmError(format(values));
  Object.defineProperty(error, "name", { value: "Trace" });
  const header = error.message === "" ? "Trace" : `Trace: ${error.message}`;
  return native.stackOf?.(error) ?? header;
}

const isObject = (value) => typeof value === "object" && value !== null;
const longestTable = 10000;

function cellText(read) {
  let value;
  try {
    value = read();
  } catch {
    return "[Getter that throws]";
  }
  const hasManyKeys = isObject(value) && !isArray(value) && inspector.keyCount(value) > 2;
  const depth = hasManyKeys ? -1 : 0;
  return inspector.inspect(value, { maxArrayLength: 3, breakLength: Infinity, depth });
}

function tableRow(cells, widths) {
  const padded = cells.map((cell, i) =>
    ` ${cell}${" ".repeat(widths[i] - inspector.widthOf(cell) + 1)}`);
  return `│${padded.join("│")}│`;
}

function drawTable(heads, rows) {
  const widths = heads.map((head, column) =>
    rows.reduce((widest, row) => Math.max(widest, inspector.widthOf(row[column])),
      inspector.widthOf(head)));
  const rule = (left, middle, right) =>
    left + widths.map((width) => "─".repeat(width + 2)).join(middle) + right;
  return [
    rule("┌", "┬", "┐"), tableRow(heads, widths), rule("├", "┼", "┤"),
    ...rows.map((row) => tableRow(row, widths)), rule("└", "┴", "┘"),
  ].join("\n");
}

/** A Map or a Set as rows, undefined for all else. */
function collectionTable(data) {
  const members = inspector.membersOf(data, longestTable);
  if (members === undefined) return undefined;
  const isMap = members.kind === "map";
  const rows = members.entries.map(([key, value], index) => {
    const cells = [`${index}`, cellText(() => value)];
    return isMap ? [cells[0], cellText(() => key), cells[1]] : cells;
  });
  return drawTable(["(iteration index)", ...(isMap ? ["Key"] : []), "Values"], rows);
}

/** Rows by key; a column for each key of a row, and one for rows that are primitives. */
function keyedTable(data, properties) {
  const columns = { __proto__: null };
  const values = [];
  const keys = Object.keys(data).slice(0, longestTable);
  keys.forEach((key, row) => {
    const item = data[key];
    const isPrimitive = !isObject(item) && typeof item !== "function";
    if (isPrimitive && properties === undefined) {
      values[row] = cellText(() => item);
      return;
    }
    for (const name of properties ?? Object.keys(item)) {
      columns[name] ??= [];
      const isHeld = !isPrimitive && Object.hasOwn(item, name);
      if (isHeld) columns[name][row] = cellText(() => item[name]);
    }
  });
  const names = Object.keys(columns);
  const heads = ["(index)", ...names];
  if (values.length > 0) heads.push("Values");
  const rows = keys.map((key, row) => {
    const cells = [key, ...names.map((name) => columns[name][row] ?? "")];
    if (values.length > 0) cells.push(values[row] ?? "");
    return cells;
  });
  return drawTable(heads, rows);
}

function receivedText(value) {
  if (value === null) return "null";
  if (typeof value === "function") return `function ${inspector.functionName(value)}`;
  if (typeof value === "object") return `an instance of ${inspector.constructorName(value)}`;
  return `type ${typeof value} (${inspector.inspect(value)})`;
}

function checkTableProperties(properties) {
  if (properties === undefined || isArray(properties)) return;
  const error = new RealmTypeError("The \"properties\" argument must be an instance of Array. "
    + `Received ${receivedText(properties)}`);
  Object.defineProperty(error, "code", {
    value: "ERR_INVALID_ARG_TYPE", writable: true, enumerable: true, configurable: true,
  });
  throw error;
}

const methods = {
  log(...values) { emit("log", format(values)); },
  info(...values) { emit("info", format(values)); },
  debug(...values) { emit("debug", format(values)); },
  warn(...values) { emit("warn", format(values)); },
  error(...values) { emit("error", format(values)); },
  dir(value, options) {
    const own = isObject(options) ? options : {};
    emit("log", inspector.inspect(value, { customInspect: false, ...own }));
  },
  time(label = "default") {
    label = labelOf(label);
    if (timers.has(label)) warn(`Label '${label}' already exists for console.time()`);
    else timers.set(label, native.now());
  },
  timeEnd(label = "default") {
    label = labelOf(label);
    if (logTime("timeEnd", label, [])) timers.delete(label);
  },
  timeLog(label = "default", ...values) { logTime("timeLog", labelOf(label), values); },
  trace(...values) { emit("trace", traceText(values)); },
  assert(condition, ...values) {
    if (condition) return;
    if (typeof values[0] === "string") values[0] = `Assertion failed: ${values[0]}`;
    else values.unshift("Assertion failed");
    emit("error", format(values));
  },
  clear() {},
  count(label = "default") {
    label = labelOf(label);
    counts.set(label, (counts.get(label) ?? 0) + 1);
    emit("log", `${label}: ${counts.get(label)}`);
  },
  countReset(label = "default") {
    label = labelOf(label);
    if (!counts.delete(label)) warn(`Count for '${label}' does not exist`);
  },
  group(...values) {
    if (values.length > 0) emit("log", format(values));
    indentation += "  ";
  },
  groupEnd() { indentation = indentation.slice(2); },
  table(data, properties) {
    if (!isObject(data)) {
      emit("log", format([data]));
      return;
    }
    checkTableProperties(properties);
    emit("log", collectionTable(data) ?? keyedTable(data, properties));
  },
  dirxml(...values) { emit("log", format(values)); },
  groupCollapsed(...values) {
    if (values.length > 0) emit("log", format(values));
    indentation += "  ";
  },
};

/** A method whose errors are those of the realm that calls it, where the engine made them in this one. */
function inRealmOf(primordials, method) {
  const { name, length } = method;
  const { guarded } = {
    guarded(...values) {
      try {
        return method(...values);
      } catch (error) {
        throw inspector.inRealmOf(primordials, error);
      }
    },
  };
  Object.defineProperty(guarded, "name", { value: name });
  Object.defineProperty(guarded, "length", { value: length });
  return guarded;
}

/** The console and its methods have the realm's prototypes, so nothing leads to this realm. */
function makeConsole() {
  const console = { __proto__: { __proto__: primordials.ObjectPrototype } };
  for (const name of Object.keys(methods)) {
    const method = inRealmOf(primordials, methods[name]);
    Object.defineProperty(console, name, {
      value: Object.setPrototypeOf(method, primordials.FunctionPrototype),
      writable: true, enumerable: true, configurable: true,
    });
  }
  Object.defineProperty(console, Symbol.toStringTag, { value: "console", configurable: true });
  return console;
}
return makeConsole();
}
