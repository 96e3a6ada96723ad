/// The JavaScript that shows values, as Node 24's `util.inspect` and `util.format` do.
///
/// The text is one expression, to be evaluated in a realm that user code cannot reach. Its value is
/// `(native) => ({ inspect, format, formatPrimitives, … })`:
///
/// - `inspect(value, options)`: the text of any value; never throws. Options as in Node, defaults
///   too (`depth` 2, `breakLength` 80, `compact` 3, no colours).
/// - `format(array, options)`: `util.formatWithOptions(options, ...array)`; never throws.
/// - `formatPrimitives(array)`: the same text when all are primitives and there is no template,
///   else undefined.
/// - services for `ConsoleSource` and `StructuredCloneSource`.
///
/// Of `native`, every member may be missing:
///
/// - `stackOf(error)`: `Name: message\n    at f (url:line:column)…`, or undefined: then a stack
///   that user code assigned is shown, else `Name: message` alone.
/// - `promiseState(promise)`: `{state: "pending" | "fulfilled" | "rejected", value}`, or undefined:
///   then `Promise { <state unknown> }` is shown.
/// - `proxyTarget(value)`: the target, undefined for what is not a Proxy, null for a revoked one.
/// - `namespaceExports(value)`: undefined for what is not a module namespace, else an array of
///   `[name, initialized, value]` in the namespace's order.
///
/// What user code throws on the way (getters, Proxy traps, custom inspect methods) becomes
/// `[value that cannot be shown: MESSAGE]`. A text ends after 1 MiB with `... N more characters`,
/// and work stops at about the same measure; `depth: null` means 500 levels. Entries of Map and Set
/// iterators cannot be seen without consuming them: `[Map Iterator] { <items unknown> }`. Names
/// beside the indices of a dense array with more than 20,000 elements are not listed: it takes
/// JavaScriptCore seconds.
package enum InspectorSource {
  package static let text = [
    "(native) => {\n\"use strict\";",
    kinds, primitives, layout, names, properties, collections, errors, values, format, services,
    "return services;\n}",
  ].joined(separator: "\n")
}
