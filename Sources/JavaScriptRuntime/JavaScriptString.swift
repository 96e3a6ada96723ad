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
    let length = JSStringGetLength(string)
    guard length > 0, let start = JSStringGetCharactersPtr(string) else { return "" }
    return String(decoding: UnsafeBufferPointer(start: start, count: length), as: UTF16.self)
  }
}
