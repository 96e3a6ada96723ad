internal import CJavaScriptCore
public import ModuleSyntax

extension JavaScriptEngine {
  /// What JavaScriptCore's own parser says of a module's text that ours has let through: patterns of
  /// regular expressions are judged there. Nil when it finds nothing.
  public func checkModuleSyntax(_ module: ParsedModule) -> SyntaxError? {
    SyntaxChecker.check(module.source, mode: 1)
  }
}

/// JavaScriptCore's parser, in a virtual machine of its own.
enum SyntaxChecker {
  nonisolated(unsafe) private static let context = jsc_context_new()

  static func check(_ source: SourceText, mode: UInt32) -> SyntaxError? {
    guard let context else { return nil }
    var exception: OpaquePointer?
    let text = source.bytes.map { CChar(bitPattern: $0) } + [0]
    let result = jsc_context_check_syntax(
      context, text, source.bytes.count, mode, "check", 1, &exception)
    guard result != 0, let exception else { return nil }
    defer { g_object_unref(UnsafeMutableRawPointer(exception)) }
    let message =
      jsc_exception_get_message(exception).map { String(cString: $0) } ?? "Invalid syntax"
    let line = Int(jsc_exception_get_line_number(exception))
    let start = source.offset(of: SourcePosition(line: line + source.lineOffset, column: 1)) ?? 0
    let length = source.line(line + source.lineOffset)?.utf8.count ?? 0
    return SyntaxError(message, SourceRange(start, start + length))
  }
}
