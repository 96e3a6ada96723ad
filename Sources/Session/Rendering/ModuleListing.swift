package import ModuleSyntax

/// A module as `show` shows it.
package struct ModuleListing: Sendable {
  /// An entry of one of the specification's lists.
  package struct Entry: Hashable, Sendable {
    /// `request`, `import`, `local export`, `indirect export`, `star export`.
    package var kind: String
    /// `x from "dep"`, `"x" is local y` …
    package var text: String
    package var position: SourcePosition?

    package init(kind: String, text: String, position: SourcePosition? = nil) {
      self.kind = kind
      self.text = text
      self.position = position
    }
  }

  package var row: ModuleRow
  /// nil for a synthetic module.
  package var source: SourceText?
  package var entries: [Entry]
  package var topLevelAwait: SourcePosition?

  package init(
    row: ModuleRow, source: SourceText?, entries: [Entry], topLevelAwait: SourcePosition? = nil
  ) {
    self.row = row
    self.source = source
    self.entries = entries
    self.topLevelAwait = topLevelAwait
  }
}
