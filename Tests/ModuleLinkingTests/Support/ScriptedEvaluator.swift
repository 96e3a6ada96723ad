import ModuleLinking

/// What a scripted body throws.
final class Thrown: ThrownValue {
  let name: String

  init(_ name: String) {
    self.name = name
  }
}

/// An engine whose bodies only say that they ran. Modules with top-level await wait until they are
/// settled by hand.
final class ScriptedEvaluator: ModuleEvaluator {
  /// `a` ran, `a…` began and awaits, `a!` threw.
  private(set) var log: [String] = []
  private(set) var initialized: [String] = []
  /// Modules whose bodies throw.
  var throwing: [String: Thrown] = [:]
  /// Called in the middle of a body.
  var inside: [String: () -> Void] = [:]
  private(set) var awaiting: [(name: String, settled: ((any ThrownValue)?) -> Void)] = []

  func initializeEnvironment(of module: SourceTextModuleRecord) {
    initialized.append(module.identifier)
  }

  func executeModule(_ module: SourceTextModuleRecord) -> (any ThrownValue)? {
    run(module)
  }

  func executeSyntheticModule(_ module: SyntheticModuleRecord) -> (any ThrownValue)? {
    run(module)
  }

  func executeAsyncModule(
    _ module: SourceTextModuleRecord, settled: @escaping ((any ThrownValue)?) -> Void
  ) {
    log.append(module.identifier + "…")
    inside[module.identifier]?()
    awaiting.append((module.identifier, settled))
  }

  private func run(_ module: ModuleRecord) -> Thrown? {
    inside[module.identifier]?()
    let thrown = throwing[module.identifier]
    log.append(module.identifier + (thrown == nil ? "" : "!"))
    return thrown
  }

  /// Lets the body of `name` come to its end, in a job so to say.
  func settle(_ name: String) {
    guard let position = awaiting.firstIndex(where: { $0.name == name }) else { return }
    settle(at: position)
  }

  func settle(at position: Int) {
    let (name, settled) = awaiting.remove(at: position)
    let thrown = throwing[name]
    log.append(name + (thrown == nil ? "" : "!"))
    settled(thrown)
  }

  var trace: String { log.joined(separator: " ") }
}
