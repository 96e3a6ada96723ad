/// What Tab may do at a place in the text.
public struct Completion: Equatable, Sendable {
  /// How many characters before the cursor a candidate replaces.
  public var replacedCount: Int
  /// The full texts that could stand there, in the order in which they are listed.
  public var candidates: [String]
  /// Inserted after a candidate that is the only one.
  public var suffix: String

  public init(replacedCount: Int, candidates: [String], suffix: String = " ") {
    self.replacedCount = replacedCount
    self.candidates = candidates
    self.suffix = suffix
  }

  public static let none = Completion(replacedCount: 0, candidates: [])

  /// The text that all candidates begin with.
  public var commonPrefix: String {
    guard var prefix = candidates.first.map({ Substring($0) }) else { return "" }
    for candidate in candidates.dropFirst() {
      let shared = zip(prefix, candidate).prefix { $0 == $1 }.count
      prefix = prefix.prefix(shared)
    }
    return String(prefix)
  }
}
