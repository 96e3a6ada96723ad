// How Node's argument errors speak of a value.
// A function of the inspector that returns `received(value)`: `undefined`, `function f`, `an
// instance of Foo`, `type number (5)`.
(services) => {
"use strict";
const { inspect } = services;
return (value) => {
  if (value === null || value === undefined) return `${value}`;
  if (typeof value === "function") return value.name ? `function ${value.name}` : "function ";
  if (typeof value === "object") {
    let name;
    try { name = value.constructor?.name; } catch {}
    return name ? `an instance of ${name}` : inspect(value, { depth: -1 });
  }
  let text = inspect(value, { colors: false });
  if (typeof value === "string" && text.length > 28) text = text.slice(0, 25) + "...";
  return `type ${typeof value} (${text})`;
};
}
