/// Writes JSON as UTF-8, on one line.
package struct JSONWriter {
  package private(set) var bytes: [UInt8] = []

  package init() {}

  package var text: String { String(decoding: bytes, as: UTF8.self) }

  /// Ends an object of a stream.
  package mutating func endLine() { bytes.append(0x0A) }

  package mutating func write(_ value: JSONValue) {
    switch value {
    case .null: append("null")
    case .bool(let flag): append(flag ? "true" : "false")
    case .int(let number): bytes.append(contentsOf: String(number).utf8)
    case .double(let number): write(number)
    case .string(let text): write(text)
    case .utf16(let units): write(units)
    case .raw(let text): write(raw: text)
    case .array(let values):
      bytes.append(UInt8(ascii: "["))
      for (index, value) in values.enumerated() {
        if index > 0 { append(", ") }
        write(value)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let members):
      bytes.append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { append(", ") }
        write(member.key)
        append(": ")
        write(member.value)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  /// JSON of the engine, which has no escapes for DEL and the C1 controls.
  private mutating func write(raw text: String) {
    var previous: UInt8 = 0
    for byte in text.utf8 {
      if byte == 0x7F {
        escape(0x7F)
      } else if previous == 0xC2, byte < 0xA0 {
        bytes.removeLast()
        escape(UInt16(byte))
      } else {
        bytes.append(byte)
      }
      previous = byte
    }
  }

  private mutating func append(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  private mutating func write(_ number: Double) {
    // JSON has no infinities and no NaN; JSON.stringify writes null for them.
    guard number.isFinite else { return append("null") }
    if number == number.rounded(), abs(number) < 1e15 {
      bytes.append(contentsOf: String(Int(number)).utf8)
    } else {
      bytes.append(contentsOf: number.description.utf8)
    }
  }

  private mutating func write(_ text: String) {
    bytes.append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { buffer in
      var plain = 0
      for i in 0..<buffer.count {
        let byte = buffer[i]
        // Beside what JSON demands: DEL and the C1 controls (C2 80…9F), which act on terminals.
        let isC1 = byte == 0xC2 && i + 1 < buffer.count && buffer[i + 1] < 0xA0
        // U+2028 and U+2029 (E2 80 A8, E2 80 A9) end lines for some readers.
        let isSeparator =
          byte == 0xE2 && i + 2 < buffer.count && buffer[i + 1] == 0x80
          && buffer[i + 2] & 0xFE == 0xA8
        guard
          byte < 0x20 || byte == 0x22 || byte == 0x5C || byte == 0x7F || isC1 || isSeparator
        else { continue }
        bytes.append(contentsOf: buffer[plain..<i])
        if isSeparator {
          escape(0x2000 | UInt16(buffer[i + 2] & 0x3F))
          plain = i + 3
        } else if isC1 {
          escape(UInt16(buffer[i + 1]))
          plain = i + 2
        } else {
          escape(UInt16(byte))
          plain = i + 1
        }
      }
      bytes.append(contentsOf: buffer[plain...])
    }
    bytes.append(UInt8(ascii: "\""))
  }

  /// UTF-16 text; surrogates without a partner are written as escapes.
  private mutating func write(_ units: [UInt16]) {
    bytes.append(UInt8(ascii: "\""))
    var i = 0
    while i < units.count {
      let unit = units[i]
      if UTF16.isLeadSurrogate(unit), i + 1 < units.count, UTF16.isTrailSurrogate(units[i + 1]) {
        bytes.append(contentsOf: String(decoding: units[i...i + 1], as: UTF16.self).utf8)
        i += 1
      } else if UTF16.isSurrogate(unit) || unit < 0x20 || unit == 0x22 || unit == 0x5C
        || (0x7F...0x9F).contains(unit) || unit == 0x2028 || unit == 0x2029
      {
        escape(unit)
      } else {
        bytes.append(contentsOf: String(decoding: CollectionOfOne(unit), as: UTF16.self).utf8)
      }
      i += 1
    }
    bytes.append(UInt8(ascii: "\""))
  }

  private mutating func escape(_ unit: UInt16) {
    switch unit {
    case 0x22: append("\\\"")
    case 0x5C: append("\\\\")
    case 0x08: append("\\b")
    case 0x09: append("\\t")
    case 0x0A: append("\\n")
    case 0x0C: append("\\f")
    case 0x0D: append("\\r")
    default:
      append("\\u")
      for shift in [12, 8, 4, 0] as [UInt16] {
        let digit = UInt8(unit >> shift & 0xF)
        bytes.append(digit < 10 ? 0x30 + digit : 0x57 + digit)
      }
    }
  }
}
