// `Date`, and what formats one, by the session's clock, which may be a virtual one: for every realm and
// for exported programs.
// Around it stand `primordials`, `defineProperty`, `hide(name, value)` and `native.date()`, in milliseconds
// since 1970.
const {
  Date: DateHere, DatePrototype, DatePrototypeToString, ReflectConstruct,
  IntlDateTimeFormatPrototype, IntlDateTimeFormatPrototypeFormatToParts: partsOf,
  IntlDateTimeFormatPrototypeGetFormat: formatOf, WeakMapPrototypeGet: formatAt, WeakMapPrototypeSet: keepFormat,
} = primordials;
const dateNow = { now() { return native.date(); } }.now;
const DateOfClock = new primordials.Proxy(DateHere, {
  __proto__: null,
  construct: (target, values, newTarget) =>
    ReflectConstruct(target, values.length === 0 ? [native.date()] : values, newTarget),
  apply: () => DatePrototypeToString(new DateHere(native.date())),
});
defineProperty(DateHere, "now", { __proto__: null, value: dateNow });
defineProperty(DatePrototype, "constructor", { __proto__: null, value: DateOfClock });
hide("Date", DateOfClock);
const formats = new primordials.WeakMap();
const dateGiven = (date) => date === undefined ? native.date() : date;
const formatsOfClock = {
  __proto__: null,
  get format() {
    const format = formatOf(this);
    let ofClock = formatAt(formats, format);
    if (ofClock === undefined) {
      ofClock = (date) => format(dateGiven(date));
      keepFormat(formats, format, ofClock);
    }
    return ofClock;
  },
  formatToParts(date) { return partsOf(this, dateGiven(date)); },
};
const { get: getFormat } = primordials.ReflectGetOwnPropertyDescriptor(formatsOfClock, "format");
defineProperty(IntlDateTimeFormatPrototype, "format", { __proto__: null, get: getFormat });
defineProperty(IntlDateTimeFormatPrototype, "formatToParts", {
  __proto__: null, value: formatsOfClock.formatToParts,
});
