public import ModuleSyntax

/// One line of a stack trace.
public struct StackFrame {
  /// Empty for a module's body.
  public var function: String
  /// The name of the text; nil for functions of the engine.
  public var source: String?
  public var position: SourcePosition?
  /// The text, when it is one that ran here.
  package var text: (any SourcePlaces)?

  /// Frames of JavaScriptCore's `stack` text: `function@source:line:column`, one a line.
  static func parse(_ stack: String, in texts: RunningTexts) -> [StackFrame] {
    stack.split(separator: "\n", omittingEmptySubsequences: true).map { line in
      guard let at = RunningTexts.separator(in: line) else {
        return StackFrame(function: String(line), source: nil, position: nil)
      }
      var frame = StackFrame(function: String(line[..<at]), source: nil, position: nil)
      let place = line[line.index(after: at)...]
      let parts = place.split(separator: ":", omittingEmptySubsequences: false)
      guard parts.count >= 3, let row = Int(parts[parts.count - 2]),
        let column = Int(parts[parts.count - 1])
      else { return frame }
      let url = parts.dropLast(2).joined(separator: ":")
      frame.position = SourcePosition(line: row, column: column)
      (frame.source, frame.text) = texts.text(at: url)
      return frame
    }
  }

  /// Whether it is a frame of modlab's own JavaScript.
  var isInternal: Bool { text == nil && source?.hasPrefix("modlab:") == true }

  /// Frames of a text that V8 or Node could have written: `at f (main:1:2)`, `at main:1:2`.
  static func parseV8(_ stack: String) -> [StackFrame] {
    stack.split(separator: "\n").compactMap { line in
      let text = line.drop { $0 == " " }
      guard text.hasPrefix("at ") else { return nil }
      var function = ""
      var place = text.dropFirst(3)
      if place.hasSuffix(")"), let open = place.lastIndex(of: "(") {
        function = place[..<open].split(separator: " ").joined(separator: " ")
        place = place[place.index(after: open)...].dropLast()
      }
      let parts = place.split(separator: ":", omittingEmptySubsequences: false)
      guard parts.count >= 3, let row = Int(parts[parts.count - 2]),
        let column = Int(parts[parts.count - 1])
      else { return nil }
      return StackFrame(
        function: function, source: parts.dropLast(2).joined(separator: ":"),
        position: SourcePosition(line: row, column: column))
    }
  }

  /// As V8 writes it: `at f (main:1:2)`.
  public var line: String {
    guard let source, let position else {
      return function.isEmpty ? "at <anonymous>" : "at \(function) (<anonymous>)"
    }
    let place = "\(source):\(position.line):\(position.column)"
    return function.isEmpty ? "at \(place)" : "at \(function) (\(place))"
  }
}
