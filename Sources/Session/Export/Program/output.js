// A clock that jumps to the next timer when nothing else is due, as in modlab's scripts: so the
// program never hangs, and is the same each time. It begins with the year 2000.
function makeClock(turn) {
  let now = 0, reads = 0, lastOrder = 0, tasks = [];
  const addTask = (action, delay, repeats = false) => {
    const task = { due: now + delay, delay, action, repeats, order: ++lastOrder };
    tasks.push(task);
    return task;
  };
  const removeTask = (task) => { tasks = tasks.filter((other) => other !== task); };
  const runTask = (limit = Infinity) => {
    tasks.sort((a, b) => a.due - b.due || a.order - b.order);
    const task = tasks[0];
    if (!task || task.due > limit) return false;
    now = Math.max(now, task.due);
    if (task.repeats) {
      task.due = now + Math.max(1, task.delay);
      task.order = ++lastOrder;
    } else tasks.shift();
    try { task.action(); } catch { /* modlab shows it and goes on. */ }
    return true;
  };
  // All jobs are done when the next turn of Node's own loop begins.
  const jobs = () => new Promise((done) => turn(() => turn(done)));
  const tick = async (delay) => {
    reads = 0;
    await jobs();
    const limit = now + delay;
    while (runTask(limit)) await jobs();
    now = Math.max(now, limit);
  };
  return { addTask, removeTask, runTask, jobs, tick,
    // Code that waits for a date in a loop gets there.
    date() {
      if (++reads % 100 === 0) now++;
      return 946684800000 + now;
    },
    beginReads() { reads = 0; },
    advance(milliseconds) { now += milliseconds; },
    clearTasks() { tasks = []; } };
}

// Everything is printed to standard output, without characters that act on a terminal.
function makeOutput({ stdout, Console, Writable, inspect, date, program, nodeError }) {
  const write = stdout.write.bind(stdout);
  const escaped = (character, digits) => character.charCodeAt(0).toString(16).padStart(digits, "0");
  const shown = (text) => text.replace(
    /[\0-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]/g,
    (c) => c === "\r" ? "\\r" : c < "\u0100" ? "\\x" + escaped(c, 2) : "\\u" + escaped(c, 4));
  const put = (line) => { write(shown(line) + "\n"); };

  const duration = (milliseconds) => {
    if (milliseconds < 1000) return `${Number(milliseconds.toFixed(3))}ms`;
    const seconds = milliseconds / 1000;
    if (seconds < 60) return `${seconds.toFixed(3)}s`;
    const minutes = Math.floor((seconds % 3600) / 60), hours = Math.floor(seconds / 3600);
    const rest = (seconds % 60).toFixed(3).padStart(6, "0");
    return hours === 0 ? `${minutes}:${rest} (m:ss.mmm)`
      : `${hours}:${String(minutes).padStart(2, "0")}:${rest} (h:mm:ss.mmm)`;
  };
  // Node's console, whose timers go by the session's clock. As pairs of name and method.
  const makeConsole = () => {
    const stream = new Writable({
      decodeStrings: false,
      write(text, encoding, done) { write(shown(String(text))); done(); },
    });
    const inner = new Console({ stdout: stream, stderr: stream });
    const timers = new Map(), counts = new Map();
    const warn = (text) => inner.warn("%s", `Warning: ${text}`);
    const labelOf = (label) => typeof label === "symbol" ? label.toString() : `${label}`;
    const logTime = (method, label, values) => {
      const isKnown = timers.has(label);
      if (isKnown) inner.log("%s: %s", label, duration(date() - timers.get(label)), ...values);
      else warn(`No such label '${label}' for console.${method}()`);
      return isKnown;
    };
    const own = {
      time(label = "default") {
        label = labelOf(label);
        if (timers.has(label)) warn(`Label '${label}' already exists for console.time()`);
        else timers.set(label, date());
      },
      timeEnd(label = "default") {
        label = labelOf(label);
        if (logTime("timeEnd", label, [])) timers.delete(label);
      },
      timeLog(label = "default", ...values) { logTime("timeLog", labelOf(label), values); },
      clear() {},
      count(label = "default") {
        label = labelOf(label);
        counts.set(label, (counts.get(label) ?? 0) + 1);
        inner.log("%s", `${label}: ${counts.get(label)}`);
      },
      countReset(label = "default") {
        label = labelOf(label);
        if (!counts.delete(label)) warn(`Count for '${label}' does not exist`);
      },
    };
    return ["log", "info", "debug", "warn", "error", "dir", "time", "timeEnd", "timeLog", "trace",
      "assert", "clear", "count", "countReset", "group", "groupEnd", "table", "dirxml",
      "groupCollapsed"].map((name) => ({ name, method: own[name] ?? inner[name] }));
  };

  // What modlab says of a value that was thrown. Getters of it may throw.
  const isObject = (v) => (typeof v === "object" && v !== null) || typeof v === "function";
  const read = (object, key) => { try { return object[key]; } catch { return undefined; } };
  const textOf = (object, key) => {
    const text = isObject(object) ? read(object, key) : undefined;
    return typeof text === "string" ? text : undefined;
  };
  const words = (error) => {
    if (!isObject(error)) return "a value";
    const message = textOf(error, "message");
    let name = textOf(error, "name") || textOf(read(error, "constructor"), "name");
    // An object literal is no kind of error.
    if (message === undefined && name === "Object") name = undefined;
    let code = read(error, "code");
    code = typeof code === "number" ? String(code) : typeof code === "string" ? code : "";
    const text = code.startsWith("ERR_") ? `: ${message ?? inspect(error)}` : "";
    return (name || "a value") + (code && ` ${code}`) + text;
  };
  const nameText = (name) => /^[\w:()#.\/@+-]+$/.test(name) ? name
    : JSON.stringify(name).replace(/[\x7f-\x9f]/g, (c) => "\\u" + escaped(c, 4));

  // A stack without the frames of Node and of this program, as modlab shows it.
  let isNodeError;
  for (let from = nodeError; from && !isNodeError; from = Object.getPrototypeOf(from)) {
    isNodeError = Object.getOwnPropertySymbols(from).find(
      ({ description }) => description === "kIsNodeError");
  }
  const isHidden = (file) => file === program || file === "modlab" || file?.startsWith("node:");
  const frameText = (site) => {
    const name = site.getFunctionName()?.replace(/^[gs]et /, "");
    const file = site.getFileName();
    if (!file) return site.isEval() ? `${site}` : `${name ?? "<anonymous>"} (<anonymous>)`;
    const place = `${file}:${site.getLineNumber()}:${site.getColumnNumber()}`;
    return name ? `${name} (${place})` : place;
  };
  const stackText = (error, sites) => {
    const shown = [];
    let isCalled = true;
    for (let index = sites.length - 1; index >= 0; index--) {
      const site = sites[index], file = site.getFileName();
      if (file || site.isEval()) isCalled = isHidden(file);
      // What Node or the program calls of the engine's own functions is theirs.
      if (!isCalled && !site.isAsync()) shown.unshift(frameText(site));
    }
    const name = textOf(error, "name"), message = textOf(error, "message");
    const head = isNodeError !== undefined && isNodeError in error
      ? `${name} [${textOf(error, "code")}]: ${message}`
      : Reflect.apply(Error.prototype.toString, { name, message: read(error, "message") }, []);
    return [head, ...shown].join("\n    at ");
  };
  return { put, makeConsole, words, nameText, stackText };
}

// Prints a line an operation: how it ended, and the statuses of all modules.
function makeStep({ types, settle, statusOf, jobs, runTask, beginReads, put, words, nameText }, { get, names }) {
  return async (label, action) => {
    let state = "pending", error;
    beginReads();
    try {
      const answered = action();
      if (types.isPromise(answered)) {
        settle(answered, () => { state = "ok"; }, (reason) => {
          state = "fails";
          error = reason;
        });
      } else state = "ok";
    } catch (reason) {
      state = "fails";
      error = reason;
    }
    await jobs();
    while (state === "pending" && runTask()) await jobs();
    const outcome = state === "fails" ? `fails: ${words(error)}` : state;
    const statuses = names().map((name) => `${nameText(name)} ${statusOf(get(name))}`);
    put([`${label}: ${outcome}`, ...statuses].join(" | "));
  };
}
