/// A piece of a source text that an engine may refuse although it is right by the grammar that the
/// parser knows: what a pattern means is not read here, and engines know different editions of Unicode.
public struct EngineCheck: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    /// The literal with its flags.
    case regularExpression
    /// An identifier, without the `#` of a private name, that is not all ASCII letters.
    case identifier
    /// Something that JavaScriptCore does not have.
    case missing(String)
  }
  public var range: SourceRange
  public var kind: Kind

  public init(_ range: SourceRange, _ kind: Kind) {
    self.range = range
    self.kind = kind
  }
}
