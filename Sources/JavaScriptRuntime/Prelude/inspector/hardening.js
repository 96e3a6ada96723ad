// The realm that these scripts run in is modlab's own. A person's code can get hold of little of it (the
// `inspect` that custom methods are given, an error of a stack that overflows), and must not change anything through
// that: what the scripts look up, in globals and in prototypes, is frozen before they run.
"use strict";
{
  const { freeze, defineProperty, getPrototypeOf, getOwnPropertyDescriptor } = Object;
  const constructors = {
    Array, ArrayBuffer, BigInt, Boolean, DataView, Date, Error, Function, Map, Number, Object, Promise,
    RangeError, RegExp, Set, String, Symbol, TypeError, Uint8Array, WeakMap, WeakSet,
  };
  const namespaces = { JSON, Math, Reflect };
  const hidden = [
    getPrototypeOf(Uint8Array), getPrototypeOf(Uint8Array).prototype,
    getPrototypeOf([][Symbol.iterator]()), getPrototypeOf(getPrototypeOf([][Symbol.iterator]())),
    getPrototypeOf(""[Symbol.iterator]()),
  ];
  const close = (name) => {
    if (getOwnPropertyDescriptor(globalThis, name) === undefined) return;
    defineProperty(globalThis, name, { writable: false, configurable: false });
  };
  Error.stackTraceLimit = 0; // failed probes are thrown errors: without stacks they are cheap
  for (const name in constructors) {
    freeze(constructors[name]);
    freeze(constructors[name].prototype);
    close(name);
  }
  for (const name in namespaces) {
    freeze(namespaces[name]);
    close(name);
  }
  for (const object of hidden) freeze(object);
  close("SharedArrayBuffer");
}
