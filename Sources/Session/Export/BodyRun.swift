internal import ModuleLinking

/// What the body of a module has run of without a break, as far as a document has not told of it.
struct BodyRun {
  let module: ModuleID
  /// The body had run before.
  let isLater: Bool
  /// How many lines the console had before.
  let consoleCount: Int
  /// It has come to a statement; else it goes on inside one.
  private(set) var hasBegunStatement = false
  /// Positions in the module's statements, in the order in which it came to them.
  private(set) var statements: [Int] = []
  /// How it ended; nil in the middle.
  var end: SessionDocument.Run.End?

  init(_ module: ModuleID, isLater: Bool, consoleCount: Int) {
    self.module = module
    self.isLater = isLater
    self.consoleCount = consoleCount
  }

  mutating func begin(statement: Int) {
    hasBegunStatement = true
    statements.append(statement)
  }

  mutating func goOn(inStatement statement: Int) {
    if statements.isEmpty { statements.append(statement) }
  }
}
