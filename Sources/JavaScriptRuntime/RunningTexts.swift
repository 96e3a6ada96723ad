internal import ModuleSyntax

/// The texts that run, each under a URL of its own: so a place of an error leads to the text that
/// ran, however many have the same name.
///
/// The URL of the first text with a name is that name. The others get a mark before it that nobody
/// sees: the text's number, in characters without width, between two of another kind.
final class RunningTexts {
  private var places: [Int: any SourcePlaces] = [:]
  /// The texts whose URL has no mark.
  private var unmarked: [String: Int] = [:]
  private var lastNumber = 0
  /// Texts of which nothing may be left but functions, the oldest first.
  private var left: [(number: Int, size: Int)] = []
  private var firstLeft = 0
  private var leftSize = 0
  /// A program may run texts without end: so many bytes of them are kept.
  private static let limit = 1 << 22

  /// The URL under which a text is to run.
  func add(_ text: any SourcePlaces) -> String {
    lastNumber += 1
    places[lastNumber] = text
    let name = Self.line(text.source.name)
    if unmarked[name] == nil, name.unicodeScalars.first != Self.bracket {
      unmarked[name] = lastNumber
      return name
    }
    return Self.mark(lastNumber) + name
  }

  /// The name of a URL, and the text that ran under it; nil for one that is forgotten, or never ran.
  func text(at url: String) -> (name: String, text: (any SourcePlaces)?) {
    let parts = Self.parts(of: url)
    let text = (parts?.number ?? unmarked[url]).flatMap { places[$0] }
    return (text?.source.name ?? parts?.name ?? url, text)
  }

  /// The text with that URL may have ended; its functions may be called for ever.
  func leave(_ url: String) {
    guard let number = Self.parts(of: url)?.number ?? unmarked[url], let text = places[number]
    else { return }
    // What its places are found with is as large again, and takes some objects.
    let size = 2 * text.source.bytes.count + 512
    left.append((number, size))
    leftSize += size
    while leftSize > Self.limit, firstLeft < left.count - 1 {
      forget(left[firstLeft].number)
      leftSize -= left[firstLeft].size
      firstLeft += 1
    }
    if firstLeft > 1024, 2 * firstLeft > left.count {
      left.removeFirst(firstLeft)
      firstLeft = 0
    }
  }

  private func forget(_ number: Int) {
    guard let text = places.removeValue(forKey: number) else { return }
    let name = Self.line(text.source.name)
    if unmarked[name] == number { unmarked[name] = nil }
  }

  /// In a stack, a line is a frame.
  private static func line(_ name: String) -> String {
    guard name.utf8.contains(UInt8(ascii: "\n")) else { return name }
    return String(decoding: name.utf8.map { $0 == UInt8(ascii: "\n") ? 0x20 : $0 }, as: UTF8.self)
  }

  // MARK: - Marks

  private static let bracket: Unicode.Scalar = "\u{2060}"
  private static let digits: [Unicode.Scalar] = ["\u{2061}", "\u{2062}", "\u{2063}", "\u{2064}"]

  private static func mark(_ number: Int) -> String {
    var scalars = [bracket]
    var rest = number
    while rest > 0 {
      scalars.append(digits[rest & 3])
      rest >>= 2
    }
    scalars.append(bracket)
    return String(String.UnicodeScalarView(scalars))
  }

  /// The number and the name of a URL with a mark; nil for one without.
  private static func parts(of url: String) -> (number: Int, name: String)? {
    let scalars = url.unicodeScalars
    guard scalars.first == bracket else { return nil }
    var number = 0
    var shift = 0
    var index = scalars.index(after: scalars.startIndex)
    while index < scalars.endIndex, scalars[index] != bracket {
      guard let digit = digits.firstIndex(of: scalars[index]), shift < 60 else { return nil }
      number |= digit << shift
      shift += 2
      scalars.formIndex(after: &index)
    }
    guard index < scalars.endIndex else { return nil }
    return (number, String(scalars[scalars.index(after: index)...]))
  }

  /// A text that may have URLs in it, without their marks.
  static func withoutMarks(_ text: String) -> String {
    guard text.unicodeScalars.contains(bracket) else { return text }
    var parts = text.unicodeScalars.split(separator: bracket, omittingEmptySubsequences: false)
    // A mark is what stands between two brackets.
    var index = 1
    while index < parts.count - 1 {
      if !parts[index].isEmpty, parts[index].allSatisfy(digits.contains) {
        parts[index - 1] = Substring.UnicodeScalarView(parts[index - 1] + parts[index + 1])
        parts.removeSubrange(index...(index + 1))
      } else {
        index += 1
      }
    }
    return String(String.UnicodeScalarView(parts.joined(separator: [bracket])))
  }

  /// The `@` between function and place in a line of JavaScriptCore's `stack`. A function's name may
  /// have one too.
  static func separator(in line: Substring) -> String.Index? {
    guard let mark = line.unicodeScalars.firstIndex(of: bracket), mark > line.startIndex else {
      return line.firstIndex(of: "@")
    }
    let before = line.unicodeScalars.index(before: mark)
    return line.unicodeScalars[before] == "@" ? before : nil
  }
}
