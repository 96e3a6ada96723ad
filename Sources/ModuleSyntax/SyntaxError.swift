/// An early error of a source text.
public struct SyntaxError: Error, Hashable, Sendable {
  /// V8's words, as Node shows them.
  public var message: String
  public var range: SourceRange
  /// The text ends before it is finished: with more input it might be right.
  public var isUnfinished: Bool
  /// Nothing is wrong with the text so far: Ctrl-C ended the reading.
  public var isInterrupted = false

  public init(_ message: String, _ range: SourceRange, isUnfinished: Bool = false) {
    self.message = message
    self.range = range
    self.isUnfinished = isUnfinished
  }
}
