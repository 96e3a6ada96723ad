internal import CJavaScriptCore

/// Reads the state of a promise without touching it. JavaScriptCore's C API has no word for that:
/// the promise's internal fields are read by their place in memory, after promises whose state is
/// known have shown that the place is right. Where it is not, states are unknown.
struct PromiseProbe {
  private var type: UInt8?
  private static let flagsWord = 2
  private static let resultWord = 3

  init(_ realm: Realm) {
    type = nil
    guard
      let sample = realm.evaluateInternal(
        "[Promise.resolve(7), (p => (p.catch(() => {}), p))(Promise.reject(8)), new Promise(() => {})]",
        name: "modlab:probe"), let list = realm.object(sample)
    else { return }
    let promises = (0..<3).compactMap { realm.object(realm.element($0, of: list)) }
    guard promises.count == 3 else { return }
    let cellType = modlab_cell_type(promises[0])
    guard promises.allSatisfy({ modlab_cell_type($0) == cellType }),
      promises.map({ Self.flags($0) & 3 }) == [1, 2, 0],
      Self.result(promises[0]).map({ realm.double($0) }) == 7,
      Self.result(promises[1]).map({ realm.double($0) }) == 8
    else { return }
    type = cellType
  }

  /// Nil when the object is no promise, or nothing can be said.
  func state(of object: JSObjectRef) -> (word: String, value: JSValueRef?)? {
    guard let type, modlab_cell_type(object) == type else { return nil }
    switch Self.flags(object) & 3 {
    case 0: return ("pending", nil)
    case 1: return ("fulfilled", Self.result(object))
    case 2: return ("rejected", Self.result(object))
    default: return nil
    }
  }

  private static func flags(_ object: JSObjectRef) -> UInt64 {
    modlab_cell_word(object, Int32(flagsWord)) & 0xFFFF_FFFF
  }

  private static func result(_ object: JSObjectRef) -> JSValueRef? {
    JSValueRef(bitPattern: UInt(modlab_cell_word(object, Int32(resultWord))))
  }
}
