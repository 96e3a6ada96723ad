function makeLinker({ runInContext, runInThisContext, SourceTextModule, SyntheticModule, Promise,
  dynamicImport, vm, addTask, clearTasks, global, furnishedContext, errors, extra,
  identifierOf, contextOf, setExportOf }) {
  // The registry: modules by name, and how to make each again.
  const registry = new Map(), makers = new Map(), nameOf = new WeakMap();
  const register = (name, module) => {
    registry.set(name, module);
    nameOf.set(module, name);
    return module;
  };
  const registerMade = (module) => {
    const identifier = identifierOf(module).toWellFormed();
    let name = identifier;
    for (let number = 2; registry.has(name); number++) name = `${identifier}#${number}`;
    makers.delete(name);
    return register(name, module);
  };
  const define = (name, make) => {
    const module = make();
    makers.set(name, make);
    register(name, module);
  };
  const remove = (...names) => {
    for (const name of names) {
      registry.delete(name);
      makers.delete(name);
    }
  };
  const reset = (...names) => {
    for (const name of names.length ? names : [...registry.keys()]) {
      if (makers.has(name)) register(name, makers.get(name)());
    }
  };
  const contexts = new Map([["main", global]]);
  const makeContext = (name) => { contexts.set(name, furnishedContext({})); };
  // What was taken from each realm before the session changed it.
  const realms = new Map();
  const keepRealm = (context, realm) => { realms.set(context, realm); };
  const seedRealms = (number) => realms.forEach(({ seedRandom }) => { seedRandom(number); });

  const contextIn = (module) => module === undefined ? undefined : contextOf(module);
  const evaluateIn = (context, text, options = {}) => {
    // The parenthesis is not the person's.
    const all = { filename: "expression", columnOffset: -1,
      importModuleDynamically: dynamicImport, ...options };
    return context ? runInContext(`(${text}\n)`, context, all)
      : runInThisContext(`(${text}\n)`, all);
  };
  // Options are objects of the session's realm: what they would inherit there is none of theirs.
  const sourceModule = (source, given) => {
    const { meta, ...options } = { __proto__: null, ...given };
    return new SourceTextModule(source, {
      __proto__: null, ...options, importModuleDynamically: dynamicImport,
      initializeImportMeta(object) {
        if (meta) realms.get(options.context).assign(object, evaluateIn(options.context, meta));
      },
    });
  };
  // A list of the session's realm, whose methods may have been changed, as one of this.
  const own = (list) => Array.prototype.slice.call(list);
  const syntheticModule = (exports, given) => {
    const options = { __proto__: null, ...given };
    const entries = Array.isArray(exports) ? own(exports).map(own) : Object.entries(exports);
    return new SyntheticModule(entries.map(([name]) => name), function () {
      for (const [name, text] of entries) {
        if (text !== null) this.setExport(name, evaluateIn(options.context, text));
      }
    }, options);
  };
  const syntheticModuleWith = (names, body, given) => {
    const options = { __proto__: null, ...given };
    return new SyntheticModule(own(names), function () {
      // The line before it is not the person's either.
      const place = { filename: options.identifier, lineOffset: -1 };
      Reflect.apply(evaluateIn(options.context, `function () {\n${body}\n}`, place), this, []);
    }, options);
  };
  const valueModule = (value, given) => {
    const options = { __proto__: null, ...given };
    return new SyntheticModule(["default"], function () {
      this.setExport("default", value(realms.get(options.context)));
    }, options);
  };
  const bytesModule = (list, options) => valueModule(({ bytes }) => bytes(list), options);
  const jsonModule = (text, options) => {
    realms.get(undefined).parseJSON(text);
    return valueModule(({ parseJSON }) => parseJSON(text), options);
  };

  // The linker: the rules from the last to the first, then names, then vm itself.
  let namesAreModules = true, rules = [], pending = [], ends = [], answers = {};
  const asked = [], files = new Map(), builtins = new Map();
  const useNames = (on) => { namesAreModules = on; };
  const rule = (number, pattern, answer, conditions = {}) => {
    rules.unshift({ number, pattern, answer, ...conditions });
  };
  // Paths of files; this rule is tried last.
  const fileRule = (number) => {
    rules.push({ number, pattern: regex("^(\\.{0,2}\\/|file:)", ""), answer: found });
  };
  const unresolve = (...numbers) => {
    rules = rules.filter(({ number }) => numbers.length > 0 && !numbers.includes(number));
  };
  const wildcard = (before, after) => ({
    exec: (text) => text.length >= before.length + after.length && text.startsWith(before) &&
      text.endsWith(after)
      ? [text, text.slice(before.length, text.length - after.length)] : null,
  });
  const regex = (source, flags) => ({
    // Each request is a new one: /g and /y keep no place.
    exec: (text) => new RegExp(source, flags).exec(text),
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
    if (!builtins.has(context)) builtins.set(context, {});
    return builtins.get(context)[specifier] ??= new SyntheticModule(
      ["default", ...Object.keys(vm)], function () {
        this.setExport("default", vm);
        for (const name of Object.keys(vm)) this.setExport(name, vm[name]);
      }, { identifier: "node:vm", context });
  };
  const ask = (given, module, attributes, script = "script") => {
    const specifier = given.toWellFormed();
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
        specifier, referrer, module, attributes, number: rule.number, context: contextIn(module),
        captures: match.slice(1) };
      const answered = answer(request);
      if (answered !== next) return answered;
    }
    if (namesAreModules && registry.has(specifier)) return registry.get(specifier);
    const last = builtin(specifier, contextIn(module))
      ?? found({ specifier, referrer, attributes, number: 0 });
    return last === next ? undefined : last;
  };
  const linker = (specifier, module, { attributes }) => ask(specifier, module, attributes);

  // The targets of rules.
  const next = Symbol("the next rule");
  const named = (name) => ({ captures }) => registry.get(fill(name, captures));
  const value = (text) => ({ context }) => evaluateIn(context, text);
  const throwing = (text) => ({ context }) => { throw evaluateIn(context, text); };
  const rejected = (error) => new Promise((_, fail) => fail(error));
  const rejecting = (text) => ({ context }) => rejected(evaluateIn(context, text));
  const delayed = (delay, target) => (request) => new Promise((done, fail) => {
    addTask(() => { try { done(target(request)); } catch (error) { fail(error); } }, delay);
  });
  const waiting = (request) => new Promise((done, fail) => {
    pending.push({ request, done, fail });
  });
  const asking = (request) => {
    const target = asked.shift();
    return target ? target(request) : rejected(new errors.Error("Nobody answered"));
  };
  const calling = (text) => {
    let known;
    return ({ specifier, referrer, module, attributes }) => {
      known ??= { value: evaluateIn(undefined, text) };
      if (typeof known.value !== "function") return known.value;
      return Reflect.apply(known.value, undefined, module
        ? [specifier, module, extra(attributes)] : [specifier, referrer, extra()]);
    };
  };
  // What modlab found on disk: a file's name in the registry, or an error. It is given before each
  // operation that asks.
  const read = (found) => { answers = found; };
  const file = (name, make) => { files.set(name, make); };
  const open = (name) => { define(name, () => files.get(name)()); };
  const found = ({ number, specifier, referrer, attributes }) => {
    const type = attributes.type === undefined ? "" : ` ${attributes.type}`;
    const key = `${number} ${referrer} ${specifier}${type}`;
    let name = answers[key];
    if (name === undefined) return next;
    if (Array.isArray(name)) {
      const rest = own(name);
      name = rest.shift();
      if (rest.length > 0) answers[key] = rest;
    }
    if (typeof name !== "string") {
      const error = new (errors[name.name] ?? errors.Error)(name.message);
      return rejected(name.code ? Object.assign(error, { code: name.code }) : error);
    }
    if (!registry.has(name) && files.has(name)) open(name);
    return registry.get(name);
  };
  const load = (names, error) => {
    for (const name of own(names)) open(name);
    if (error) throw Object.assign(Object.create(null), error);
  };
  const answer = (specifier, referrer, target) => {
    const index = pending.findIndex(({ request }) => request.specifier === specifier &&
      (referrer === undefined || request.referrer === referrer));
    if (index < 0) return;
    const [{ request, done, fail }] = pending.splice(index, 1);
    try { done(target({ ...request, captures: [] })); } catch (error) { fail(error); }
  };
  const linkEnded = () => { for (const end of ends.splice(0)) end(); };
  const waitForLink = (end) => { ends.push(end); };

  const runIn = (context, code, options) =>
    context ? runInContext(code, context, options) : runInThisContext(code, options);
  const run = (code, context) =>
    runIn(context, code, { filename: "js", importModuleDynamically: dynamicImport });
  const js = (code, context) => { run(code, context); };
  // A script has no `await` at its top: it stands in a function, what it declares outside of it.
  const awaitingJS = (declarations, code, context) => {
    run(declarations, context);
    return run(code, context);
  };
  const script = (source, filename, context) => {
    runIn(context, source, {
      filename, importModuleDynamically: (specifier, _, attributes) =>
        dynamicImport(specifier, filename, attributes) });
  };
  const set = (name, key, text) => {
    const module = registry.get(name);
    setExportOf(module, key, evaluateIn(contextOf(module), text));
  };
  const clear = () => {
    registry.clear();
    makers.clear();
    rules = [];
    pending = [];
    clearTasks();
  };
  return {
    registerMade, keepRealm, seedRealms, linkEnded, waitForLink, ask, linker, define, sourceModule,
    syntheticModule, syntheticModuleWith, valueModule, jsonModule, bytesModule, reset, remove,
    clear, makeContext, useNames, rule, fileRule, unresolve, wildcard, regex, named, value,
    throwing, rejecting, delayed, waiting, asking, calling, found, read, file, asked, answer, load,
    set, js, awaitingJS, script,
    modules: { get: (name) => registry.get(name), names: () => [...registry.keys()] },
    namespaces: { get: (name) => registry.get(name)?.namespace, names: () => [...registry.keys()] },
    contexts: { get: (name) => contexts.get(name), names: () => [...contexts.keys()] },
  };
}
