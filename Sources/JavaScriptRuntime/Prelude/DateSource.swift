/// `Date` by the session's clock, which may be a virtual one: for every realm and for exported programs.
/// Around it stand `uncurry`, `hide(name, value)` and `native.date()`, in milliseconds since 1970.
package enum DateSource {
  package static let text = """
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

    """
}
