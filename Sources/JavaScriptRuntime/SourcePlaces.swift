package import ModuleLinking
package import ModuleSyntax

/// Leads from places in the text that JavaScriptCore ran back to the text that the person wrote.
package protocol SourcePlaces: AnyObject {
  /// What the person wrote.
  var source: SourceText { get }
  /// The module whose body it is; nil for a script, and when the module is gone.
  var module: ModuleRecord? { get }
  /// The place in the source; nil for words of ours that stand for no place there. `binding` is the
  /// name that a getter at that place reads, or the import that the place reads.
  func sourcePlace(of position: SourcePosition) -> (position: SourcePosition?, binding: String?)
  /// The name in the source that ends at a place: JavaScriptCore names the end of a name that is
  /// read before it is initialised. Nil for one that always is: then it names what stands before.
  func name(endingAt position: SourcePosition) -> (name: String, position: SourcePosition)?
  /// A function's name without the names that the rewriting gave.
  func visibleName(of function: String) -> String
  /// An error message without the names that the rewriting gave.
  func cleaned(_ message: String) -> String
}
