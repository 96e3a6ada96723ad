/// Reads JSON as ECMA-404 has it. Objects keep the order of their keys, and keys given twice.
package struct JSONReader {
  package struct Malformed: Error {
    /// In UTF-8.
    package let offset: Int
  }

  /// Deeper than anyone writes, and shallow enough for the stack.
  private static let depthLimit = 512

  private let bytes: [UInt8]
  private var offset = 0
  private var depth = 0

  package static func value(of text: String) throws -> JSONValue {
    var reader = JSONReader(bytes: Array(text.utf8))
    let value = try reader.value()
    reader.skipSpace()
    guard reader.offset == reader.bytes.count else { throw Malformed(offset: reader.offset) }
    return value
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  private var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private mutating func skipSpace() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      offset += 1
    }
  }

  private mutating func take(_ text: StaticString) throws {
    for index in 0..<text.utf8CodeUnitCount {
      guard next == text.utf8Start[index] else { throw Malformed(offset: offset) }
      offset += 1
    }
  }

  private mutating func value() throws -> JSONValue {
    skipSpace()
    switch next {
    case UInt8(ascii: "{"): return .object(try list(until: UInt8(ascii: "}")) { try $0.member() })
    case UInt8(ascii: "["): return .array(try list(until: UInt8(ascii: "]")) { try $0.value() })
    case UInt8(ascii: "\""): return .string(try string())
    case UInt8(ascii: "t"):
      try take("true")
      return true
    case UInt8(ascii: "f"):
      try take("false")
      return false
    case UInt8(ascii: "n"):
      try take("null")
      return nil
    default: return try number()
    }
  }

  private mutating func list<Element>(
    until end: UInt8, _ element: (inout JSONReader) throws -> Element
  ) throws -> [Element] {
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else { throw Malformed(offset: offset) }
    offset += 1
    var elements: [Element] = []
    skipSpace()
    while next != end {
      if !elements.isEmpty { try take(",") }
      elements.append(try element(&self))
      skipSpace()
    }
    offset += 1
    return elements
  }

  private mutating func member() throws -> JSONValue.Member {
    skipSpace()
    let key = try string()
    skipSpace()
    try take(":")
    return JSONValue.Member(key, try value())
  }

  private mutating func number() throws -> JSONValue {
    let start = offset
    if next == UInt8(ascii: "-") { offset += 1 }
    let whole = offset
    try digits()
    if bytes[whole] == UInt8(ascii: "0"), offset > whole + 1 { throw Malformed(offset: whole) }
    if next == UInt8(ascii: ".") {
      offset += 1
      try digits()
    }
    if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
      offset += 1
      if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { offset += 1 }
      try digits()
    }
    let text = String(decoding: bytes[start..<offset], as: UTF8.self)
    if let number = Int(text) { return .int(number) }
    guard let number = Double(text) else { throw Malformed(offset: start) }
    return .double(number)
  }

  private mutating func digits() throws {
    let start = offset
    while let byte = next, (0x30...0x39).contains(byte) { offset += 1 }
    if offset == start { throw Malformed(offset: offset) }
  }

  private mutating func string() throws -> String {
    try take("\"")
    let start = offset
    while let byte = next, byte != UInt8(ascii: "\""), byte != UInt8(ascii: "\\"), byte >= 0x20 {
      offset += 1
    }
    let plain = String(decoding: bytes[start..<offset], as: UTF8.self)
    if next == UInt8(ascii: "\"") {
      offset += 1
      return plain
    }
    return try string(after: plain)
  }

  /// The rest of a string that has escapes: they stand for units of UTF-16.
  private mutating func string(after begin: String) throws -> String {
    var units = Array(begin.utf16)
    var plain = offset
    while let byte = next {
      guard byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else {
        if byte < 0x20 { throw Malformed(offset: offset) }
        offset += 1
        continue
      }
      if plain < offset { units += String(decoding: bytes[plain..<offset], as: UTF8.self).utf16 }
      offset += 1
      if byte == UInt8(ascii: "\"") {
        return units.withUnsafeBufferPointer { String(decoding: $0, as: UTF16.self) }
      }
      units.append(try escape())
      plain = offset
    }
    throw Malformed(offset: offset)
  }

  private mutating func escape() throws -> UInt16 {
    guard let byte = next else { throw Malformed(offset: offset) }
    offset += 1
    switch byte {
    case UInt8(ascii: "b"): return 8
    case UInt8(ascii: "f"): return 12
    case UInt8(ascii: "n"): return 10
    case UInt8(ascii: "r"): return 13
    case UInt8(ascii: "t"): return 9
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return UInt16(byte)
    case UInt8(ascii: "u"):
      guard offset + 4 <= bytes.count,
        let unit = UInt16(String(decoding: bytes[offset..<offset + 4], as: UTF8.self), radix: 16)
      else { throw Malformed(offset: offset) }
      guard bytes[offset] != UInt8(ascii: "+") else { throw Malformed(offset: offset) }
      offset += 4
      return unit
    default: throw Malformed(offset: offset - 1)
    }
  }
}
