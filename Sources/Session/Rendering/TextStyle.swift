/// What a piece of text is, for colours; without colours it reads the same.
package enum TextStyle: Hashable, Sendable {
  case plain
  case dim
  case strong
  case error
  case warning
  case hint
  case status(ModuleStatusWord)

  /// Parameters of the escape sequence SGR; nil for none.
  fileprivate var parameters: String? {
    switch self {
    case .plain: return nil
    case .dim: return "2"
    case .strong: return "1"
    case .error: return "1;31"
    case .warning: return "33"
    case .hint: return "36"
    case .status(let word): return word.parameters
    }
  }
}

extension TextStyle {
  /// All escape sequences that a painter writes.
  static let sequences: [[UInt8]] = {
    let styles: [TextStyle] =
      [.dim, .strong, .error, .warning, .hint] + ModuleStatusWord.allCases.map { .status($0) }
    let parameters = Set(styles.compactMap(\.parameters) + [ended])
    return parameters.map { Array("\u{1B}[\($0)m".utf8) }
  }()

  /// Parameters of the sequence that ends all styles.
  fileprivate static let ended = "0"
}

/// Node's six words for statuses, and the specification's for the one that Node has no word for.
package enum ModuleStatusWord: String, Hashable, Sendable, CaseIterable {
  case unlinked, linking, linked, evaluating
  case evaluatingAsync = "evaluating-async"
  case evaluated, errored

  package static let nodeWords = allCases.filter { $0 != .evaluatingAsync }

  /// What glyph and colour follow: a module whose evaluation goes on is not as one that has ended,
  /// although Node calls both `evaluated`.
  func mark(record: String) -> ModuleStatusWord {
    self == .evaluated && record == ModuleStatusWord.evaluatingAsync.rawValue
      ? .evaluatingAsync : self
  }

  /// A glyph for each, so that a column of statuses can be read at a glance.
  package var glyph: String {
    switch self {
    case .unlinked: return "○"
    case .linking: return "◔"
    case .linked: return "◑"
    case .evaluating: return "◕"
    case .evaluatingAsync: return "⋯"
    case .evaluated: return "●"
    case .errored: return "✗"
    }
  }

  fileprivate var parameters: String? {
    switch self {
    case .unlinked: return "2"
    case .linking: return "36"
    case .linked: return "34"
    case .evaluating, .evaluatingAsync: return "33"
    case .evaluated: return "32"
    case .errored: return "31"
    }
  }
}

/// Gives text its colours, or not.
package struct TextPainter: Hashable, Sendable {
  package var hasColor: Bool

  package init(hasColor: Bool) { self.hasColor = hasColor }

  package func paint(_ text: String, _ style: TextStyle) -> String {
    guard hasColor, !text.isEmpty, let parameters = style.parameters else { return text }
    return "\u{1B}[\(parameters)m\(text)\u{1B}[\(TextStyle.ended)m"
  }

  /// A word of a status in its colour; other words as they are.
  package func status(_ word: String) -> String {
    guard hasColor else { return word }
    return ModuleStatusWord(rawValue: word).map { paint(word, .status($0)) } ?? word
  }
}
