/// What surrounds a text of the Script goal.
public struct ScriptParsingOptions: Sendable {
  /// `await` is an operator at the top, as for a line typed at a REPL.
  public var allowsTopLevelAwait = false
  /// The text begins as strict code.
  public var isStrict = false
  /// For the text of a direct eval inside a module: free references with these names are
  /// references to the import entries with these indices.
  public var evalImports: [String: Int] = [:]
  public var allowsNewTarget = false
  public var allowsSuperProperty = false
  public var forbidsArguments = false
  /// Notes what gives the script's value.
  var notesCompletions = false

  public init(
    allowsTopLevelAwait: Bool = false, isStrict: Bool = false, evalImports: [String: Int] = [:],
    allowsNewTarget: Bool = false, allowsSuperProperty: Bool = false,
    forbidsArguments: Bool = false
  ) {
    self.allowsTopLevelAwait = allowsTopLevelAwait
    self.isStrict = isStrict
    self.evalImports = evalImports
    self.allowsNewTarget = allowsNewTarget
    self.allowsSuperProperty = allowsSuperProperty
    self.forbidsArguments = forbidsArguments
  }
}

/// A `var` statement or `for (var …` head whose names belong to the top of a script.
public struct VariableList: Hashable, Sendable {
  public enum Place: Hashable, Sendable {
    /// The range ends before the `;`.
    case statement
    /// `for (var …; …; …)`.
    case forHead
    /// `for (var x in …)`, `for (var x of …)`: one declarator.
    case forInOrOf
  }
  public struct Declarator: Hashable, Sendable {
    /// The identifier or pattern.
    public var target: SourceRange
    public var isPattern: Bool
    public var initializer: SourceRange?
  }
  /// From the keyword to the end of the last declarator.
  public var range: SourceRange
  public var place: Place
  public var declarators: [Declarator]
  /// Indices into `declarations` of the names that the list declares.
  public var declarations: [Int]
}
