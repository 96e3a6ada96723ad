import ModuleSyntax

/// The names in the namespaces of many modules, as `namespaceExports()` gives them for one.
///
/// Each module of a chain of stars has the names of all that follow: to look them up one after another
/// would take the square of its length. Here a module with stars has a bit for each binding of a name
/// that reaches it; a name with two is ambiguous.
public struct NamespaceNames: Sendable {
  /// Something that exports of one name resolve to.
  private struct Binding: Hashable {
    var name: ExportName
    /// Nil for each of the two that an ambiguous re-export stands for.
    var module: ModuleID?
    /// Negative for what has no local name.
    var slot: Int32
    var localName: ExportName
  }

  /// The names of all bindings, in the order of their code units: those of one name are neighbours.
  private var names: [ExportName] = []
  private var ranges: [ExportName: Range<Int>] = [:]
  /// Of each binding, where the next name begins.
  private var ends: [Int] = []
  /// Of modules with stars, and of those without.
  private var reached: [ModuleID: BindingSet] = [:]
  private var listed: [ModuleID: [Int]] = [:]

  /// The modules are loaded.
  public init(of modules: [ModuleRecord]) {
    let (order, hasCycle) = Self.behindStars(of: modules)
    let resolver = ExportResolver(keepsResolutions: false)
    let exports = order.map { module in
      Self.explicitNames(of: module).flatMap { name in
        Self.bindings(of: name, resolver.resolveExport(name.text, of: module))
      }
    }
    let sorted = Set(exports.lazy.joined()).sorted {
      precedesInCodeUnits($0.name.text, $1.name.text)
    }
    names = sorted.map(\.name)
    var places: [Binding: Int] = [:]
    for (place, binding) in sorted.enumerated() {
      places[binding] = place
      ranges[binding.name] = (ranges[binding.name]?.lowerBound ?? place)..<(place + 1)
    }
    ends = names.map { ranges[$0]?.upperBound ?? 0 }
    let own = exports.map { $0.compactMap { places[$0] } }
    // What is behind a star comes first. Only where stars lead back one round is not enough.
    var isComplete = false
    while !isComplete {
      isComplete = true
      for (module, own) in zip(order, own) where update(module, own) { isComplete = !hasCycle }
    }
  }

  /// The modules and what their stars lead to, each once, those behind a star before those in front
  /// of it, as far as stars do not lead back.
  private static func behindStars(of modules: [ModuleRecord]) -> ([ModuleRecord], hasCycle: Bool) {
    var order: [ModuleRecord] = []
    var hasCycle = false
    /// False while what is behind the module is being looked at.
    var isFinished: [ModuleRecord: Bool] = [:]
    for module in modules {
      var frames: [(module: ModuleRecord, nextStar: Int)] = []
      func enter(_ module: ModuleRecord) {
        if let isFinished = isFinished[module] {
          if !isFinished { hasCycle = true }
          return
        }
        isFinished[module] = false
        frames.append((module, 0))
      }
      enter(module)
      while let (module, next) = frames.last {
        let stars = module.asSourceText?.parsed.starExportEntries ?? []
        guard next < stars.count else {
          isFinished[module] = true
          order.append(module)
          frames.removeLast()
          continue
        }
        frames[frames.count - 1].nextStar += 1
        if let target = module.asSourceText?.loadedModules[stars[next].request] { enter(target) }
      }
    }
    return (order, hasCycle)
  }

  private static func explicitNames(of module: ModuleRecord) -> [ExportName] {
    guard let parsed = module.asSourceText?.parsed else {
      return (module.asSynthetic?.exportNames ?? []).map { ExportName($0) }
    }
    return parsed.localExportEntries.map { ExportName($0.exportName) }
      + parsed.indirectExportEntries.map { ExportName($0.exportName) }
  }

  private static func bindings(of name: ExportName, _ resolution: ExportResolution) -> [Binding] {
    switch resolution {
    case .unresolved: return []
    case .ambiguous:
      return [0, 1].map {
        Binding(name: name, module: nil, slot: $0, localName: ExportName(""))
      }
    case .resolved(let binding):
      var local = ""
      if case .name(let name) = binding.bindingName { local = name }
      return [
        Binding(
          name: name, module: binding.module.id, slot: min(binding.slot, 0),
          localName: ExportName(local))
      ]
    }
  }

  /// Finds what reaches a module, given what reaches those behind its stars. Whether that is more than
  /// before.
  private mutating func update(_ module: ModuleRecord, _ own: [Int]) -> Bool {
    guard let source = module.asSourceText, !source.parsed.starExportEntries.isEmpty else {
      return listed.updateValue(own.sorted(), forKey: module.id) == nil
    }
    var bindings = BindingSet(capacity: names.count)
    for entry in source.parsed.starExportEntries {
      guard let target = source.loadedModules[entry.request] else { continue }
      if let behind = reached[target.id] {
        bindings.formUnion(behind)
      } else {
        for binding in listed[target.id] ?? [] { bindings.insert(binding) }
      }
    }
    if let range = ranges[ExportName("default")] { bindings.remove(range) }
    for name in Self.explicitNames(of: module) {
      if let range = ranges[name] { bindings.remove(range) }
    }
    for binding in own { bindings.insert(binding) }
    let before = reached.updateValue(bindings, forKey: module.id)
    return before != bindings
  }

  /// The first names of the namespace of a module, in the order of their code units, and how many
  /// there are.
  public func names(of module: ModuleID, atMost limit: Int = .max) -> (first: [String], count: Int)
  {
    var first: [String] = []
    var count = 0
    /// The place of a binding whose name has no second one so far.
    var candidate: Int?
    var end = 0
    func finish() {
      guard let place = candidate else { return }
      count += 1
      if first.count < limit { first.append(names[place].text) }
      candidate = nil
    }
    func add(_ place: Int) {
      if place < end {
        candidate = nil
        return
      }
      finish()
      candidate = place
      end = ends[place]
    }
    if let bindings = reached[module] {
      bindings.forEach(add)
    } else {
      listed[module]?.forEach(add)
    }
    finish()
    return (first, count)
  }

  public func contains(_ name: String, of module: ModuleID) -> Bool {
    guard let range = ranges[ExportName(name)] else { return false }
    let bindings = reached[module]
    let count = range.reduce(0) { count, place in
      count + (bindings?.contains(place) ?? (listed[module]?.contains(place) == true) ? 1 : 0)
    }
    return count == 1
  }
}

/// A set of places.
private struct BindingSet: Equatable, Sendable {
  private var words: [UInt64]

  init(capacity: Int) {
    words = Array(repeating: 0, count: (capacity + 63) / 64)
  }

  func contains(_ place: Int) -> Bool { words[place / 64] >> UInt64(place % 64) & 1 == 1 }

  mutating func insert(_ place: Int) { words[place / 64] |= 1 << UInt64(place % 64) }

  mutating func remove(_ places: Range<Int>) {
    for place in places { words[place / 64] &= ~(1 << UInt64(place % 64)) }
  }

  mutating func formUnion(_ other: BindingSet) {
    for word in words.indices { words[word] |= other.words[word] }
  }

  func forEach(_ body: (Int) -> Void) {
    for (index, word) in words.enumerated() {
      var rest = word
      while rest != 0 {
        body(64 * index + rest.trailingZeroBitCount)
        rest &= rest - 1
      }
    }
  }
}
