// Copies of the language's own functions, constructors and symbols, taken when a realm is made, before
// any code of a person runs there. The names are those of Node's `lib`: `ArrayPrototypeSome(list, f)` is
// `list.some(f)`.
//
// All JavaScript that shares a realm with a person's code uses these, records with a null prototype, and no
// syntax that looks a method up (`for … of`, `...list`, `[a, b] = list`, `instanceof`). What may stand
// there, `.ci/lint_primordials.py` says.
"use strict";
const uncurryThis = Function.prototype.bind.bind(Function.prototype.call);
const getterOf = (object, key) =>
  uncurryThis(Reflect.getOwnPropertyDescriptor(object, key).get);

const primordials = {
  __proto__: null,
  ArrayBufferIsView: ArrayBuffer.isView,
  ArrayBufferPrototypeTransferToImmutable: ArrayBuffer.prototype.transferToImmutable
    && uncurryThis(ArrayBuffer.prototype.transferToImmutable),
  ArrayIsArray: Array.isArray,
  ArrayPrototypeForEach: uncurryThis(Array.prototype.forEach),
  ArrayPrototypeIncludes: uncurryThis(Array.prototype.includes),
  ArrayPrototypeIndexOf: uncurryThis(Array.prototype.indexOf),
  ArrayPrototypeSome: uncurryThis(Array.prototype.some),
  DatePrototype: Date.prototype,
  DatePrototypeToString: uncurryThis(Date.prototype.toString),
  FunctionPrototype: Function.prototype,
  GeneratorPrototypeNext: uncurryThis(function* () {}.prototype.__proto__.next),
  GeneratorPrototypeThrow: uncurryThis(function* () {}.prototype.__proto__.throw),
  IntlDateTimeFormatPrototype: Intl.DateTimeFormat.prototype,
  IntlDateTimeFormatPrototypeFormatToParts: uncurryThis(Intl.DateTimeFormat.prototype.formatToParts),
  IntlDateTimeFormatPrototypeGetFormat: getterOf(Intl.DateTimeFormat.prototype, "format"),
  JSONParse: JSON.parse,
  Math,
  MathImul: Math.imul,
  MathTrunc: Math.trunc,
  NumberIsInteger: Number.isInteger,
  ObjectAssign: Object.assign,
  ObjectCreate: Object.create,
  ObjectFreeze: Object.freeze,
  ObjectIs: Object.is,
  ObjectPrototype: Object.prototype,
  PromisePrototypeThen: uncurryThis(Promise.prototype.then),
  PromiseReject: uncurryThis(Promise.reject),
  PromiseResolve: uncurryThis(Promise.resolve),
  Proxy,
  ReferenceErrorPrototype: ReferenceError.prototype,
  ReflectApply: Reflect.apply,
  ReflectConstruct: Reflect.construct,
  ReflectDefineProperty: Reflect.defineProperty,
  ReflectDeleteProperty: Reflect.deleteProperty,
  ReflectGet: Reflect.get,
  ReflectGetOwnPropertyDescriptor: Reflect.getOwnPropertyDescriptor,
  ReflectGetPrototypeOf: Reflect.getPrototypeOf,
  ReflectHas: Reflect.has,
  ReflectOwnKeys: Reflect.ownKeys,
  ReflectPreventExtensions: Reflect.preventExtensions,
  ReflectSetPrototypeOf: Reflect.setPrototypeOf,
  RegExpPrototypeExec: uncurryThis(RegExp.prototype.exec),
  StringPrototypeIncludes: uncurryThis(String.prototype.includes),
  StringPrototypeSlice: uncurryThis(String.prototype.slice),
  Symbol,
  SymbolAsyncIterator: Symbol.asyncIterator,
  SymbolFor: Symbol.for,
  SymbolIterator: Symbol.iterator,
  SymbolToPrimitive: Symbol.toPrimitive,
  SymbolToStringTag: Symbol.toStringTag,
  TypedArrayPrototypeGetBuffer: getterOf(Uint8Array.prototype.__proto__, "buffer"),
  WeakMap,
  WeakSet,
  WeakMapPrototypeGet: uncurryThis(WeakMap.prototype.get),
  WeakMapPrototypeHas: uncurryThis(WeakMap.prototype.has),
  WeakMapPrototypeSet: uncurryThis(WeakMap.prototype.set),
  // Constructors of what `structuredClone` makes, of errors and of promises.
  Array, ArrayBuffer, BigInt, BigInt64Array, BigUint64Array, DataView, Date, Error, EvalError,
  Float16Array: globalThis.Float16Array, Float32Array, Float64Array, Int8Array, Int16Array, Int32Array,
  Boolean, Map, Number, Object, Promise, RangeError, ReferenceError, RegExp, Set, String, SyntaxError, TypeError, URIError,
  Uint8Array, Uint8ClampedArray, Uint16Array, Uint32Array,
  ArrayBufferPrototypeTransfer: ArrayBuffer.prototype.transfer,
};

