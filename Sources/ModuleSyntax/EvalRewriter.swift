/// Rewrites the text of a direct eval inside a module body, so that names of imports read their
/// bindings there too.
public enum EvalRewriter {
  public static func rewrite(
    _ text: String, visibleImports: [String: Int], site: RewritePoint.DirectEval,
    in body: BodyRewriter.Body
  ) throws(SyntaxError) -> String {
    let source = SourceText(text, name: "eval")
    var options = ScriptParsingOptions()
    options.isStrict = true
    options.evalImports = visibleImports
    options.allowsNewTarget = site.inFunction || site.inClassField
    options.allowsSuperProperty = site.inMethod || site.inClassField
    options.forbidsArguments = site.inClassField
    let script = try ParsedScript.parse(source, options: options)
    var out = ""
    var cursor = 0
    for point in script.rewritePoints {
      let words: String
      switch point.kind {
      case .importReference(let index, let form):
        words = reference(index, form, name: source.slice(point.range), in: body)
      case .importCall(let phase):
        // It stands in no source that a person could look at.
        words = "\(body.prefix).\(phase.importFunction)(-1)"
      default:
        continue
      }
      guard point.range.start >= cursor else { continue }
      out += source.slice(SourceRange(cursor, point.range.start)) + words
      cursor = point.range.end
    }
    return out + source.slice(SourceRange(cursor, source.bytes.count))
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
