/// A scope that is open while its text is read. Declarations and references of all open scopes are
/// kept in tables of the parser; a scope knows where its own begin.
struct Scope {
  enum Kind: UInt8 {
    case top
    /// The parameters of a function, and its body when the parameters are simple.
    case function
    case arrow
    /// The body of a function whose parameters are not simple: it has its own `var`s.
    case functionBody
    /// A class static block.
    case staticBlock
    case block
    /// A catch clause, parameter and body.
    case `catch`
    case `switch`
    /// The name of a function or class expression, a class body.
    case name
  }

  var kind: Kind
  /// Greater than those of the scopes around it.
  var id: Int32
  /// References from here on belong to this scope (or to scopes in it, already resolved).
  var firstReference: Int
  var firstEval: Int
  /// Head of the list of the scope's declarations, linked by `Declaration.next`.
  var lastDeclaration: Int32 = -1
  var using = Using.none
  /// Where its first `await using` begins.
  var awaitUsing = -1

  /// The resources that a scope holds.
  enum Using: UInt8 { case none, sync, async }

  var holdsVariables: Bool {
    switch kind {
    case .top, .function, .arrow, .functionBody, .staticBlock: true
    default: false
    }
  }
}

/// A name that a scope declares.
struct Declaration {
  struct Traits: OptionSet {
    var rawValue: UInt8
    static let variable = Traits(rawValue: 1)
    static let lexical = Traits(rawValue: 2)
    /// A plain function in a block of sloppy code, which may be declared twice (Annex B.3.2.4).
    static let sloppyBlockFunction = Traits(rawValue: 4)
    static let parameter = Traits(rawValue: 8)
    static let importBinding = Traits(rawValue: 16)
    /// `catch (e)`: a `var e` inside is allowed (Annex B.3.4).
    static let simpleCatch = Traits(rawValue: 32)
    /// A variable that a `var` declares.
    static let declaredByVar = Traits(rawValue: 64)
  }
  var name: Int32
  var scope: Int32
  /// The declaration before it in its scope; -1 for the first.
  var next: Int32
  /// The declaration of the same name in the nearest scope around its own that has one; -1 for none.
  var outer: Int32 = -1
  /// The import entry of an import binding, or the top-level declaration.
  var index: Int32 = -1
  var traits: Traits
}

/// An identifier used as an expression or as a target.
struct Reference {
  enum Form: UInt8 {
    case value, newCallee, shorthand, assignmentTarget, shorthandTarget
  }
  /// -1 when the place turned out to be a parameter.
  var name: Int32
  var start: Int32
  var end: Int32
  /// The end of `name.member` when a static member is read; 0 otherwise.
  var memberEnd: Int32 = 0
  var memberStart: Int32 = 0
  var form: Form
}

/// A call of `eval` whose surrounding declarations are still being collected.
struct PendingEval {
  var range: SourceRange
  var argument: SourceRange?
  var shadowed: [Int32] = []
  var inFunction: Bool
  var inMethod: Bool
  var inClassField: Bool
  var isStrict: Bool
}
