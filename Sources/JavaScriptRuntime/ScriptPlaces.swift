internal import ModuleLinking
internal import ModuleSyntax

/// Leads from the text of a script that ran to the person's.
final class ScriptPlaces: SourcePlaces {
  let source: SourceText
  private let text: RewrittenText

  init(source: SourceText, text: RewrittenText) {
    self.source = source
    self.text = text
  }

  var module: ModuleRecord? { nil }

  func sourcePlace(of position: SourcePosition) -> (position: SourcePosition?, binding: String?) {
    guard let offset = text.sourceOffset(line: position.line, column: position.column) else {
      return (nil, nil)
    }
    return (source.position(at: source.expressionStart(offset)), nil)
  }

  func name(endingAt position: SourcePosition) -> (name: String, position: SourcePosition)? {
    text.sourceOffset(line: position.line, column: position.column)
      .flatMap { source.name(endingAt: $0) }
  }

  func visibleName(of function: String) -> String { function == "global code" ? "" : function }

  func cleaned(_ message: String) -> String { message }
}
