/// Rewrites the text of a direct eval inside a module body, so that names of imports read their
/// bindings there too.
public enum EvalRewriter {
  public static func rewrite(
    _ text: String, visibleImports: [String: Int], site: RewritePoint.DirectEval,
    in body: BodyRewriter.Body, cell: Int
  ) throws(SyntaxError) -> String {
    let source = SourceText(text, name: "eval")
    var options = ScriptParsingOptions()
    options.isStrict = true
    options.evalImports = visibleImports
    options.allowsNewTarget = site.inFunction || site.inClassField
    options.allowsSuperProperty = site.inMethod || site.inClassField
    options.forbidsArguments = site.inClassField
    let script = try ParsedScript.parse(source, options: options)
    var edits: [Edit] = []
    for point in script.rewritePoints {
      switch point.kind {
      case .importReference(let index, let form):
        edits.append(
          Edit(point.range, reference(index, form, name: source.slice(point.range), in: body)))
      case .importCall(let phase):
        // It stands in no source that a person could look at.
        edits.append(Edit(point.range, "\(body.prefix).\(phase.importFunction)(-1)"))
      case .asyncShorthand where edits.last?.offset != point.range.start:
        edits.append(Edit(point.range.start, "async:"))
      case .bareField:
        edits.append(Edit(point.range.end, ";"))
      default:
        continue
      }
    }
    if script.usesExplicitResourceManagement {
      let words = UsingWords(
        host: body.prefix, prefix: FreshPrefix.choose(for: source.bytes))
      edits.append(contentsOf: words.edits(script, cell: cell))
    }
    return apply(edits, to: source)
  }

  /// Rewrites `using`, `import()` and what else the engine lacks in the text of a direct eval of a script.
  /// Nil when there is none, or when the text is wrong, which the engine tells.
  public static func rewrite(_ text: String, isStrict: Bool, globals: ScriptGlobals) -> String? {
    let source = SourceText(text, name: "eval")
    let options = ScriptParsingOptions(
      isStrict: isStrict, allowsNewTarget: true, allowsSuperProperty: true)
    guard let script = try? ParsedScript.parse(source, options: options),
      script.usesExplicitResourceManagement || script.hasDynamicImport
        || script.rewritePoints.contains(where: {
          $0.kind == .bareField || $0.kind == .asyncShorthand
        })
    else { return nil }
    let text = ScriptRewriter.rewrite(script, globals: globals, assignsGlobals: false)
    return String(decoding: text.bytes, as: UTF8.self)
  }

  private static func apply(_ edits: [Edit], to source: SourceText) -> String {
    var out = RewrittenText(keepsMap: false, capacity: source.bytes.count + 128)
    out.apply(edits, to: SourceRange(0, source.bytes.count), of: source.bytes)
    return String(decoding: out.bytes, as: UTF8.self)
  }

  private static func reference(
    _ index: Int, _ form: RewritePoint.ReferenceForm, name: String, in body: BodyRewriter.Body
  ) -> String {
    let parameter = body.parameters.firstIndex(of: .binding(import: index)) ?? 0
    let getter = "\(body.prefix)\(parameter)()"
    switch form {
    case .value: return getter
    case .newCallee: return "(\(getter))"
    case .shorthand: return "\(name):\(getter)"
    case .assignmentTarget: return "\(body.prefix).w.a\(index)"
    case .shorthandTarget: return "\(name):\(body.prefix).w.a\(index)"
    case .staticMember(let member, let inNew):
      return (inNew ? "(\(getter))" : getter) + ".\(member)"
    }
  }
}
