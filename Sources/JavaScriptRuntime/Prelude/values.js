// What Swift does with values and errors, in every realm and in the inspector's. Around it stand
// `primordials`, of which it uses nothing before it is called.
"use strict";
const isObject = (v) => (typeof v === "object" && v !== null) || typeof v === "function";
// A call from Swift. It is told what was thrown.
const attempt = (f, receiver, ...values) => {
  try { return primordials.ReflectApply(f, receiver, values); } catch (error) { native.caught(error); }
};
// Calls a function of a person with `this` undefined.
const invoke = (f, ...values) => primordials.ReflectApply(f, undefined, values);
const hasOwn = (object, key) => primordials.ReflectGetOwnPropertyDescriptor(object, key) !== undefined;
/** Whether a property is the object's or its class's, and not one that every object inherits. */
const isOfKind = (object, key) => {
  const { ObjectPrototype } = primordials;
  return hasOwn(object, key) || !hasOwn(ObjectPrototype, key) || object[key] !== ObjectPrototype[key];
};
/** Gives an object a property of its own, whatever it inherits. */
const define = (object, key, value, enumerable) => {
  primordials.ReflectDefineProperty(object, key, {
    __proto__: null, value, writable: true, enumerable, configurable: true,
  });
};
const errorNames = {
  __proto__: null, EvalError: true, RangeError: true, ReferenceError: true, SyntaxError: true, TypeError: true,
  URIError: true,
};
const makeError = (name, message) => new primordials[errorNames[name] === true ? name : "Error"](message);
// An error with one of Node's codes.
const nodeError = (name, code, message) => {
  const error = makeError(name, message);
  define(error, "toString", { toString() { return `${this.name} [${code}]: ${this.message}`; } }.toString, false);
  define(error, "code", code, true);
  return error;
};

