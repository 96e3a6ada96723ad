internal import VMModules

/// The named modules of a session, in the order of their definition.
package struct Registry {
  private var entries: [String: ModuleEntry] = [:]
  private var order: [String] = []
  /// Replaced entries, which something linked may still refer to.
  private(set) var replaced: [ModuleEntry] = []
  /// A name that takes the most columns; it sets the column of names in what is shown.
  private(set) var widestName = ""
  private var widestWidth = 0
  /// How many entries were ever added.
  private(set) var additions = 0
  /// Of a name, the least number that may be free: those before it are taken.
  private var freeNumbers: [String: Int] = [:]

  /// `order` is always the keys of `entries`.
  package var names: [String] { order }
  var all: [ModuleEntry] { order.compactMap { entries[$0] } }
  var count: Int { entries.count }

  /// The last entries, as long as they are such.
  func last(while isSuch: (ModuleEntry) -> Bool) -> [ModuleEntry] {
    var last: [ModuleEntry] = []
    for name in order.reversed() {
      guard let entry = entries[name], isSuch(entry) else { break }
      last.append(entry)
    }
    return last.reversed()
  }

  package subscript(name: String) -> ModuleEntry? { entries[name] }

  /// Adds an entry, in place of one with its name.
  mutating func add(_ entry: ModuleEntry) {
    additions += 1
    if let old = entries.updateValue(entry, forKey: entry.name) {
      old.isReplaced = true
      replaced.append(old)
    } else {
      order.append(entry.name)
      measure(entry.name)
    }
    entry.module.payload = entry
  }

  mutating func remove(_ name: String) {
    if let old = entries.removeValue(forKey: name) {
      old.isReplaced = true
      replaced.append(old)
      order.removeAll { $0 == name }
      freeNumbers = [:]
      if name == widestName {
        (widestName, widestWidth) = ("", 0)
        for name in order { measure(name) }
      }
    }
  }

  private mutating func measure(_ name: String) {
    let width = EventRenderer.nameWidth(of: CollectionOfOne(name))
    if width > widestWidth { (widestName, widestWidth) = (name, width) }
  }

  mutating func removeAll() {
    entries = [:]
    order = []
    replaced = []
    freeNumbers = [:]
    (widestName, widestWidth) = ("", 0)
  }

  /// Forgets replaced entries whose modules no longer exist.
  mutating func forgetReplaced(except isAlive: (ModuleEntry) -> Bool) {
    replaced.removeAll { !isAlive($0) }
  }

  /// `name`, or `name#2`, `name#3` … when it is taken.
  mutating func freeName(for name: String) -> String {
    guard entries[name] != nil else { return name }
    var number = freeNumbers[name] ?? 2
    while entries["\(name)#\(number)"] != nil { number += 1 }
    freeNumbers[name] = number
    return "\(name)#\(number)"
  }
}
