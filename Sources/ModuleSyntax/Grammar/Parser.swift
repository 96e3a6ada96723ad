/// A recursive descent parser over the bytes of one text, for ECMA-262's goal symbols Module and
/// Script. It makes no tree: it checks, resolves identifiers, and notes the places that the caller
/// asked for.
///
/// A text that may be an expression or a pattern (`[a, b]` before it is known whether `=` or `=>`
/// follows) is read once, as an expression; `cover` holds what would be wrong with either reading,
/// and `targets` the identifiers to convert.
struct Parser: ~Copyable {
  /// How deep expressions and statements may nest. A level costs up to ten stack frames: at most
  /// 6 KiB in a release build, so that this value stays below half of a main thread's 8 MiB, and no
  /// text written by people comes near it. Debug frames are several times larger, and tests run on
  /// threads with small stacks.
  #if DEBUG
    static let nestingLimit = 100
  #else
    static let nestingLimit = 600
  #endif

  /// The parser's own offsets have 32 bits.
  static let sizeLimit = Int(Int32.max) - 1

  /// Throws for a text that is longer.
  static func checkSize(_ source: SourceText) throws(SyntaxError) {
    guard source.bytes.count <= sizeLimit else {
      throw SyntaxError("The source text is longer than 2 GiB", SourceRange(0, 0))
    }
  }

  let source: UnsafeBufferPointer<UInt8>
  let isModule: Bool
  let options: ScriptParsingOptions

  // Lexing.
  let classes = CharacterClasses()
  let keywords = KeywordTable.shared
  var position = 0
  var token = Token()
  var previousEnd = 0
  var previousStart = 0
  var previousKind = TokenKind.endOfInput
  /// The first octal number or escape since the enclosing function began, an error if that
  /// function turns out to be strict.
  var octal: PendingError?

  /// Where Ctrl-C is looked for next.
  var nextCheck = Self.checkDistance

  // Where the parser is.
  var depth = 0
  var function: FunctionContext
  var labels: [Label] = []
  var cover = Cover()
  /// Reference indices of the identifiers (and static members) in the literals of `cover`.
  var targets: [Int32] = []
  var arrowHead = ArrowHead()
  var parameters: [Parameter] = []
  /// The start of the next primary expression if an arrow function may begin there.
  var arrowStart = -1

  // Names.
  var names: NameTable
  var scopes: [Scope] = []
  var nextScope: Int32 = 0
  var declarationTable = DeclarationTable()
  var references: [Reference] = []
  var sawArguments = false
  var evals: [PendingEval] = []
  /// Calls of what may be `eval`, as a function.
  var indirectEvals: [(callee: String, parenthesis: SourceRange, argument: SourceRange)] = []
  var privateNames: [PrivateName] = []
  var privateReferences: [PrivateReference] = []
  var classStarts: [Int] = []

  /// The expression of the last expression statement, without its `;`.
  var lastExpression = SourceRange(0, 0)

  // Results.
  var points: [RewritePoint] = []
  var statements: [TopLevelStatement] = []
  var declarations: [TopLevelDeclaration] = []
  var requests: [ModuleRequest] = []
  var requestTable = RequestTable()
  var importEntries: [ImportEntry] = []
  var localExports: [LocalExport] = []
  var indirectExportEntries: [IndirectExportEntry] = []
  var starExportEntries: [StarExportEntry] = []
  var variableLists: [VariableList] = []
  /// Indices in `declarations` of the variables bound since a list began.
  var boundVariables: [Int] = []
  /// The functions declared directly in the bodies of the functions that are open.
  var bodyFunctions: [BodyFunction] = []
  var renamedFunctions = 0
  /// The names that an `export` declaration binds.
  var boundNames: [(name: Int32, range: SourceRange)] = []
  var collectsBoundNames = false
  /// An `export default` without a name was read.
  var hasDefaultDeclaration = false
  var firstTopLevelAwait: SourceRange?
  var hasDirectEval = false
  var engineChecks: [EngineCheck] = []
  var usesImportMeta = false
  var hasDynamicImport = false
  var usesExplicitResourceManagement = false

  init(source: UnsafeBufferPointer<UInt8>, isModule: Bool, options: ScriptParsingOptions) {
    self.source = source
    self.isModule = isModule
    self.options = options
    names = NameTable(source: source)
    function = FunctionContext(
      isStrict: isModule || options.isStrict,
      awaitIsKeyword: isModule || options.allowsTopLevelAwait,
      allowsSuperProperty: options.allowsSuperProperty,
      allowsNewTarget: options.allowsNewTarget,
      forbidsArguments: options.forbidsArguments)
    references.reserveCapacity(32)
    scopes.reserveCapacity(8)
    points.reserveCapacity(16)
    statements.reserveCapacity(8)
  }

  /// What the innermost function (class field, static block, or the text itself) allows.
  struct FunctionContext {
    var isStrict: Bool
    var isFunction = false
    var isArrow = false
    var isGenerator = false
    /// `await` is an operator: in async functions and at the top of a module.
    var awaitIsKeyword: Bool
    /// The text itself, not a function in it.
    var isTop = true
    var isAsync = false
    var inParameters = false
    var inStaticBlock = false
    var inClassField = false
    /// A function that is not an arrow encloses the place, or a method does.
    var inFunction = false
    var inMethod = false
    var allowsSuperCall = false
    var allowsSuperProperty: Bool
    var allowsNewTarget: Bool
    var forbidsArguments: Bool
    var loopDepth = 0
    var breakableDepth = 0
    var firstLabel = 0
    /// The start of the last await or yield expression: an error in arrow parameters.
    var lastAwaitOrYield = -1
    var lastIsYield = false
    /// The start of the last `await` that was an identifier: an error in async arrow parameters.
    var lastAwaitIdentifier = -1
    var duplicateParameter: SourceRange?

    var isTopLevelAwait: Bool { isTop && awaitIsKeyword }
  }

  struct BodyFunction {
    var name: Int32
    var range: SourceRange
  }

  struct Label {
    var name: Int32
    var isLoop: Bool
  }

  /// What is wrong with a literal if it is an expression, an assignment pattern, a binding pattern.
  struct Cover {
    var expressionError: PendingError?
    var assignmentError: PendingError?
    var bindingError: PendingError?
  }

  /// What stood before a `=>`.
  struct ArrowHead {
    var start = 0
    var firstReference = 0
    var firstTarget = 0
    var isAsync = false
    var isSimple = true
    var error: PendingError?
  }

  struct Parameter {
    var name: Int32
    var start: Int
    var end: Int
  }

  struct PrivateName {
    enum Kind { case getter, setter, both, other }
    var name: Int32
    var kind: Kind
    var isStatic: Bool
  }

  struct PrivateReference {
    var name: Int32
    var start: Int
    var end: Int
  }

  /// `export { name as exported }` without a `from`.
  struct LocalExport {
    var name: Int32
    var exportName: String
    var range: SourceRange
  }

  /// What an expression is, as far as its surroundings need to know.
  struct Expression {
    enum Kind: UInt8 {
      case identifier, member, optionalChain, call, arrowHead
      /// An array or object literal that may be a pattern.
      case literal
      /// `target = value`, a pattern element with an initializer.
      case assignment
      case unary, string, arrow, privateIn, superCall, superProperty, other
    }
    private var place: Place
    /// The reference of an identifier, or of the namespace of a static member; -1 otherwise.
    var reference: Int32
    var kind: Kind
    var isParenthesized = false
    /// `object.#name`.
    var isPrivate = false

    @inline(__always)
    init(_ kind: Kind, _ start: Int, _ end: Int, reference: Int32 = -1) {
      self.kind = kind
      place = Place(start, end)
      self.reference = reference
    }

    var start: Int {
      get { place.start }
      set { place.start = newValue }
    }
    var end: Int {
      get { place.end }
      set { place.end = newValue }
    }
  }
}

// MARK: - Tokens and errors

extension Parser {
  mutating func enter() throws(SyntaxError) {
    depth += 1
    if depth > Self.nestingLimit { throw failure(.tooDeep, token.range) }
  }

  mutating func leave() { depth -= 1 }

  private static let checkDistance = 1 << 20

  /// Every megabyte of a long text.
  @inline(never)
  mutating func lookForInterruption() throws(SyntaxError) {
    nextCheck = position + Self.checkDistance
    guard InterruptRequest.isPending() else { return }
    var error = SyntaxError("Interrupted", token.range)
    error.isInterrupted = true
    throw error
  }

  func failure(_ message: Message, _ range: SourceRange) -> SyntaxError {
    SyntaxError(message.rawValue, range)
  }

  func failure(_ message: Message, _ start: Int, _ end: Int) -> SyntaxError {
    SyntaxError(message.rawValue, SourceRange(start, end))
  }

  func failure(_ error: PendingError) -> SyntaxError {
    SyntaxError(error.message.rawValue, SourceRange(error.start, error.end))
  }

  func text(_ start: Int, _ end: Int) -> String {
    String(decoding: source[start..<end], as: UTF8.self)
  }

  var previousRange: SourceRange { SourceRange(previousStart, previousEnd) }

  func text(_ range: SourceRange) -> String { text(range.start, range.end) }

  /// The error of a token that cannot stand where it stands.
  func unexpected() -> SyntaxError { unexpected(token) }

  func unexpected(_ token: Token) -> SyntaxError {
    let range = token.range
    switch token.kind {
    case .endOfInput:
      return SyntaxError(Message.endOfInput.rawValue, range, isUnfinished: true)
    case .number: return failure(.unexpectedNumber, range)
    case .string: return failure(.unexpectedString, range)
    case .template: return failure(.unexpectedTemplate, range)
    case .regularExpression: return failure(.unexpectedRegularExpression, range)
    case .escapedKeyword: return failure(.escapedKeyword, range)
    case .escapedStrictReserved where function.isStrict:
      return failure(.escapedKeyword, range)
    case .await, .enum: return failure(.reservedWord, range)
    case .let, .static, .yield, .strictReserved:
      if function.isStrict { return failure(.strictReservedWord, range) }
      return SyntaxError("Unexpected identifier '\(name(of: token))'", range)
    case .async, .of, .get, .set, .using, .accessor:
      // V8 has tokens of their own for these words, and not for `as`, `from` and the others.
      return SyntaxError("Unexpected token '\(text(range))'", range)
    default:
      if token.kind.mayBeIdentifier || token.kind == .privateName {
        return SyntaxError("Unexpected identifier '\(name(of: token))'", range)
      }
      return SyntaxError("Unexpected token '\(text(range))'", range)
    }
  }

  /// The text of a word or private name, escapes decoded.
  func name(of token: Token) -> String {
    token.isEscaped
      ? String(decoding: decodedIdentifier(token.start, token.end), as: UTF8.self)
      : text(token.range)
  }

  mutating func intern(_ token: Token) -> Int32 {
    switch token.kind {
    case .arguments: return NameTable.arguments
    case .eval: return NameTable.eval
    default:
      if token.isEscaped {
        return names.intern(decoded: decodedIdentifier(token.start, token.end))
      }
      return names.intern(token.start, token.end)
    }
  }

  mutating func eat(_ kind: TokenKind) throws(SyntaxError) -> Bool {
    guard token.kind == kind else { return false }
    try next()
    return true
  }

  mutating func expect(_ kind: TokenKind) throws(SyntaxError) {
    guard token.kind == kind else { throw unexpected() }
    try next()
  }

  /// The token after the current one. A regular expression there reads as a division.
  mutating func peek() throws(SyntaxError) -> Token {
    let saved = (position, token, previousEnd, previousStart, previousKind, octal)
    try next()
    let result = token
    (position, token, previousEnd, previousStart, previousKind, octal) = saved
    return result
  }

  /// Automatic semicolon insertion at the end of a statement.
  /// https://tc39.es/ecma262/#sec-automatic-semicolon-insertion
  mutating func consumeSemicolon() throws(SyntaxError) {
    if token.kind == .semicolon { return try next() }
    if token.kind == .rightBrace || token.kind == .endOfInput || token.newlineBefore { return }
    if previousKind == .await, !function.awaitIsKeyword {
      throw failure(.awaitOutsideAsync, previousStart, previousEnd)
    }
    throw unexpected()
  }
}
