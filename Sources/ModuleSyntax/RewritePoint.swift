/// A place in a source text that has to read otherwise when JavaScriptCore runs the text as the
/// body of a function (a module) or as a script of ours.
public struct RewritePoint: Hashable, Sendable {
  public var range: SourceRange
  public var kind: Kind

  /// How a reference to an import binding is used where it stands.
  public enum ReferenceForm: Hashable, Sendable {
    /// Read, called, tagged: anything that a call expression may replace.
    case value
    /// The head of a `new` callee, where a call expression would be taken for the constructor call.
    case newCallee
    /// `{ x }` in an object literal: `x` is also the property's name.
    case shorthand
    /// Assigned, updated, or a `for` head: `x = 1`, `x += 1`, `x++`, `[x] = …`, `for (x of …)`.
    case assignmentTarget
    /// `({ x } = …)`, `({ x = 1 } = …)`: `x` is also the property's name.
    case shorthandTarget
    /// `ns.name`, read and not called, deleted or assigned, not `ns?.name`; the point's range covers
    /// `ns.name`. Only for namespace imports. `inNew`: within the callee of a `new`.
    case staticMember(name: String, inNew: Bool)
  }

  public enum Kind: Hashable, Sendable {
    /// A reference to the import entry with that index (`ParsedModule.importEntries`).
    case importReference(import: Int, form: ReferenceForm)
    /// `import.meta`. `inNew`: within the callee of a `new`, where a call needs parentheses.
    case importMeta(inNew: Bool)
    /// The keyword(s) `import`, `import.defer` or `import.source` in front of `(`.
    case importCall(ImportPhase)
    /// A whole import declaration, `export { … }`, `export … from`: to be blanked.
    case declaration
    /// `export ` in front of a declaration: to be blanked.
    case exportKeyword
    /// `export default` in front of an expression or an anonymous class; `end` is where the
    /// expression ends (before a `;` or white space).
    case exportDefaultExpression(end: Int)
    /// `export default` in front of an anonymous function declaration; `nameOffset` is where a name
    /// can be inserted (before its parameter list).
    case exportDefaultFunction(nameOffset: Int)
    /// The keyword `await` at the top level; `operandEnd` is where its operand ends.
    case topLevelAwait(operandEnd: Int)
    /// A `for await` statement at the top level: the point's range is the whole statement with its
    /// labels.
    indirect case topLevelForAwait(ForAwait)
    /// `arguments` as a free reference at the top (arrow functions included).
    case freeArguments
    /// A call that may be a direct eval: the range is the identifier `eval`.
    indirect case directEval(DirectEval)
    /// `(0, eval)(…)`, `globalThis.eval(…)`: the point is the parenthesis before the argument.
    case indirectEval(callee: String, argument: SourceRange)
    /// The first line of a file that begins with `#!`.
    case hashbang
    /// Script goal: the `var`s of a list at the top, of which the first is that one of `declarations`.
    case scriptVariables(Int)
    /// Script goal: a function declared at the top: the index into `declarations`, and its name.
    case scriptFunction(Int, name: SourceRange)
    /// The statements of a block, function body or static block in which `using` declares, or a `for`
    /// statement with its labels, or the body of a `for` of which each value is a resource.
    indirect case usingScope(UsingScope)
    /// The keywords `using`, `await using`: the binding is a `const`.
    case usingKeyword
    /// From a `using` binding's name to the end of its initializer, which begins at `start`. `name`: where
    /// that may be a function without a name.
    case usingInitializer(name: String?, start: Int, isAsync: Bool)
    /// The name of a function declared directly in a body with `using`, where it is a `var`: its block
    /// would make it something else. The number of the new name.
    case bodyFunction(Int)
    /// A class field without initializer, called `async` or `static`, right before the `}`: JavaScriptCore
    /// takes it for a modifier unless a semicolon follows.
    case bareField
    /// Before `async = value` in a literal that is a pattern: JavaScriptCore knows it as `async: async = value`
    /// alone. The range is empty.
    case asyncShorthand
    /// Script goal, outside functions, with `using` there: what gives the script's value.
    case completion(Completion)
  }

  /// UpdateEmpty where a `try` of ours would answer with undefined. https://tc39.es/ecma262/#sec-updateempty
  public enum Completion: Hashable, Sendable {
    /// The expression of an expression statement.
    case value
    /// A statement, with its labels, whose value is undefined when what it holds gives none.
    case statement
    /// The statements of a catch clause.
    case catchClause
    /// The statements of a `finally`, whose value counts only if they do not end normally.
    case finallyClause
    /// The end of the directives, of which this is the last.
    case beginning(directive: SourceRange?)
  }

  /// What is done with the resources of a scope when it is left.
  public struct UsingScope: Hashable, Sendable {
    public enum Form: Hashable, Sendable {
      case statements
      /// `for (using …; …; …) …` with its labels.
      case loop
      /// The body of `for (using NAME of …) …`.
      case iteration(SourceRange)
    }
    public struct BodyFunction: Hashable, Sendable {
      public var number: Int
      public var name: String
    }
    public var form: Form
    /// An `await using` is among its declarations: it is left with awaits.
    public var isAsync: Bool
    /// Outside all functions, where the await of a module is a `yield` of its body.
    public var isTop: Bool
    /// Where its first `await using` begins.
    public var place: Int
    /// Functions that have got new names, with the names of the variables that hold them.
    public var functions: [BodyFunction] = []
  }

  /// The parts of `for await (HEAD of ITERABLE) BODY`.
  public struct ForAwait: Hashable, Sendable {
    /// `for await (`, up to the head.
    public var opening: SourceRange
    /// `const x`, `var [a]`, `x.y`, `{ a }` …
    public var head: SourceRange
    /// `const`, `let`, `var`, `using`, `await using`; nil when the head is an assignment target.
    public var declarationKeyword: String?
    public var iterable: SourceRange
    /// The whole body statement.
    public var body: SourceRange

    public init(
      opening: SourceRange, head: SourceRange, declarationKeyword: String?, iterable: SourceRange,
      body: SourceRange
    ) {
      self.opening = opening
      self.head = head
      self.declarationKeyword = declarationKeyword
      self.iterable = iterable
      self.body = body
    }
  }

  /// A call `eval(…)`.
  public struct DirectEval: Hashable, Sendable {
    /// The first argument; nil when there is none or it is a spread.
    public var argument: SourceRange?
    /// Names that scopes between the call and the module's top declare: not the import's there.
    public var shadowed: [String]
    /// What the evaluated text may contain where the call stands.
    public var inFunction: Bool
    public var inMethod: Bool
    public var inClassField: Bool
    public var isStrict: Bool

    public init(
      argument: SourceRange?, shadowed: [String], inFunction: Bool, inMethod: Bool,
      inClassField: Bool, isStrict: Bool = true
    ) {
      self.argument = argument
      self.shadowed = shadowed
      self.inFunction = inFunction
      self.inMethod = inMethod
      self.inClassField = inClassField
      self.isStrict = isStrict
    }
  }

  public init(range: SourceRange, kind: Kind) {
    self.range = range
    self.kind = kind
  }
}
