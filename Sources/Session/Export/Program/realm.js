// What every realm of the session has. `target` is the object whose properties are its globals;
// `native` is what a realm cannot do by itself.
function furnish(native, target) {
  $primordials$

  const {
    ReflectApply: apply, ReflectDefineProperty: defineProperty, ReflectDeleteProperty,
    ReflectGetOwnPropertyDescriptor, ReflectOwnKeys, ReflectSetPrototypeOf, SymbolToStringTag,
  } = primordials;
  const isObject = (v) => (typeof v === "object" && v !== null) || typeof v === "function";
  const isContext = target !== globalThis;
  const isTaken = (name) => isContext && ReflectGetOwnPropertyDescriptor(target, name) !== undefined;
  const hide = (name, value) => {
    if (isTaken(name)) return;
    defineProperty(target, name, {
      __proto__: null, value, writable: true, enumerable: false, configurable: true });
  };
  const define = (object, key, value, enumerable) => {
    defineProperty(object, key, {
      __proto__: null, value, writable: true, enumerable, configurable: true });
  };
  const names = ReflectOwnKeys(globalThis);
  for (let i = 0; i < names.length; i++) {
    if (!native.isGlobal(names[i]) && !isTaken(names[i])) ReflectDeleteProperty(globalThis, names[i]);
  }

  $date$

  const { addTask, removeTask, keepTask, checkCallback } = native;
  $timers$

  $random$
  seedRandom(native.seed);

  define(primordials.Error, "prepareStackTrace",
    (error, sites) => native.stackText(error, sites), false);
  const console = { __proto__: { __proto__: primordials.ObjectPrototype } };
  const methods = native.makeConsole();
  for (let i = 0; i < methods.length; i++) {
    const { name, method } = methods[i];
    ReflectSetPrototypeOf(method, primordials.FunctionPrototype);
    define(console, name, method, true);
  }
  defineProperty(console, SymbolToStringTag, {
    __proto__: null, value: "console", configurable: true });
  const enqueue = async (job) => { await undefined; job(); };
  const { queueMicrotask, print } = {
    queueMicrotask(callback) {
      checkCallback(callback);
      enqueue(() => { try { callback(); } catch { /* modlab shows it and goes on. */ } });
    },
    print(...values) { native.print(values); },
  };
  const globals = { __proto__: null, ...timers, console, queueMicrotask, print, ...native.globals };
  const added = ReflectOwnKeys(globals);
  for (let i = 0; i < added.length; i++) hide(added[i], globals[added[i]]);
  return {
    __proto__: null, primordials, seedRandom,
    parseJSON: primordials.JSONParse, assign: primordials.ObjectAssign,
    bytes(list) {
      const bytes = new primordials.Uint8Array(list.length);
      for (let i = 0; i < list.length; i++) bytes[i] = list[i];
      return bytes;
    },
  };
}

