import Session

extension JSONValue {
  var string: String? {
    switch self {
    case .string(let text): text
    case .utf16(let units): String(decoding: units, as: UTF16.self)
    default: nil
    }
  }

  var array: [JSONValue] {
    if case .array(let values) = self { values } else { [] }
  }

  var members: [Member] {
    if case .object(let members) = self { members } else { [] }
  }

  var keys: [String] { members.map(\.key) }

  var isObject: Bool {
    if case .object = self { true } else { false }
  }

  var number: Int? {
    if case .int(let number) = self { number } else { nil }
  }

  /// The value in one form only: keys sorted, `raw` text read, whole numbers as `int`.
  func canonical() throws -> JSONValue {
    switch self {
    case .raw(let text): try JSONReader.value(of: text).canonical()
    case .utf16(let units): .string(String(decoding: units, as: UTF16.self))
    case .double(let number): Int(exactly: number).map(JSONValue.int) ?? self
    case .array(let values): .array(try values.map { try $0.canonical() })
    case .object(let members):
      .object(
        try members.map { Member($0.key, try $0.value.canonical()) }.sorted { $0.key < $1.key })
    default: self
    }
  }
}
