internal import CJavaScriptCore

/// Strings between Swift and JavaScriptCore.
enum JavaScriptString {
  /// A new JSStringRef; the caller releases it.
  static func make(_ text: String) -> JSStringRef? {
    var text = text
    return text.withUTF8 { bytes in make(bytes) }
  }

  static func make(_ bytes: [UInt8]) -> JSStringRef? {
    bytes.withUnsafeBufferPointer { make($0) }
  }

  private static func make(_ bytes: UnsafeBufferPointer<UInt8>) -> JSStringRef? {
    // An ASCII text becomes an 8-bit string there: half the memory. NUL ends that function's text.
    if bytes.contains(0) {
      let units = Array(String(decoding: bytes, as: UTF8.self).utf16)
      return JSStringCreateWithCharacters(units, units.count)
    }
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: bytes.count + 1) { buffer in
      for i in bytes.indices { buffer[i] = CChar(bitPattern: bytes[i]) }
      buffer[bytes.count] = 0
      guard let start = buffer.baseAddress else { return nil }
      return JSStringCreateWithUTF8CString(start)
    }
  }

  /// The text of a JSStringRef, read as UTF-16; lone surrogates become U+FFFD.
  static func text(_ string: JSStringRef) -> String {
    let units = units(of: string)
    guard isASCII(units) else { return String(decoding: units, as: UTF16.self) }
    // Each of the `units.count` bytes that there is room for is written once.
    return String(unsafeUninitializedCapacity: units.count) { bytes in
      for index in units.indices { bytes[index] = UInt8(truncatingIfNeeded: units[index]) }
      return units.count
    }
  }

  /// The same in UTF-8.
  static func utf8(_ string: JSStringRef) -> [UInt8] {
    let units = units(of: string)
    return isASCII(units)
      ? units.map { UInt8(truncatingIfNeeded: $0) }
      : Array(String(decoding: units, as: UTF16.self).utf8)
  }

  /// They belong to the string, and are there as long as it is.
  private static func units(of string: JSStringRef) -> UnsafeBufferPointer<UInt16> {
    let length = JSStringGetLength(string)
    guard length > 0 else { return UnsafeBufferPointer(start: nil, count: 0) }
    return UnsafeBufferPointer(start: JSStringGetCharactersPtr(string), count: length)
  }

  private static func isASCII(_ units: UnsafeBufferPointer<UInt16>) -> Bool {
    // No early end: so the loop looks at many at a time.
    units.reduce(0, |) < 0x80
  }
}
