// What every realm of the session has. `target` is the object whose properties are its globals;
// `native` is what a realm cannot do by itself.
function furnish(native, target) {
  const { apply, ownKeys } = Reflect;
  const { setPrototypeOf } = Object;
  const uncurry = (f) => Function.prototype.call.bind(f);
  const then = uncurry(Promise.prototype.then), resolved = Promise.resolve.bind(Promise);
  const isObject = (v) => (typeof v === "object" && v !== null) || typeof v === "function";
  const isContext = target !== globalThis;
  const hide = (name, value) => {
    if (isContext && Object.hasOwn(target, name)) return;
    Reflect.defineProperty(target, name, {
      __proto__: null, value, writable: true, enumerable: false, configurable: true });
  };
  for (const name of ownKeys(globalThis)) {
    if (!native.isGlobal(name) && !(isContext && Object.hasOwn(target, name))) {
      delete globalThis[name];
    }
  }

  $date$

  const { addTask, removeTask, keepTask, checkCallback } = native;
  $timers$

  const seedRandom = $random$;
  seedRandom(native.seed);

  Object.defineProperty(Error, "prepareStackTrace", {
    value: (error, sites) => native.stackText(error, sites), writable: true, configurable: true });
  const console = setPrototypeOf({}, {});
  for (const [name, method] of native.makeConsole()) {
    console[name] = setPrototypeOf(method, Function.prototype);
  }
  Object.defineProperty(console, Symbol.toStringTag, { value: "console", configurable: true });
  const globals = {
    ...timers, console,
    queueMicrotask(callback) {
      checkCallback(callback);
      then(resolved(), () => { try { callback(); } catch { /* modlab shows it and goes on. */ } });
    },
    print(...values) { native.print(values); },
    ...native.globals,
  };
  for (const name in globals) hide(name, globals[name]);
  return { seedRandom, parseJSON: JSON.parse, assign: Object.assign,
    bytes: (list) => Uint8Array.from(list) };
}
