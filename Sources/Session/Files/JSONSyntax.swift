/// Finds the place where a text stops being JSON, which the engine's error does not tell.
struct JSONSyntax {
  private let bytes: [UInt8]
  private var offset = 0

  /// The offset of the first byte that cannot stand there; nil when the text is JSON.
  static func firstMistake(in bytes: [UInt8]) -> Int? {
    var syntax = JSONSyntax(bytes: bytes)
    return syntax.readText() ? nil : syntax.offset
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  private enum Container {
    case object, array
  }

  private var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  private mutating func skipBlanks() {
    while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
      offset += 1
    }
  }

  private mutating func take(_ byte: Unicode.Scalar) -> Bool {
    guard next == UInt8(ascii: byte) else { return false }
    offset += 1
    return true
  }

  /// One value and nothing else. Containers are a stack, so that depth does not matter.
  private mutating func readText() -> Bool {
    var open: [Container] = []
    while true {
      skipBlanks()
      if take("{") {
        skipBlanks()
        if !take("}") {
          guard readKey() else { return false }
          open.append(.object)
          continue
        }
      } else if take("[") {
        skipBlanks()
        if !take("]") {
          open.append(.array)
          continue
        }
      } else {
        guard readScalar() else { return false }
      }
      guard endValues(&open) else { return false }
      if open.isEmpty {
        skipBlanks()
        return next == nil
      }
    }
  }

  /// After a value: closes what ends here, and goes on to where the next value begins.
  private mutating func endValues(_ open: inout [Container]) -> Bool {
    while let container = open.last {
      skipBlanks()
      if take(",") {
        skipBlanks()
        return container == .array || readKey()
      }
      guard take(container == .array ? "]" : "}") else { return false }
      open.removeLast()
    }
    return true
  }

  private mutating func readKey() -> Bool {
    guard next == UInt8(ascii: "\""), readString() else { return false }
    skipBlanks()
    return take(":")
  }

  private mutating func readScalar() -> Bool {
    switch next {
    case UInt8(ascii: "\""): return readString()
    case UInt8(ascii: "t"): return read("true")
    case UInt8(ascii: "f"): return read("false")
    case UInt8(ascii: "n"): return read("null")
    default: return readNumber()
    }
  }

  private mutating func read(_ word: String) -> Bool {
    let start = offset
    for byte in word.utf8 {
      guard next == byte else {
        offset = start
        return false
      }
      offset += 1
    }
    return true
  }

  private mutating func readString() -> Bool {
    offset += 1
    while let byte = next {
      switch byte {
      case UInt8(ascii: "\""):
        offset += 1
        return true
      case 0..<0x20: return false
      case UInt8(ascii: "\\"):
        offset += 1
        guard let escape = next, "\"\\/bfnrtu".utf8.contains(escape) else { return false }
        offset += 1
        guard escape == UInt8(ascii: "u") else { continue }
        for _ in 0..<4 {
          guard let digit = next, Character(Unicode.Scalar(digit)).isHexDigit else { return false }
          offset += 1
        }
      default: offset += 1
      }
    }
    return false
  }

  private mutating func readDigits() -> Bool {
    let start = offset
    while let byte = next, (0x30...0x39).contains(byte) { offset += 1 }
    return offset > start
  }

  private mutating func readNumber() -> Bool {
    _ = take("-")
    if !take("0"), !readDigits() { return false }
    if take("."), !readDigits() { return false }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      return readDigits()
    }
    return true
  }
}
