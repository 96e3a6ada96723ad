/// What stands before the lines of a fence: blanks, and the `>` of quotations.
struct FencePrefix {
  let text: String

  /// The line without it, or without as much of it as it has: who writes by hand does not count
  /// blanks. Nil for a line outside of the quotation.
  func stripped(from line: Substring) -> Substring? {
    if line.utf8.starts(with: text.utf8) {
      return Substring(line.utf8.dropFirst(text.utf8.count))
    }
    var rest = line.utf8[...]
    var isAfterQuotation = false
    for sign in text.utf8 {
      if sign == UInt8(ascii: ">") {
        rest = rest.drop { $0 == 0x20 || $0 == 0x09 }
        guard rest.popFirst() == sign else { return nil }
      } else if rest.first == 0x20 || rest.first == 0x09 {
        rest.removeFirst()
      }
      isAfterQuotation = sign == UInt8(ascii: ">")
    }
    if isAfterQuotation, rest.first == 0x20 { rest.removeFirst() }
    return Substring(rest)
  }
}
