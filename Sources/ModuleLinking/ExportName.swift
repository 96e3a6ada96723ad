/// Up to this many exports are searched in place; more get an index.
let smallExportCount = 8

/// Whether two names are the same to ECMAScript, which compares code units; `String.==` takes
/// canonically equivalent texts for equal.
@inline(__always)
func sameName(_ left: String, _ right: String) -> Bool {
  left.utf8.count == right.utf8.count && left == right && left.utf8.elementsEqual(right.utf8)
}

/// A name as a key of dictionaries, compared by code units.
struct ExportName: Hashable {
  var text: String

  init(_ text: String) {
    self.text = text
  }

  static func == (left: ExportName, right: ExportName) -> Bool {
    sameName(left.text, right.text)
  }

  func hash(into hasher: inout Hasher) {
    let hashed: Void? = text.utf8.withContiguousStorageIfAvailable { bytes in
      hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
    }
    if hashed == nil {
      for byte in text.utf8 { hasher.combine(byte) }
    }
  }
}

/// Whether `left` comes before `right` in the order of UTF-16 code units. In UTF-8 that is the order
/// of bytes, but that U+10000 and above (surrogates) come before U+E000 to U+FFFF.
package func precedesInCodeUnits(_ left: String, _ right: String) -> Bool {
  var others = right.utf8.makeIterator()
  for byte in left.utf8 {
    guard let other = others.next() else { return false }
    if byte == other { continue }
    if byte >= 0xEE && other >= 0xEE && (byte >= 0xF0) != (other >= 0xF0) {
      return byte >= 0xF0
    }
    return byte < other
  }
  return others.next() != nil
}
