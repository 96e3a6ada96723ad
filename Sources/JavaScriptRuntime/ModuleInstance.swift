internal import CJavaScriptCore
public import ModuleLinking
internal import ModuleSyntax

/// A module record's body and bindings in the engine.
///
/// The body is compiled when it runs, or when its environment is first observed. Only in the second
/// case, and for top-level await, it is made a generator, whose first step makes the environment.
public final class ModuleInstance {
  public let realm: Realm
  public unowned let record: ModuleRecord
  package private(set) var slot = -1
  private var phase = Phase.none
  private var style = BodyRewriter.Style.function
  /// The body says where it is: see `RuntimeHooks.statement`.
  public private(set) var marksStatements = false
  private var keepsLocals = true
  /// The evaluation was given up: the body runs no further.
  private(set) var isGivenUp = false
  /// Under which the body runs.
  private var url: String?
  private var knownLocalPlaces: [[UInt8]: LocalPlace]?
  /// Where direct evals stand, in the order in which the rewriter counts them.
  private lazy var evalSites: [RewritePoint.DirectEval] =
    record.asSourceText?.parsed.rewritePoints.compactMap {
      if case .directEval(let site) = $0.kind { return site } else { return nil }
    } ?? []

  private enum Phase {
    /// Nothing of it is in the engine.
    case none
    /// The environment exists; the body has not begun.
    case environment
    case running
    /// The environment could not be made.
    case failed
  }

  public init(record: ModuleRecord, realm: Realm) {
    self.record = record
    self.realm = realm
    slot = realm.allocateSlot(for: self)
  }

  deinit {
    if let url { realm.texts.leave(url) }
    realm.releaseSlot(slot, wasEntered: phase != .none)
  }

  // MARK: - Evaluation

  /// ExecuteModule ( ) of a module without top-level await.
  public func execute() -> JavaScriptThrown? {
    do throws(ScriptFailure) {
      if phase == .environment {
        phase = .running
        _ = try realm.callPrelude(.resume, [realm.number(Double(slot))])
      } else {
        phase = .running
        _ = try realm.callPrelude(.run, try compile(as: .function))
      }
      return nil
    } catch {
      return isGivenUp ? JavaScriptThrown(stopped: .interrupted) : error.thrown
    }
  }

  /// Lets the body, which waits or is before a statement, go on no more.
  public func giveUp() {
    isGivenUp = true
    if phase == .running { _ = try? realm.callPrelude(.drop, [realm.number(Double(slot))]) }
  }

  /// ExecuteModule ( capability ) of a module with top-level await.
  public func executeAsync(_ settled: @escaping (JavaScriptThrown?) -> Void) {
    if phase == .none, let thrown = makeEnvironment() {
      realm.engine.enqueue { settled(thrown) }
      return
    }
    phase = .running
    let callback = NativeFunction.make(in: realm) { [realm] call in
      settled(call.bool(0) ? realm.engine.failure(call[1], in: realm) : nil)
      return nil
    }
    do throws(ScriptFailure) {
      _ = try realm.callPrelude(
        .drive,
        [
          realm.number(Double(slot)), JSValueMakeBoolean(realm.context, marksStatements), callback,
        ])
    } catch {
      let thrown = error.thrown
      realm.engine.enqueue { settled(thrown) }
    }
  }

  /// InitializeEnvironment ( ): functions become callable, variables undefined, the others stay
  /// uninitialised. Does nothing when the environment exists.
  public func makeEnvironment() -> JavaScriptThrown? {
    guard phase == .none else { return nil }
    do throws(ScriptFailure) {
      phase = .environment
      if let synthetic = record.asSynthetic {
        _ = try realm.callPrelude(
          .synthesize,
          [realm.number(Double(slot)), realm.number(Double(synthetic.exportNames.count))])
      } else {
        _ = try realm.callPrelude(.start, try compile(as: .generator))
      }
      return nil
    } catch {
      phase = .failed
      return error.thrown
    }
  }

  /// The function of the body, this module's slot, and slot and index of each imported binding.
  private func compile(as style: BodyRewriter.Style) throws(ScriptFailure) -> [JSValueRef?] {
    guard let record = record.asSourceText else { return [] }
    self.style = style
    marksStatements = realm.engine.hooks.marksStatements
    keepsLocals = realm.engine.hooks.keepsLocals
    let body = rewrittenBody()
    guard let text = JavaScriptString.make(body.text.bytes) else { return [] }
    defer { JSStringRelease(text) }
    let url = realm.texts.add(
      ModulePlaces(
        record, as: style, marksStatements: marksStatements, keepsLocals: keepsLocals,
        body.parameters))
    self.url = url
    let function = try realm.evaluate(text, name: url)
    var arguments: [JSValueRef?] = [function, realm.number(Double(slot))]
    arguments.reserveCapacity(2 + 2 * body.parameters.count)
    for parameter in body.parameters {
      guard let (slot, index) = location(of: parameter) else { continue }
      arguments.append(realm.number(Double(slot)))
      arguments.append(realm.number(Double(index)))
    }
    return arguments
  }

  private func rewrittenBody() -> BodyRewriter.Body {
    guard let record = record.asSourceText else {
      return BodyRewriter.rewrite(
        ParsedModule(source: SourceText("", name: "")), as: .function
      ) { _, _ in false }
    }
    return BodyRewriter.rewrite(
      record.parsed, as: style, marksStatements: marksStatements, keepsLocals: keepsLocals
    ) { index, name in
      binding(ofMember: name, import: index) != nil
    }
  }

  /// The `await` of the top level at which the body waits: where it begins in the source, in bytes, and
  /// the number of the `import()` whose promise is its operand, 0 for none. Nil when the body does not
  /// wait at one.
  public var pendingAwait: (offset: Int, importNumber: Int)? {
    guard phase == .running, record.asSourceText?.hasTLA == true,
      let pair = try? realm.callPrelude(.waiting, [realm.number(Double(slot))]),
      let array = realm.object(pair)
    else { return nil }
    func number(_ index: UInt32) -> Int {
      Int(realm.double(realm.element(Int(index), of: array)))
    }
    return number(0) < 0 ? nil : (number(0), number(1))
  }

  // MARK: - Bindings

  /// Where a parameter of the body finds its getter: the slot of a module and an index into its
  /// getters, -1 for its namespace, -2 for its deferred namespace.
  private func location(of parameter: BodyRewriter.Parameter) -> (slot: Int, index: Int)? {
    guard let record = record.asSourceText else { return nil }
    switch parameter {
    case .binding(let index):
      guard index < record.importBindings.count else { return nil }
      return location(of: record.importBindings[index])
    case .member(let index, let name):
      return binding(ofMember: name, import: index).map { location(of: $0) }
    }
  }

  private func location(of binding: ResolvedBinding) -> (slot: Int, index: Int) {
    let slot = realm.engine.hooks.instance(binding.module)?.slot ?? -1
    return (slot, binding.exportIndex ?? (binding.isDeferredNamespace ? -2 : -1))
  }

  private func binding(ofMember name: String, import index: Int) -> ResolvedBinding? {
    guard let record = record.asSourceText, index < record.importBindings.count else { return nil }
    let entry = record.parsed.importEntries[index]
    guard entry.importName == .namespace, record.parsed.requests[entry.request].phase != .defer
    else { return nil }
    return record.importBindings[index].module.resolveExport(name).binding
  }

  /// The exports of the namespace object, sorted, with the place of each one's getter.
  func namespaceShape() -> [(name: String, slot: Int, index: Int)] {
    record.namespaceExports().map { export in
      let place = location(of: export.binding)
      return (export.name, place.slot, place.index)
    }
  }

  /// The namespace object; the same one every time. Makes no environment.
  public func namespaceObject() -> JavaScriptValue? {
    (try? realm.callPrelude(.namespace, [realm.number(Double(slot))])).map {
      JavaScriptValue($0, in: realm)
    }
  }

  /// The namespace object of `import defer`: looking into it evaluates the module.
  public func deferredNamespaceObject() -> JavaScriptValue? {
    (try? realm.callPrelude(.deferredNamespace, [realm.number(Double(slot))])).map {
      JavaScriptValue($0, in: realm)
    }
  }

  /// The value of a binding, made by observing the environment.
  public enum Binding {
    case value(JavaScriptValue)
    case uninitialized
  }

  /// Reads a resolved binding as code in this module's realm would.
  public func read(_ binding: ResolvedBinding) -> Binding {
    let place = location(of: binding)
    return read(slot: place.slot, index: place.index)
  }

  private func read(slot: Int, index: Int) -> Binding {
    read(
      try? realm.callPrelude(
        .peek, [realm.number(Double(slot)), realm.number(Double(index))]))
  }

  private func read(_ pair: JSValueRef?) -> Binding {
    guard let pair, let array = realm.object(pair),
      JSValueToBoolean(realm.context, realm.element(0, of: array))
    else { return .uninitialized }
    return .value(JavaScriptValue(realm.element(1, of: array), in: realm))
  }

  /// Reads a binding of the module's own environment.
  public func readLocal(_ name: String) -> Binding {
    guard let parsed = record.asSourceText?.parsed else { return .uninitialized }
    switch localPlaces(parsed)[Array(name.utf8)] {
    case .export(let index): return read(slot: slot, index: index)
    case .declaration(let index): return binding(.peekLocal, index)
    case nil: return .uninitialized
    }
  }

  private enum LocalPlace {
    case export(Int)
    case declaration(Int)
  }

  /// Where the getter of a local name is found: among those of the exports, if it is exported.
  private func localPlaces(_ parsed: ParsedModule) -> [[UInt8]: LocalPlace] {
    if let knownLocalPlaces { return knownLocalPlaces }
    var places: [[UInt8]: LocalPlace] = [:]
    for (index, entry) in parsed.localExportEntries.enumerated().reversed() {
      places[Array(entry.localName.utf8)] = .export(index)
    }
    for (index, declaration) in parsed.declarations.enumerated().reversed() {
      let name = Array(declaration.name.utf8)
      if case .export = places[name] { continue }
      places[name] = .declaration(index)
    }
    knownLocalPlaces = places
    return places
  }

  private func binding(_ function: PreludeFunction, _ index: Int) -> Binding {
    read(
      try? realm.callPrelude(
        function, [realm.number(Double(slot)), realm.number(Double(index))]))
  }

  /// Sets an export of a synthetic module.
  public func setExport(_ index: Int, to value: JavaScriptValue) {
    _ = makeEnvironment()
    _ = try? realm.callPrelude(
      .setCell, [realm.number(Double(slot)), realm.number(Double(index)), value.raw])
  }

  /// What the person wrote where a parameter of the body stands.
  func name(ofParameter index: Int) -> String {
    let parameters = rewrittenBody().parameters
    guard let record = record.asSourceText, index < parameters.count else { return "" }
    if case .member(_, let member) = parameters[index] { return member }
    return record.parsed.name(of: parameters[index])
  }

  // MARK: - Direct eval

  /// The text of a direct eval with the names of imports rewritten.
  func rewrittenEval(_ text: String, site: Int) throws(SyntaxError) -> String {
    guard let record = record.asSourceText, site < evalSites.count else { return text }
    let place = evalSites[site]
    var visible: [String: Int] = [:]
    for (index, entry) in record.parsed.importEntries.enumerated()
    where !place.shadowed.contains(entry.localName) {
      visible[entry.localName] = index
    }
    return try EvalRewriter.rewrite(
      text, visibleImports: visible, site: place,
      in: rewrittenBody(), cell: realm.engine.newCell())
  }
}
