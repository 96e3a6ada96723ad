// `Date`, and what formats one, by the session's clock, which may be a virtual one: for every realm and
// for exported programs.
// Around it stand `uncurry`, `hide(name, value)` and `native.date()`, in milliseconds since 1970.
const DateHere = Date, dateText = uncurry(Date.prototype.toString), { construct } = Reflect;
const dateNow = { now() { return native.date(); } }.now;
const DateOfClock = new Proxy(DateHere, {
  __proto__: null,
  construct: (target, values, newTarget) =>
    construct(target, values.length === 0 ? [native.date()] : values, newTarget),
  apply: () => dateText(new DateHere(native.date())),
});
Object.defineProperty(DateHere, "now", { __proto__: null, value: dateNow });
Object.defineProperty(DateHere.prototype, "constructor", { __proto__: null, value: DateOfClock });
hide("Date", DateOfClock);
const FormatHere = Intl.DateTimeFormat.prototype;
const { get: formatOf } = Object.getOwnPropertyDescriptor(FormatHere, "format");
const partsOf = uncurry(FormatHere.formatToParts), call = uncurry(Function.prototype.call);
const formats = new WeakMap();
const formatAt = uncurry(WeakMap.prototype.get), keepFormat = uncurry(WeakMap.prototype.set);
const dateGiven = (date) => date === undefined ? native.date() : date;
const formatsOfClock = {
  get format() {
    const format = call(formatOf, this);
    let ofClock = formatAt(formats, format);
    if (ofClock === undefined) {
      ofClock = (date) => format(dateGiven(date));
      keepFormat(formats, format, ofClock);
    }
    return ofClock;
  },
  formatToParts(date) { return partsOf(this, dateGiven(date)); },
};
const { get: getFormat } = Object.getOwnPropertyDescriptor(formatsOfClock, "format");
Object.defineProperty(FormatHere, "format", { __proto__: null, get: getFormat });
Object.defineProperty(FormatHere, "formatToParts", {
  __proto__: null, value: formatsOfClock.formatToParts,
});
