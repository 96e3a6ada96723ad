/// Makes the text that JavaScriptCore runs as the body of a module: the source, edited in place,
/// inside a function. DESIGN.md section 3 tells the technique.
///
/// All names of ours begin with one prefix that does not stand in the source. With the prefix `$_`:
/// `$_` is the module's environment object; `$_0`, `$_1` … are the getters of imported bindings.
public struct BodyRewriter {
  public enum Style: Sendable {
    /// A plain function: for a body that nobody observes before it runs and that awaits nothing.
    case function
    /// A generator function: its first step makes the environment, the second runs the body.
    case generator
  }

  /// What a parameter of the function reads.
  public enum Parameter: Hashable, Sendable {
    /// The binding of an import entry.
    case binding(import: Int)
    /// An export of a namespace import, used as `ns.name`.
    case member(import: Int, name: String)
  }

  public struct Body: Sendable {
    public var text: RewrittenText
    /// The parameters after the environment object.
    public var parameters: [Parameter]
    public var prefix: String
  }

  private let module: ParsedModule
  private let prefix: String
  private let hasStaticMember: (Int, String) -> Bool
  private var parameters: [Parameter] = []
  private var parameterOfImport: [Int]
  private var parameterOfMember: [Parameter: Int] = [:]
  private var writtenImports: [Int] = []
  private var forAwaitCount = 0
  private var evalCount = 0
  private var keepsLocals = true
  /// Indices of the statements before which the body says where it is, the next one last.
  private var marks: [Int] = []
  private var out: RewrittenText

  /// `keepsLocals`: what is not exported can be looked at, too (`localGetters`). What a closure has the
  /// engine keeps in memory: that costs a loop over it half of its speed.
  ///
  /// `hasStaticMember` says whether the namespace of an import entry has an export of that name; such
  /// a `ns.name` reads the binding without its namespace object.
  public static func rewrite(
    _ module: ParsedModule, as style: Style, marksStatements: Bool = false, keepsMap: Bool = false,
    keepsLocals: Bool = true, hasStaticMember: (_ importEntry: Int, _ name: String) -> Bool
  ) -> Body {
    withoutActuallyEscaping(hasStaticMember) { hasStaticMember in
      var rewriter = BodyRewriter(module, keepsMap: keepsMap, hasStaticMember: hasStaticMember)
      if marksStatements { rewriter.marks = module.executableStatements }
      rewriter.keepsLocals = keepsLocals
      return rewriter.rewrite(as: style)
    }
  }

  private init(
    _ module: ParsedModule, keepsMap: Bool, hasStaticMember: @escaping (Int, String) -> Bool
  ) {
    self.module = module
    self.prefix = FreshPrefix.choose(for: module.source.bytes)
    self.hasStaticMember = hasStaticMember
    parameterOfImport = Array(repeating: -1, count: module.importEntries.count)
    out = RewrittenText(keepsMap: keepsMap, capacity: module.source.bytes.count + 128)
  }

  private mutating func rewrite(as style: Style) -> Body {
    // The body first: it finds out which parameters there are.
    let source = module.source.bytes
    if module.hasDirectEval {
      for index in module.importEntries.indices { _ = writable(index) }
    }
    let getters = exportGetters()
    emit(SourceRange(0, source.count))
    let body = out

    var head = RewrittenText(
      keepsMap: body.keepsMap, capacity: body.bytes.count + 64 + 16 * parameters.count)
    head.append(style == .generator ? "(function*(" : "(function(")
    head.append(prefix)
    for index in parameters.indices {
      head.append(",")
      head.append(prefix)
      head.append(decimal: index)
    }
    head.append("){\"use strict\";")
    // The functions below see the bindings of the body, which are in a block then.
    if let scope = module.topLevelUsing { head.append(using.opening(scope, of: module.source)) }
    if !writtenImports.isEmpty {
      head.append("\(prefix).w={__proto__:null")
      for index in writtenImports {
        let getter = "\(prefix)\(parameterOfImport[index])"
        head.append(",get a\(index)(){return \(getter)()},set a\(index)(v){\(prefix).c()}")
      }
      head.append("};")
    }
    if !getters.isEmpty {
      head.append(prefix)
      head.append(".g=[")
      head.append(getters)
      head.append("];")
    }
    let locals = keepsLocals ? localGetters() : ""
    if !locals.isEmpty {
      head.append("\(prefix).l=\(prefix)=>{switch(\(prefix)){")
      head.append(locals)
      head.append("}};")
    }
    if hasAnonymousDefaultFunction { head.append("\(prefix).n(\(prefix)d);") }
    if style == .generator { head.append("yield;") }
    head.append(contentsOf: body)
    head.append("\n")
    if let scope = module.topLevelUsing { head.append(using.closing(scope)) }
    head.append("})")
    return Body(text: head, parameters: parameters, prefix: prefix)
  }

  private var using: UsingWords { UsingWords(host: prefix, prefix: prefix, yields: true) }

  private var hasAnonymousDefaultFunction: Bool {
    module.rewritePoints.contains {
      if case .exportDefaultFunction = $0.kind { return true } else { return false }
    }
  }

  /// `()=>x,()=>y`: a getter for each of the module's local export entries, in their order.
  private mutating func exportGetters() -> String {
    let namespaces = namespaceImports()
    var text = ""
    for entry in module.localExportEntries {
      text += text.isEmpty ? "()=>" : ",()=>"
      if entry.localName == "*default*" {
        text += prefix
        text += "d"
      } else if !namespaces.isEmpty, let index = namespaces[entry.localName] {
        text += "\(prefix)\(parameter(ofImport: index))()"
      } else {
        text += entry.localName
      }
    }
    return text
  }

  /// `case 0:return a;…` for the declarations that are not exported: one function that a person can
  /// look at the environment with.
  private func localGetters() -> String {
    let exported = Set(module.localExportEntries.lazy.map(\.localName))
    var text = ""
    for (index, declaration) in module.declarations.enumerated()
    where declaration.name != "*default*" && !exported.contains(declaration.name) {
      text += "case "
      text += String(index)
      text += ":return "
      text += declaration.name
      text += ";"
    }
    return text
  }

  /// `import * as ns …; export { ns }` is a local export of an import's binding.
  private func namespaceImports() -> [String: Int] {
    var indices: [String: Int] = [:]
    for (index, entry) in module.importEntries.enumerated() {
      if case .name = entry.importName { continue }
      indices[entry.localName] = index
    }
    return indices
  }

  private mutating func parameter(ofImport index: Int) -> Int {
    if parameterOfImport[index] < 0 {
      parameterOfImport[index] = parameters.count
      parameters.append(.binding(import: index))
    }
    return parameterOfImport[index]
  }

  private mutating func parameter(ofMember name: String, import index: Int) -> Int {
    let wanted = Parameter.member(import: index, name: name)
    if let known = parameterOfMember[wanted] { return known }
    parameterOfMember[wanted] = parameters.count
    parameters.append(wanted)
    return parameters.count - 1
  }

  private mutating func writable(_ index: Int) -> String {
    _ = parameter(ofImport: index)
    if !writtenImports.contains(index) { writtenImports.append(index) }
    return "\(prefix).w.a\(index)"
  }

  // MARK: - Emitting

  /// Copies a range of the source with every point in it rewritten.
  private mutating func emit(_ range: SourceRange) {
    let points = module.rewritePoints
    var cursor = range.start
    var closers: [(offset: Int, text: String)] = []
    var next = points.partitioningIndex { $0.range.start >= range.start }
    while true {
      while next < points.count, points[next].range.start < cursor { next += 1 }
      let point = next < points.count && points[next].range.start < range.end ? points[next] : nil
      let stop = min(point?.range.start ?? range.end, nextMark ?? range.end)
      while let closer = closers.last, closer.offset <= stop {
        out.copy(SourceRange(cursor, closer.offset), of: module.source.bytes)
        cursor = max(cursor, closer.offset)
        out.append(closer.text)
        closers.removeLast()
      }
      if stop > cursor {
        out.copy(SourceRange(cursor, stop), of: module.source.bytes)
        cursor = stop
      }
      if let mark = nextMark, mark <= stop, mark < range.end {
        out.mark(mark)
        out.append("\(prefix).s(\(marks.removeLast()));")
        continue
      }
      guard let point else { break }
      next += 1
      out.mark(point.range.start)
      cursor = point.range.end
      emit(point, &cursor, &closers)
    }
  }

  /// Where the next statement that is marked begins.
  private var nextMark: Int? { marks.last.map { module.statements[$0].range.start } }

  private mutating func emit(
    _ point: RewritePoint, _ cursor: inout Int, _ closers: inout [(offset: Int, text: String)]
  ) {
    switch point.kind {
    case .importReference(let index, let form):
      emit(reference: index, form)
    case .importMeta(let inNew):
      out.append(inNew ? "(\(prefix).m())" : "\(prefix).m()")
    case .importCall(let phase):
      out.append("\(prefix).\(phase.importFunction)(\(point.range.start))")
    case .declaration:
      // A semicolon: the statement before may have ended only because this one began.
      out.append(";")
    case .exportKeyword, .hashbang, .scriptVariables, .scriptFunction, .completion:
      break
    case .exportDefaultExpression(let end):
      out.append("const \(prefix)d={default:")
      closers.append((end, "}.default;"))
    case .exportDefaultFunction(let nameOffset):
      closers.append((nameOffset, " \(prefix)d"))
    case .topLevelAwait(let operandEnd):
      // Begins with a name, so that a line break before it still ends the statement before.
      out.append("\(prefix).y(yield \(prefix).a(")
      closers.append((operandEnd, ",\(point.range.start)))"))
    case .topLevelForAwait(let loop):
      emit(loop, in: point.range)
    case .freeArguments:
      out.append("\(prefix)arguments")
    case .directEval(let call):
      out.append("eval")
      if let argument = call.argument {
        out.copy(SourceRange(cursor, argument.start), of: module.source.bytes)
        out.append("\(prefix).v(eval,\(evalCount),")
        cursor = argument.start
        closers.append((argument.end, ")"))
      }
      evalCount += 1
    case .indirectEval(let callee, let argument):
      out.append("(")
      out.copy(SourceRange(cursor, argument.start), of: module.source.bytes)
      out.append("\(prefix).e(\(callee),")
      cursor = argument.start
      closers.append((argument.end, ")"))
    case .usingScope(let scope):
      cursor = point.range.start
      out.append(using.opening(scope, of: module.source))
      closers.append((point.range.end, using.closing(scope)))
    case .usingKeyword:
      out.append("const")
    case .usingInitializer(let name, let start, let isAsync):
      cursor = start
      out.copy(SourceRange(point.range.start, start), of: module.source.bytes)
      out.mark(start)
      let words = using.initializer(name, isAsync: isAsync)
      out.append(words.opening)
      closers.append((point.range.end, words.closing))
    case .bodyFunction(let number):
      out.append(using.function(number))
    case .asyncShorthand:
      out.append("async:")
    case .bareField:
      out.copy(point.range, of: module.source.bytes)
      out.append(";")
    }
  }

  private mutating func emit(reference index: Int, _ form: RewritePoint.ReferenceForm) {
    let name = module.importEntries[index].localName
    switch form {
    case .value:
      let parameter = parameter(ofImport: index)
      out.append(prefix)
      out.append(decimal: parameter)
      out.append("()")
    case .newCallee:
      out.append("(\(prefix)\(parameter(ofImport: index))())")
    case .shorthand:
      out.append("\(name):\(prefix)\(parameter(ofImport: index))()")
    case .assignmentTarget:
      out.append(writable(index))
    case .shorthandTarget:
      out.append("\(name):\(writable(index))")
    case .staticMember(let member, let inNew):
      let getter: String
      var rest = ""
      if hasStaticMember(index, member) {
        getter = "\(prefix)\(parameter(ofMember: member, import: index))()"
      } else {
        getter = "\(prefix)\(parameter(ofImport: index))()"
        rest = ".\(member)"
      }
      out.append((inNew ? "(\(getter))" : getter) + rest)
    }
  }

  /// `L: for await (HEAD of ITERABLE) BODY` as a loop over yields, with AsyncIteratorClose on every
  /// way out. The `try` stands outside the labels, so that `continue L` still finds a loop.
  /// https://tc39.es/ecma262/#sec-runtime-semantics-forin-div-ofbodyevaluation-lhs-stmt-iterator-lhskind-labelset
  private mutating func emit(_ loop: RewritePoint.ForAwait, in statement: SourceRange) {
    let i = "\(prefix)i\(forAwaitCount)"
    forAwaitCount += 1
    out.append("{const \(i)=\(prefix).f(")
    emit(loop.iterable)
    out.append(");try{")
    // Its labels: names only. `emit` would find this very loop again.
    out.copy(SourceRange(statement.start, loop.opening.start), of: module.source.bytes)
    let place = loop.opening.start
    out.append("for(;;){\(i).r(yield \(prefix).a(\(i).n(),\(place)));if(\(i).d)break;")
    if loop.declarationKeyword != nil {
      emit(loop.head)
      out.append("=\(i).v;")
    } else {
      out.append("(")
      emit(loop.head)
      out.append("=\(i).v);")
    }
    emit(loop.body)
    out.append("}}catch(\(i)e){\(i).e(\(i)e)}finally{if(\(i).o())")
    out.append("try{\(i).z(yield \(prefix).a(\(i).t(),\(place)))}catch(\(i)e){\(i).x(\(i)e)}}}")
  }
}

extension ImportPhase {
  /// The environment object's method for `import()`, `import.source()`, `import.defer()`.
  var importFunction: String {
    switch self {
    case .evaluation: "i"
    case .source: "is"
    case .defer: "id"
    }
  }
}

extension Array {
  /// The first index whose element satisfies a predicate that holds from some index on.
  func partitioningIndex(_ belongsInSecond: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if belongsInSecond(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
