internal import VMModules

/// The named modules of a session, in the order of their definition.
package struct Registry {
  private(set) var all: [ModuleEntry] = []
  /// Where an entry stands in `all`, by its name.
  private var places: [String: Int] = [:]
  /// Replaced entries, which something linked may still refer to.
  private(set) var replaced: [ModuleEntry] = []
  /// A name that takes the most columns; it sets the column of names in what is shown.
  private(set) var widestName = ""
  private var widestWidth = 0
  /// How many entries were ever added.
  private(set) var additions = 0
  /// Of a name, the least number that may be free: those before it are taken.
  private var freeNumbers: [String: Int] = [:]

  package var names: [String] { all.map(\.name) }
  var count: Int { all.count }

  /// The last entries, as long as they are such.
  func last(while isSuch: (ModuleEntry) -> Bool) -> [ModuleEntry] {
    Array(all.reversed().prefix(while: isSuch).reversed())
  }

  package subscript(name: String) -> ModuleEntry? { places[name].map { all[$0] } }

  /// Adds an entry, in place of one with its name.
  mutating func add(_ entry: ModuleEntry) {
    additions += 1
    if let place = places[entry.name] {
      all[place].isReplaced = true
      replaced.append(all[place])
      all[place] = entry
    } else {
      places[entry.name] = all.count
      all.append(entry)
      measure(entry.name)
    }
    entry.module.payload = entry
  }

  mutating func remove(_ name: String) {
    guard let place = places.removeValue(forKey: name) else { return }
    all[place].isReplaced = true
    replaced.append(all.remove(at: place))
    for index in place..<all.count { places[all[index].name] = index }
    freeNumbers = [:]
    if name == widestName {
      (widestName, widestWidth) = ("", 0)
      for entry in all { measure(entry.name) }
    }
  }

  private mutating func measure(_ name: String) {
    let width = EventRenderer.nameWidth(of: CollectionOfOne(name))
    if width > widestWidth { (widestName, widestWidth) = (name, width) }
  }

  mutating func removeAll() {
    all = []
    places = [:]
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
    guard places[name] != nil else { return name }
    var number = freeNumbers[name] ?? 2
    while places["\(name)#\(number)"] != nil { number += 1 }
    freeNumbers[name] = number
    return "\(name)#\(number)"
  }
}
