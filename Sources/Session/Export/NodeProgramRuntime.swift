/// The part of an exported program that is the same in all: what modlab's commands are in Node.
enum NodeProgramRuntime {
  static let text = #"""
    import vm from "node:vm";
    import { Console } from "node:console";
    import { Writable } from "node:stream";
    import { types } from "node:util";

    // ---------------------------------------------------------------------------------------
    // What modlab does around node:vm. The session itself begins below, at "The session".
    // ---------------------------------------------------------------------------------------

    // Everything is printed to standard output, without characters that act on a terminal.
    const shown = (text) => text.replace(
      /[\0-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]/g,
      (c) => c === "\r" ? "\\r" : c < "\x80" || c < "\u0100"
        ? "\\x" + c.charCodeAt(0).toString(16).padStart(2, "0")
        : "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0"));
    const out = new Writable({
      decodeStrings: false,
      write(text, encoding, done) { process.stdout.write(shown(String(text)), done); },
    });
    globalThis.console = new Console({ stdout: out, stderr: out });
    globalThis.print = console.log;
    process.on("unhandledRejection", () => {});
    process.on("uncaughtException", () => {});

    // A clock that jumps to the next timer when nothing else is due, as in modlab's scripts: so the
    // program never hangs, and is the same each time.
    const turn = setImmediate;
    let now = 0, lastOrder = 0;
    let tasks = [];
    const addTask = (delay, action, repeats = false) => {
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
    const delayOf = (delay) => (delay >= 1 && delay <= 2147483647 ? Math.trunc(delay) : 1);
    globalThis.setTimeout = (f, delay, ...values) => addTask(delayOf(delay), () => f(...values));
    globalThis.setInterval = (f, delay, ...values) =>
      addTask(delayOf(delay), () => f(...values), true);
    globalThis.setImmediate = (f, ...values) => addTask(0, () => f(...values));
    globalThis.clearTimeout = globalThis.clearInterval = globalThis.clearImmediate = removeTask;

    // The registry: modules by name, and how to make each again.
    const registry = new Map();
    const makers = new Map();
    const nameOf = new WeakMap();
    const register = (name, module) => {
      registry.set(name, module);
      nameOf.set(module, name);
      return module;
    };
    const modules = globalThis.modules = new Proxy({}, {
      get: (_, name) => registry.get(name),
      has: (_, name) => registry.has(name),
      ownKeys: () => [...registry.keys()],
      getOwnPropertyDescriptor: (_, name) => registry.has(name)
        ? { value: registry.get(name), enumerable: true, configurable: true } : undefined,
    });
    globalThis.ns = new Proxy({}, { get: (_, name) => registry.get(name)?.namespace });
    const contexts = globalThis.contexts = {};
    const makeContext = (name) => {
      const { console, print, ns, setTimeout, setInterval, setImmediate, clearTimeout,
        clearInterval, clearImmediate, queueMicrotask, structuredClone } = globalThis;
      contexts[name] = vm.createContext({
        console, print, modules, ns, contexts, vm, setTimeout, setInterval, setImmediate,
        clearTimeout, clearInterval, clearImmediate, queueMicrotask, structuredClone });
    };
    globalThis.vm = vm;

    // Modules that code makes with `new vm.SourceTextModule(…)` are registered too.
    let isDefining = false;
    for (const kind of ["SourceTextModule", "SyntheticModule"]) {
      vm[kind] = { [kind]: class extends vm[kind] {
        constructor(...values) {
          super(...values);
          if (isDefining) return;
          let name = this.identifier;
          for (let number = 2; registry.has(name); number++) name = `${this.identifier}#${number}`;
          register(name, this);
        }
      } }[kind];
    }

    const evaluateIn = (context, text) => {
      const options = { importModuleDynamically: dynamicImport };
      return context ? vm.runInContext(`(${text}\n)`, context, options)
        : vm.runInThisContext(`(${text}\n)`, options);
    };
    const defining = (make) => {
      isDefining = true;
      try { return make(); } finally { isDefining = false; }
    };
    const define = (name, make) => {
      const module = defining(make);
      makers.set(name, make);
      register(name, module);
    };
    const sourceModule = (source, { meta, ...options }) => new vm.SourceTextModule(source, {
      ...options, importModuleDynamically: dynamicImport,
      initializeImportMeta(object) {
        if (meta) Object.assign(object, evaluateIn(options.context, meta));
      },
    });
    const syntheticModule = (exports, options) => {
      const entries = Array.isArray(exports) ? exports : Object.entries(exports);
      return new vm.SyntheticModule(entries.map(([name]) => name), function () {
        for (const [name, text] of entries) {
          if (text !== null) this.setExport(name, evaluateIn(options.context, text));
        }
      }, options);
    };
    const syntheticModuleWith = (names, body, options) =>
      new vm.SyntheticModule(names, function () {
        // Node aborts when the name is no string.
        const setExport = (name, value) => {
          if (typeof name !== "string") throw new TypeError("The name must be a string");
          this.setExport(name, value);
        };
        evaluateIn(options.context, `function () {\n${body}\n}`).call({ setExport });
      }, options);
    const valueModule = (value, options) =>
      new vm.SyntheticModule(["default"], function () {
        this.setExport("default", value());
      }, options);
    const jsonModule = (text, options) => {
      JSON.parse(text);
      return valueModule(() => evaluateIn(options.context, "JSON.parse")(text), options);
    };
    const reset = (...names) => {
      for (const name of names.length ? names : [...registry.keys()]) {
        if (makers.has(name)) register(name, defining(makers.get(name)));
      }
    };

    // The linker: the rules from the last to the first, then names, then vm itself.
    let namesAreModules = true;
    let rules = [];
    let pending = [];
    const asked = [];
    const files = new Map();
    const builtins = new Map();
    const rule = (number, pattern, answer, conditions = {}) => {
      rules.unshift({ number, pattern, answer, ...conditions });
    };
    const wildcard = (before, after) => ({
      exec: (text) => text.length >= before.length + after.length && text.startsWith(before) &&
        text.endsWith(after) ? [text, text.slice(before.length, text.length - after.length)] : null,
    });
    const fill = (text, captures) => text.replace(/\*|\$\$|\$(\d\d?)/g, (whole, digits) => {
      if (whole === "$$") return "$";
      if (whole === "*") return captures.length ? captures[0] ?? "" : "*";
      for (const length of [2, 1]) {
        const number = Number(digits.slice(0, length));
        if (digits.length >= length && number >= 1 && number <= captures.length) {
          return (captures[number - 1] ?? "") + digits.slice(length);
        }
      }
      return whole;
    });
    const builtin = (specifier, context) => {
      if (specifier !== "vm" && specifier !== "node:vm") return undefined;
      const key = context ?? globalThis;
      if (!builtins.has(key)) builtins.set(key, {});
      return builtins.get(key)[specifier] ??= defining(() => {
        const names = ["Script", "createContext", "runInContext", "runInNewContext",
          "runInThisContext", "isContext", "constants", "Module", "SourceTextModule",
          "SyntheticModule"];
        return new vm.SyntheticModule(["default", ...names], function () {
          this.setExport("default", vm);
          for (const name of names) this.setExport(name, vm[name]);
        }, { identifier: "node:vm", context });
      });
    };
    const ask = (specifier, module, attributes, script = "script") => {
      const referrer = module ? nameOf.get(module) ?? module.identifier : script;
      for (const rule of rules) {
        const { pattern, answer } = rule;
        if ("for" in rule && rule.for !== referrer) continue;
        if (Object.entries(rule.with ?? {}).some(([key, value]) => attributes[key] !== value)) {
          continue;
        }
        const match = typeof pattern === "string"
          ? (pattern === specifier ? [specifier] : null) : pattern.exec(specifier);
        if (!match) continue;
        const request = {
          specifier, referrer, module, attributes, rule, context: module?.context,
          captures: match.slice(1) };
        const found = answer(request);
        if (found === next) continue;
        return found;
      }
      if (namesAreModules && registry.has(specifier)) return registry.get(specifier);
      return builtin(specifier, module?.context);
    };
    const linker = (specifier, module, { attributes }) => ask(specifier, module, attributes);

    // The targets of rules.
    const next = Symbol("the next rule");
    const named = (name) => ({ captures }) => registry.get(fill(name, captures));
    const value = (text) => ({ context }) => evaluateIn(context, text);
    const throwing = (text) => ({ context }) => { throw evaluateIn(context, text); };
    const rejecting = (text) => ({ context }) => Promise.reject(evaluateIn(context, text));
    const delayed = (delay, target) => (request) => new Promise((done, fail) => {
      addTask(delay, () => { try { done(target(request)); } catch (error) { fail(error); } });
    });
    const waiting = (request) => new Promise((done, fail) => {
      pending.push({ request, done, fail });
    });
    const asking = (request) => {
      const target = asked.shift();
      return target ? target(request) : Promise.reject(new Error("Nobody answered"));
    };
    const calling = (text) => ({ specifier, referrer, module, attributes, rule }) => {
      rule.function ??= evaluateIn(undefined, text);
      if (typeof rule.function !== "function") return rule.function;
      return module ? rule.function(specifier, module, { attributes, assert: attributes })
        : rule.function(specifier, referrer, {});
    };
    // What modlab found on disk: a file's name in the registry, or an error.
    const found = (table) => ({ specifier, referrer, attributes }) => {
      const { type } = attributes;
      const name = table[`${referrer} ${specifier}${type === undefined ? "" : ` ${type}`}`];
      if (name === undefined) return next;
      if (typeof name !== "string") {
        const error = new (globalThis[name.name] ?? Error)(name.message);
        return Promise.reject(name.code ? Object.assign(error, { code: name.code }) : error);
      }
      if (!registry.has(name) && files.has(name)) define(name, files.get(name));
      return registry.get(name);
    };
    const openFiles = (...names) => { for (const name of names) define(name, files.get(name)); };
    const answer = (specifier, referrer, target) => {
      const index = pending.findIndex(({ request }) => request.specifier === specifier &&
        (referrer === undefined || request.referrer === referrer));
      if (index < 0) return;
      const [{ request, done, fail }] = pending.splice(index, 1);
      try { done(target({ ...request, captures: [] })); } catch (error) { fail(error); }
    };

    // import(): what the rules answer is linked and evaluated first.
    let ends = [];
    const link = async (module) => {
      try { return await module.link(linker); } finally {
        for (const end of ends.splice(0)) end();
      }
    };
    function dynamicImport(specifier, referrer, attributes) {
      const module = referrer instanceof vm.Module ? referrer : undefined;
      // What runs a file gives its name.
      const script = typeof referrer === "string" ? referrer : "script";
      const answered = ask(specifier, module, attributes ?? {}, script);
      return Object(answered) === answered ? finishImport(answered) : answered;
    }
    async function finishImport(answer) {
      const answered = await answer;
      if (!(answered instanceof vm.Module)) return answered;
      while (answered.status === "linking") await new Promise((end) => ends.push(end));
      if (answered.status === "unlinked") await link(answered);
      await answered.evaluate();
      return answered;
    }

    const js = (code) => {
      vm.runInThisContext(code, { filename: "js", importModuleDynamically: dynamicImport });
    };
    // With `await`, code stands in a function; what it declares is kept for later code.
    const awaitingJS = (code, declarations = "", names = "") => {
      const run = (text) => vm.runInThisContext(
        text, { filename: "js", importModuleDynamically: dynamicImport });
      run(declarations);
      return run(`(async () => {\n${code}\nreturn { ${names} };\n})()`).then((values) =>
        run(`(values) => { ({ ${names} } = values); }`)(values));
    };
    const script = (source, filename) => {
      vm.runInThisContext(source, {
        filename, importModuleDynamically: (specifier, _, attributes) =>
          dynamicImport(specifier, filename, attributes) });
    };
    const set = (name, key, text) => {
      const module = registry.get(name);
      module.setExport(key, evaluateIn(module.context, text));
    };
    const clear = () => {
      registry.clear();
      makers.clear();
      rules = [];
      pending = [];
      tasks = [];
    };
    const tick = async (delay) => {
      await jobs();
      const limit = now + delay;
      while (runTask(limit)) await jobs();
      now = Math.max(now, limit);
    };

    // All jobs are done when the next turn of Node's own loop begins.
    const jobs = () => new Promise((done) => turn(() => turn(done)));
    const words = (error) => {
      if (Object(error) !== error) return "a value";
      const text = (value) => typeof value === "string" && value !== "" ? value : undefined;
      const name = text(error.name) ?? text(error.constructor?.name);
      const code = typeof error.code === "number" ? String(error.code) : text(error.code);
      if (!code) return name ?? "a value";
      return `${name ?? "a value"} ${code}` + (code.startsWith("ERR_") ? `: ${error.message}` : "");
    };
    const step = async (label, action) => {
      let outcome = "pending";
      try {
        const answered = action();
        if (types.isPromise(answered)) {
          answered.then(() => { outcome = "ok"; }, (error) => {
            outcome = `fails: ${words(error)}`;
          });
        } else outcome = "ok";
        await jobs();
        while (outcome === "pending" && runTask()) await jobs();
      } catch (error) {
        outcome = `fails: ${words(error)}`;
        await jobs();
      }
      const plain = /^[\w:()#.\/@+-]+$/;
      const statuses = [...registry].map(([name, module]) =>
        `${plain.test(name) ? name : JSON.stringify(name)} ${module.status}`);
      console.log([`${label}: ${outcome}`, ...statuses].join(" | "));
    };

    """#
}
