import ModuleSyntax

/// Who names an export explicitly, among all that a module's stars lead to.
///
/// Asking a module with many or deep stars for one name after another would walk the same stars
/// each time; with the index each name costs no more than its providers.
final class StarIndex {
  /// Modules are numbered in the preorder of a depth-first walk; the root is 0.
  private var modules: [ModuleRecord] = []
  /// By number: from which modules a star leads here, the parent in the walk's tree first.
  private var parents: [[Int32]] = []
  /// By number: the last module of its subtree.
  private var lastBelow: [Int32] = []
  /// By number: the module highest up in the tree through which every star path leads here, as far
  /// as single parents tell.
  private var gate: [Int32] = []

  private enum Providers {
    case one(Int32)
    /// Ascending.
    case several([Int32])
  }

  private var providers: [ExportName: Providers] = [:]

  init(of root: SourceTextModuleRecord) {
    Self.walk(from: root) { module, number, parent in
      if Int(number) < modules.count {
        parents[Int(number)].append(parent)
        return
      }
      modules.append(module)
      parents.append(number == 0 ? [] : [parent])
      for name in Self.explicitNames(of: module) { add(name, number) }
    }
    lastBelow = Array(0..<Int32(modules.count))
    gate = lastBelow
    for number in modules.indices.dropFirst() where parents[number].count == 1 {
      gate[number] = gate[Int(parents[number][0])]
    }
    for number in modules.indices.dropFirst().reversed() {
      let parent = Int(parents[number][0])
      lastBelow[parent] = max(lastBelow[parent], lastBelow[number])
    }
  }

  /// The number of modules that the stars of `root` lead to, and of their exports.
  static func size(of root: SourceTextModuleRecord) -> Int {
    var size = 0
    var count: Int32 = 0
    walk(from: root) { module, number, _ in
      size += 1
      guard number == count else { return }
      count += 1
      if let source = module.asSourceText {
        size += source.parsed.localExportEntries.count + source.parsed.indirectExportEntries.count
      } else {
        size += module.asSynthetic?.exportNames.count ?? 0
      }
    }
    return size
  }

  /// Calls `body` for the root and for every star: with the module that it leads to, that module's
  /// number, and the number of the module that it belongs to.
  private static func walk(
    from root: SourceTextModuleRecord,
    _ body: (_ module: ModuleRecord, _ number: Int32, _ parent: Int32) -> Void
  ) {
    var numbers: [ModuleRecord: Int32] = [:]
    var work: [(module: ModuleRecord, parent: Int32)] = [(root, 0)]
    while let (module, parent) = work.popLast() {
      if let number = numbers[module] {
        body(module, number, parent)
        continue
      }
      let number = Int32(numbers.count)
      numbers[module] = number
      body(module, number, parent)
      guard let source = module.asSourceText else { continue }
      for star in source.parsed.starExportEntries.reversed() {
        if let target = source.loadedModules[star.request] { work.append((target, number)) }
      }
    }
  }

  private static func explicitNames(of module: ModuleRecord) -> [String] {
    module.asSourceText?.ownExportNames ?? module.asSynthetic?.exportNames ?? []
  }

  private func add(_ name: String, _ number: Int32) {
    let name = ExportName(name)
    switch providers[name] {
    case nil: providers[name] = .one(number)
    case .one(let other): providers[name] = .several([other, number])
    case .several(var numbers):
      providers[name] = nil
      numbers.append(number)
      providers[name] = .several(numbers)
    }
  }

  func hasProvider(of name: ExportName) -> Bool { providers[name] != nil }

  /// The modules that name the export explicitly and that the root's stars come to; not those that
  /// are only behind another one, which hides them. The root itself must not name it.
  func providers(of name: ExportName) -> [ModuleRecord] {
    switch providers[name] {
    case nil: return []
    // Nobody else is there to hide it.
    case .one(let number): return [modules[Int(number)]]
    case .several(let numbers):
      var view = View(numbers, lastBelow)
      return numbers.filter { isVisible($0, &view) }.map { modules[Int($0)] }
    }
  }

  /// The providers of one name, as the star paths to them see each other.
  private struct View {
    let numbers: [Int32]
    /// By position in `numbers`: the position of the nearest one above it in the tree, or -1.
    private var above: [Int] = []
    private let lastBelow: [Int32]
    /// Modules to which no path leads that avoids the providers.
    var hidden: Set<Int32> = []

    init(_ numbers: [Int32], _ lastBelow: [Int32]) {
      self.numbers = numbers
      self.lastBelow = lastBelow
      for (position, number) in numbers.enumerated() {
        above.append(position == 0 ? -1 : enclosing(number, from: position - 1))
      }
    }

    private func enclosing(_ number: Int32, from position: Int) -> Int {
      var position = position
      while position >= 0 && lastBelow[Int(numbers[position])] < number {
        position = above[position]
      }
      return position
    }

    /// The first position whose provider does not come before `number`.
    private func position(of number: Int32) -> Int {
      var low = 0
      var high = numbers.count
      while low < high {
        let middle = (low + high) / 2
        if numbers[middle] < number { low = middle + 1 } else { high = middle }
      }
      return low
    }

    func contains(_ number: Int32) -> Bool {
      let position = position(of: number)
      return position < numbers.count && numbers[position] == number
    }

    /// The nearest provider above `number` in the tree.
    func nearestAbove(_ number: Int32) -> Int32? {
      let position = enclosing(number, from: position(of: number) - 1)
      return position < 0 ? nil : numbers[position]
    }
  }

  /// Whether a path of stars leads from the root to `provider` and through no other one. Mostly the
  /// tree of the walk tells; else the stars are walked backwards until it does.
  private func isVisible(_ provider: Int32, _ view: inout View) -> Bool {
    var seen: Set<Int32> = [provider]
    var work = [provider]
    while let number = work.popLast() {
      guard let above = view.nearestAbove(number) else { return true }
      if above >= gate[Int(number)] { continue }
      for parent in parents[Int(number)]
      where !view.hidden.contains(parent) && !view.contains(parent) {
        if seen.insert(parent).inserted { work.append(parent) }
      }
    }
    view.hidden.formUnion(seen)
    return false
  }
}
