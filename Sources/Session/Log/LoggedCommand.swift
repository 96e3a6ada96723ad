/// A command that was carried out, with what it takes to carry it out again.
package struct LoggedCommand: Sendable {
  package struct Failure: Hashable, Sendable {
    package var name: String?
    package var code: String?

    /// The word that `expect-error` wants.
    package var word: String { code ?? name ?? Self.thrownWord }

    /// Stands for a thrown primitive, which has neither.
    static let thrownWord = "thrown"
  }

  /// `edit` stands here as the definition that it made.
  package var command: ScriptCommand
  /// Commands of one `source` have the same number: they were given as one.
  package var group: Int
  /// How it failed, whether or not `expect-error` stood before it.
  package var failure: Failure?
  package var taken = OutsideInput()

  /// Ctrl-C stopped its code, which would not have ended, as far as anybody knows.
  package var wasStoppedAtWork: Bool { taken.stops.contains { $0.place == .working } }
}
