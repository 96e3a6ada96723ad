// Values of a journal, within the bounds that a session keeps: no damage makes a number overflow.
extension JSONValue {
  /// How many there are of something, or its number.
  var count: Int? {
    if case .int(let number) = self, (0...Self.limit).contains(number) { number } else { nil }
  }

  var integer: Int? {
    if case .int(let number) = self { number } else { nil }
  }

  /// In milliseconds.
  var moment: Double? {
    switch self {
    case .int(let number): number.magnitude <= Self.limit ? Double(number) : nil
    case .double(let number): number.magnitude <= Double(Self.limit) ? number : nil
    default: nil
    }
  }

  var words: String? {
    if case .string(let text) = self { text } else { nil }
  }

  var elements: [JSONValue]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  /// Every element, or nothing.
  func all<Element>(_ read: (JSONValue) -> Element?) -> [Element]? {
    guard let elements else { return nil }
    var all: [Element] = []
    for element in elements {
      guard let element = read(element) else { return nil }
      all.append(element)
    }
    return all
  }

  /// The texts of an object by their keys.
  var texts: [String: String]? {
    guard case .object(let members) = self else { return nil }
    var texts: [String: String] = [:]
    for member in members {
      guard let text = member.value.words else { return nil }
      texts[member.key] = text
    }
    return texts
  }

  /// No session counts so far.
  private static let limit = 1 << 53
}

extension JSONValue? {
  /// What is there, or that nothing is; nil for what is there and cannot be read.
  func read<Value>(_ read: (JSONValue) -> Value?) -> Value?? {
    guard let self, self != .null else { return .some(nil) }
    guard let value = read(self) else { return nil }
    return .some(value)
  }
}
