internal import CJavaScriptCore
public import ModuleSyntax

extension ParsedModule {
  /// What JavaScriptCore refuses, though our parser has let it through, with its place.
  public var engineError: SyntaxError? { SyntaxChecker.check(engineChecks, in: source) }
}

extension ParsedScript {
  /// What JavaScriptCore refuses, though our parser has let it through, with its place.
  public var engineError: SyntaxError? { SyntaxChecker.check(engineChecks, in: source) }
}

/// JavaScriptCore's parser, in a virtual machine of its own, for the pieces that only it can judge.
enum SyntaxChecker {
  nonisolated(unsafe) private static let context = {
    // It may be the first virtual machine.
    JavaScriptEngine.configure
    return jsc_context_new()
  }()

  private struct Question: Hashable {
    var kind: EngineCheck.Kind
    var text: ArraySlice<UInt8>
  }

  /// The first piece that is refused; one that stands there again is not asked of the engine again.
  static func check(_ pieces: [EngineCheck], in source: SourceText) -> SyntaxError? {
    var asked: Set<Question> = []
    for piece in pieces {
      let bytes = source.bytes[piece.range.start..<piece.range.end]
      guard asked.insert(Question(kind: piece.kind, text: bytes)).inserted else { continue }
      let text = source.slice(piece.range)
      switch piece.kind {
      case .regularExpression:
        if let words = error(in: text) {
          let reason = PatternError.words(for: words)
          return SyntaxError("Invalid regular expression: \(text): \(reason)", piece.range)
        }
      case .identifier:
        // As the name of a property it may be any word.
        if error(in: "({\(text):0})") != nil {
          return SyntaxError(
            "Invalid or unexpected token: this engine's Unicode has no such character in names",
            piece.range)
        }
      case .missing(let what):
        return SyntaxError("This engine does not have \(what)", piece.range)
      }
    }
    return nil
  }

  /// The engine's words for what is wrong in a script.
  private static func error(in text: String) -> String? {
    guard let context else { return nil }
    var exception: OpaquePointer?
    let result = jsc_context_check_syntax(
      context, text, text.utf8.count, 0, "check", 1, &exception)
    guard result != 0, let exception else { return nil }
    defer { g_object_unref(UnsafeMutableRawPointer(exception)) }
    return jsc_exception_get_message(exception).map { String(cString: $0) } ?? "Invalid syntax"
  }
}
