/// How a session of a transcript begins, where it is not as usual: words behind `modlab` in its fence,
/// or in the first line `# modlab` of a plain file.
package struct TranscriptSetting: Hashable, Sendable {
  /// What `Math.random()` begins with.
  package var seed: Int?
  /// `source` goes on after a command that failed.
  package var keepsGoing = false

  package init(seed: Int? = nil, keepsGoing: Bool = false) {
    self.seed = seed
    self.keepsGoing = keepsGoing
  }

  private static let keepGoing = "keep-going"
  private static let seed = "seed="
  static let wordForms = ["seed=N", keepGoing]

  /// False for a word that is none.
  mutating func read(_ word: Substring) -> Bool {
    if word == Self.keepGoing {
      keepsGoing = true
    } else if word.hasPrefix(Self.seed), let number = Int(word.dropFirst(Self.seed.count)) {
      seed = number
    } else {
      return false
    }
    return true
  }

  private var words: String {
    (seed.map { " \(Self.seed)\($0)" } ?? "") + (keepsGoing ? " \(Self.keepGoing)" : "")
  }

  /// The line at the beginning of a file; a plain one needs none if all is as usual.
  func head(of form: Transcript.Form) -> String? {
    switch form {
    case .markdown: Transcript.fence + Transcript.language + words
    case .plain: self == TranscriptSetting() ? nil : Transcript.plainHead + words
    }
  }
}
