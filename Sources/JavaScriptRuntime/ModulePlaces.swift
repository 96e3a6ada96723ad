internal import ModuleLinking
internal import ModuleSyntax

/// Leads from the text that ran as a module's body to the person's. It outlives the module: functions
/// of it may.
final class ModulePlaces: SourcePlaces {
  let source: SourceText
  private weak var record: SourceTextModuleRecord?
  private let style: BodyRewriter.Style
  private let marksStatements: Bool
  private let keepsLocals: Bool
  private let parameters: [BodyRewriter.Parameter]
  private lazy var parsed =
    record?.parsed ?? (try? ParsedModule.parse(source)) ?? ParsedModule(source: source)
  private lazy var body = BodyRewriter.rewrite(
    parsed, as: style, marksStatements: marksStatements, keepsMap: true, keepsLocals: keepsLocals
  ) { [parameters] in parameters.contains(.member(import: $0, name: $1)) }

  init(
    _ record: SourceTextModuleRecord, as style: BodyRewriter.Style, marksStatements: Bool,
    keepsLocals: Bool, _ parameters: [BodyRewriter.Parameter]
  ) {
    source = record.parsed.source
    self.record = record
    self.style = style
    self.marksStatements = marksStatements
    self.keepsLocals = keepsLocals
    self.parameters = parameters
  }

  var module: ModuleRecord? { record }

  func sourcePlace(of position: SourcePosition) -> (position: SourcePosition?, binding: String?) {
    guard
      let offset = body.text.sourceOffset(line: position.line, column: position.column)
    else {
      // Words of ours before the body: a getter, whose place is behind the name that it reads.
      let name = body.text.identifier(endingAtLine: position.line, column: position.column)
      if name == "\(body.prefix)d" { return (nil, "default") }
      // Others of our words stand there, too.
      let isDeclared = parsed.declarations.contains { $0.name == name }
      return (nil, isDeclared ? name : nil)
    }
    let import_ = parsed.rewritePoints.first { point in
      guard case .importReference = point.kind else { return false }
      return point.range.start <= offset && offset <= point.range.end
    }
    var start = source.expressionStart(offset)
    // The getter's call stands where the name stood; its end is taken for what follows.
    if start == offset, let import_ { start = import_.range.start }
    return (source.position(at: start), import_.map { source.slice($0.range) })
  }

  func name(endingAt position: SourcePosition) -> (name: String, position: SourcePosition)? {
    body.text.sourceOffset(line: position.line, column: position.column)
      .flatMap { source.name(endingAt: $0) }
  }

  func visibleName(of function: String) -> String {
    function.hasPrefix("$_") && function.hasSuffix("d") ? "default" : function
  }

  func cleaned(_ message: String) -> String {
    guard message.contains("$_") else { return message }
    var text = message
    for (index, parameter) in body.parameters.enumerated().reversed() {
      let name = parsed.name(of: parameter)
      text = text.replacing("(\(body.prefix)\(index)())", with: name)
      text = text.replacing("\(body.prefix)\(index)()", with: name)
    }
    for (index, entry) in parsed.importEntries.enumerated() {
      text = text.replacing("\(body.prefix).w.a\(index)", with: entry.localName)
    }
    text = text.replacing("\(body.prefix).m()", with: "import.meta")
    return text
  }
}

extension ParsedModule {
  /// What the person wrote where a parameter of the body stands.
  func name(of parameter: BodyRewriter.Parameter) -> String {
    switch parameter {
    case .binding(let entry): importEntries[entry].localName
    case .member(let entry, let member): "\(importEntries[entry].localName).\(member)"
    }
  }
}
