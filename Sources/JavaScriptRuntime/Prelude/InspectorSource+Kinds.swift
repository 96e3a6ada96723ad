extension InspectorSource {
  /// Captured intrinsics, and which kind of object a value is.
  static let kinds = #"""
    // Everything that user code could replace is captured here, once. Values come from other
    // realms, so a kind is recognised by the internal slot that a captured method needs.
    Error.stackTraceLimit = 0; // failed probes are thrown errors: without stacks they are cheap
    const { apply, ownKeys, getPrototypeOf, getOwnPropertyDescriptor, setPrototypeOf } = Reflect;
    const { isArray } = Array;
    const { isView } = ArrayBuffer;
    const toStringMethod = Object.prototype.toString;
    const functionText = Function.prototype.toString;
    const customInspect = Symbol.for("nodejs.util.inspect.custom");
    const typedArrayPrototype = getPrototypeOf(Uint8Array.prototype);
    let builtInNames;

    const getterOf = (object, key) => getOwnPropertyDescriptor(object, key).get;
    const call = (method, receiver, ...args) => apply(method, receiver, args);
    const hasOwn = (object, key) => getOwnPropertyDescriptor(object, key) !== undefined;
    const isObject = (value) =>
      (typeof value === "object" && value !== null) || typeof value === "function";

    const getters = {
      mapSize: getterOf(Map.prototype, "size"),
      setSize: getterOf(Set.prototype, "size"),
      typedArrayName: getterOf(typedArrayPrototype, Symbol.toStringTag),
      typedArrayLength: getterOf(typedArrayPrototype, "length"),
      bufferLength: getterOf(ArrayBuffer.prototype, "byteLength"),
      viewBuffer: getterOf(DataView.prototype, "buffer"),
    };

    const slotProbes = {
      __proto__: null,
      map: getters.mapSize,
      set: getters.setSize,
      date: Date.prototype.getTime,
      regexp: getterOf(RegExp.prototype, "source"),
      arrayBuffer: getters.bufferLength,
      weakMap: WeakMap.prototype.has,
      weakSet: WeakSet.prototype.has,
      number: Number.prototype.valueOf,
      string: String.prototype.valueOf,
      boolean: Boolean.prototype.valueOf,
      symbol: Symbol.prototype.valueOf,
      bigint: BigInt.prototype.valueOf,
    };
    if (typeof SharedArrayBuffer === "function") {
      slotProbes.sharedArrayBuffer = getterOf(SharedArrayBuffer.prototype, "byteLength");
    }

    const kindByTag = {
      __proto__: null,
      Arguments: "arguments",
      "Map Iterator": "mapIterator",
      "Set Iterator": "setIterator",
      Promise: "promise",
    };

    /** Whether a global constructor has the name; the list is made late, as it is seldom needed. */
    function isBuiltInName(name) {
      builtInNames ??= new Set(
        Object.getOwnPropertyNames(globalThis).filter((key) => /^[A-Z][a-zA-Z0-9]+$/.test(key)));
      return builtInNames.has(name);
    }

    /** A property's value, or undefined where reading it throws. */
    function peek(object, key) {
      try {
        return object[key];
      } catch {
        return undefined;
      }
    }

    /** What Object.prototype.toString says, without the brackets; "" where a getter throws. */
    function tagText(value) {
      try {
        return call(toStringMethod, value).slice(8, -1);
      } catch {
        return "";
      }
    }

    function passes(probe, value) {
      try {
        apply(probe, value, []);
        return true;
      } catch {
        return false;
      }
    }

    function isError(value) {
      if (typeof Error.isError === "function") return Error.isError(value);
      return call(toStringMethod, value) === "[object Error]";
    }

    /** An object made by some realm's Error, or one that only inherits from its prototype. */
    function inheritsFromError(value) {
      let prototype = getPrototypeOf(value);
      for (let steps = 0; prototype !== null && steps < 1000; steps += 1) {
        const constructor = getOwnPropertyDescriptor(prototype, "constructor")?.value;
        const isErrors = typeof constructor === "function" && peek(constructor, "name") === "Error"
          && peek(constructor, "prototype") === prototype;
        if (isErrors) return hasOwn(prototype, "toString");
        prototype = getPrototypeOf(prototype);
      }
      return false;
    }

    const iterableKinds =
      new Set(["array", "typedArray", "map", "set", "mapIterator", "setIterator"]);

    /** The kind of what calls itself an Object: only what can be iterated is shown by its slots. */
    function kindOfPlain(value) {
      if (typeof value === "function") return "function";
      if (tagText(value) === "Arguments") return "arguments";
      const kind = Symbol.iterator in value ? kindOf(value) : "object";
      return iterableKinds.has(kind) ? kind : "object";
    }

    function kindOf(value) {
      if (typeof value === "function") return "function";
      if (isArray(value)) return "array";
      if (isView(value)) {
        return call(getters.typedArrayName, value) === undefined ? "dataView" : "typedArray";
      }
      const tag = tagText(value);
      if (isError(value)) return "error";
      if (kindByTag[tag] !== undefined && !hasOwn(value, Symbol.toStringTag)) return kindByTag[tag];
      for (const kind in slotProbes) {
        if (passes(slotProbes[kind], value)) return kind;
      }
      return inheritsFromError(value) ? "error" : "object";
    }
    """#
}
