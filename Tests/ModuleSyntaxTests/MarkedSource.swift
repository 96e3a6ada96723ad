import ModuleSyntax

/// A source text whose places are marked with 1️⃣, 2️⃣ … : the markers are taken out, and their
/// offsets kept.
struct MarkedSource {
  private static let markers = ["1️⃣", "2️⃣", "3️⃣", "4️⃣", "5️⃣", "6️⃣"]

  var source: SourceText
  private var offsets: [Int?]

  init(_ text: String) {
    var plain = ""
    var offsets = [Int?](repeating: nil, count: Self.markers.count)
    for character in text {
      if let index = Self.markers.firstIndex(of: String(character)) {
        offsets[index] = plain.utf8.count
      } else {
        plain.append(character)
      }
    }
    source = SourceText(plain, name: "test")
    self.offsets = offsets
  }

  /// A text without markers: long ones should not be searched for them.
  init(plain text: String) {
    source = SourceText(text, name: "test")
    offsets = []
  }

  subscript(marker: Int) -> Int? { offsets[marker - 1] }

  func module() throws -> ParsedModule { try ParsedModule.parse(source) }

  func script(_ options: ScriptParsingOptions = ScriptParsingOptions()) throws -> ParsedScript {
    try ParsedScript.parse(source, options: options)
  }

  /// The error of the text as a module, or as a script.
  func error(isModule: Bool = true) -> SyntaxError? {
    do throws(SyntaxError) {
      if isModule {
        _ = try ParsedModule.parse(source)
      } else {
        _ = try ParsedScript.parse(source)
      }
      return nil
    } catch {
      return error
    }
  }
}

func parsedModule(_ text: String) throws -> ParsedModule {
  try ParsedModule.parse(SourceText(text, name: "test"))
}

/// Rewrite points as `text -> what`, in order, for tables.
func pointTexts(_ points: [RewritePoint], in source: SourceText) -> [String] {
  points.map { "\(source.slice($0.range)) -> \(pointText($0.kind, in: source))" }
}

private func pointText(_ kind: RewritePoint.Kind, in source: SourceText) -> String {
  switch kind {
  case .importReference(let entry, .staticMember(let name, let inNew)):
    "import \(entry) member \(name)\(inNew ? " in new" : "")"
  case .importReference(let entry, let form): "import \(entry) \(form)"
  case .importMeta(let inNew): inNew ? "meta in new" : "meta"
  case .importCall(let phase): "call \(phase)"
  case .declaration: "blank"
  case .exportKeyword: "keyword"
  case .exportDefaultExpression: "default expression"
  case .exportDefaultFunction: "default function"
  case .topLevelAwait: "await"
  case .topLevelForAwait: "for await"
  case .freeArguments: "arguments"
  case .directEval(let eval):
    "eval \(eval.argument.map(source.slice) ?? "-") hides \(eval.shadowed.sorted())"
  case .indirectEval(let callee, let argument):
    "indirect \(callee) \(source.slice(argument))"
  case .hashbang: "hashbang"
  case .scriptVariables(let index): "declaration \(index)"
  case .scriptFunction(let index, _): "declaration \(index)"
  case .usingScope(let scope): "using scope\(scope.isAsync ? " async" : "")"
  case .usingKeyword: "using"
  case .usingInitializer(let name, _, let isAsync):
    "initializer \(name ?? "")\(isAsync ? " async" : "")"
  case .bodyFunction(let number): "body function \(number)"
  case .bareField: "bare field"
  case .asyncShorthand: "async shorthand"
  case .completion(let completion): "\(completion)"
  }
}
