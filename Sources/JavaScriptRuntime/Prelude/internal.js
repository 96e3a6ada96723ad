// A realm for modlab's own scripts: `values.js` and these are the statements of one script there. The scripts look methods up as they like: a person's code gets nothing from there by which it
// could change one. What it is given has no prototype (`inspect` in custom methods), or the prototypes of its own
// realm (the console). The errors that the engine throws there (`${{ __proto__: null }}`, a stack that
// overflows) lead nowhere: their prototypes have no constructor, and inherit nothing.
const native = this;
const primordials = {
  __proto__: null, ObjectPrototype: Object.prototype, ReflectApply: Reflect.apply,
  ReflectDefineProperty: Reflect.defineProperty,
  ReflectGetOwnPropertyDescriptor: Reflect.getOwnPropertyDescriptor,
  Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError,
};
const errorText = {
  toString() { return this.message === "" ? this.name : `${this.name}: ${this.message}`; },
}.toString;
Reflect.setPrototypeOf(errorText, null);
for (const name of ["Error", ...Object.keys(errorNames)]) {
  const { prototype } = primordials[name];
  delete prototype.constructor;
  prototype.toString = errorText;
  if (name === "Error") Reflect.setPrototypeOf(prototype, null);
}
Error.stackTraceLimit = 0; // failed probes are thrown errors: without stacks they are cheap

({ __proto__: null, attempt, invoke, makeError, nodeError, hasOwn, isOfKind, define });
