/// What stands for `using` in a text that JavaScriptCore runs. With the prefix `$_`:
///
/// `{ using x = E; BODY }` → `{ const $_u=…;try{ const x=$_u.a(E); BODY }catch($_e){$_u.e($_e)}finally{$_u.d()} }`
///
/// The object `$_u` holds the resources of one scope (`DisposableResources` of the realm's prelude).
/// With `await using` the scope is left by awaiting one resource after the other.
struct UsingWords {
  /// The object whose method `u` makes the object, and `r` gives a script's value from its cell in `k`.
  var host: String
  var prefix: String
  /// The await of the top level is a `yield`.
  var yields = false

  func opening(_ scope: RewritePoint.UsingScope, of source: SourceText) -> String {
    let resources = "const \(prefix)u=\(host).u();try{"
    switch scope.form {
    case .statements:
      // A directive may end only because its line does.
      var text = ";" + resources
      for function in scope.functions {
        text +=
          "var \(function.name)=\(prefix)u.f(\(prefix)f\(function.number),\"\(function.name)\");"
      }
      return text
    case .loop: return "{" + resources
    case .iteration(let name):
      return "{\(resources)\(add(isAsync: scope.isAsync))\(source.slice(name)));"
    }
  }

  func closing(_ scope: RewritePoint.UsingScope) -> String {
    let (u, e) = ("\(prefix)u", "\(prefix)e")
    var text = "}catch(\(e)){\(u).e(\(e))}finally{"
    if scope.isAsync {
      let awaited =
        scope.isTop && yields ? "yield \(host).a(\(u).p(),\(scope.place))" : "await \(u).p()"
      text += "while(\(u).n())try{\(awaited)}catch(\(e)){\(u).e(\(e))}\(u).t()}"
    } else {
      text += "\(u).d()}"
    }
    return scope.form == .statements ? text : text + "}"
  }

  /// `name` is the binding's where the initializer may be a function without a name.
  func initializer(_ name: String?, isAsync: Bool) -> (opening: String, closing: String) {
    let add = add(isAsync: isAsync)
    guard let name else { return (add, ")") }
    return ("\(add){[\"\(name)\"]:", "}[\"\(name)\"])")
  }

  func function(_ number: Int) -> String { "\(prefix)f\(number)" }

  private func add(isAsync: Bool) -> String { "\(prefix)u.\(isAsync ? "b" : "a")(" }

  /// The edits of a whole text, in the order in which they stand there.
  /// `cell`: where the script's value is kept, if that matters.
  func edits(_ script: ParsedScript, cell: Int?) -> [Edit] {
    let source = script.source
    var edits: [Edit] = []
    var closers: [Edit] = []
    func close(upTo offset: Int) {
      while let closer = closers.last, closer.offset <= offset {
        edits.append(closer)
        closers.removeLast()
      }
    }
    for point in script.rewritePoints {
      let range = point.range
      close(upTo: range.start)
      switch point.kind {
      case .usingScope(let scope):
        edits.append(Edit(range.start, opening(scope, of: source), .opening))
        closers.append(Edit(range.end, closing(scope), .closing))
      case .usingInitializer(let name, let start, let isAsync):
        let words = initializer(name, isAsync: isAsync)
        edits.append(Edit(start, words.opening, .opening))
        closers.append(Edit(range.end, words.closing, .closing))
      case .usingKeyword: edits.append(Edit(range, "const"))
      case .bodyFunction(let number): edits.append(Edit(range, function(number)))
      case .completion(let completion):
        guard let cell else { continue }
        let words = self.completion(completion, in: "\(host).k[\(cell)]", of: source)
        if case .beginning = completion {
          edits.append(Edit(range.start, words.opening, .closing))
          continue
        }
        edits.append(Edit(range.start, words.opening, .opening))
        closers.append(Edit(range.end, words.closing, .closing))
      default: continue
      }
    }
    close(upTo: .max)
    if let cell, script.notesCompletions {
      edits.append(Edit(source.bytes.count, "\n;\(host).r(\(cell))", .closing))
    }
    return edits
  }

  private func completion(
    _ completion: RewritePoint.Completion, in cell: String, of source: SourceText
  ) -> (opening: String, closing: String) {
    switch completion {
    case .value: ("\(cell)=(", ")")
    case .statement: ("{\(cell)=undefined;", "}")
    case .catchClause: ("\(cell)=undefined;", "")
    case .finallyClause:
      ("const \(prefix)k=\(cell);\(cell)=undefined;", ";\(cell)=\(prefix)k;")
    case .beginning(let directive): (";\(cell)=\(directive.map(source.slice) ?? "undefined");", "")
    }
  }
}
