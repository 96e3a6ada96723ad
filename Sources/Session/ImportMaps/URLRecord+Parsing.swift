extension URLRecord {
  /// The URL parser, by the parts of a URL instead of its states.
  /// https://url.spec.whatwg.org/#concept-basic-url-parser
  package init?(_ text: String, base: URLRecord? = nil) {
    var rest = Self.trimmed(text)[...]
    let fragment = Self.cut(&rest, at: "#").map { Self.encoded($0, .fragment) }
    if let scheme = Self.takeScheme(&rest) {
      if Self.defaultPorts[scheme] != nil, let base, base.scheme == scheme, scheme != "file",
        !Self.startsWithSlash(rest, isSpecial: true)
      {
        // `https:a` stands for a relative reference when the base has the scheme.
        self.init(relative: rest, base: base, fragment: fragment)
        return
      }
      self.init(scheme: scheme, rest: rest, base: base, fragment: fragment)
      return
    }
    guard let base else { return nil }
    if base.segments == nil {
      guard rest.isEmpty, fragment != nil else { return nil }
      self = base
      self.fragment = fragment
      return
    }
    self.init(relative: rest, base: base, fragment: fragment)
  }

  /// After the scheme.
  private init?(scheme: String, rest: Substring, base: URLRecord?, fragment: String?) {
    var rest = rest
    let isSpecial = Self.defaultPorts[scheme] != nil
    if scheme == "file" {
      let own = base?.scheme == "file" ? base : nil
      self.init(
        relative: rest,
        base: own ?? URLRecord(scheme: "file", authority: "", segments: []), fragment: fragment)
      return
    }
    let query = Self.cut(&rest, at: "?").map {
      Self.encoded($0, isSpecial ? .specialQuery : .query)
    }
    if isSpecial {
      rest = rest.drop { Self.isSlash($0, true) }
      let end = rest.firstIndex { Self.isSlash($0, true) } ?? rest.endIndex
      guard let authority = Self.authority(rest[..<end], scheme: scheme), !authority.isEmpty else {
        return nil
      }
      self.init(
        scheme: scheme, authority: authority,
        segments: Self.segments(rest[end...], after: [], isSpecial: true, isFile: false),
        query: query, fragment: fragment)
      return
    }
    if rest.hasPrefix("//") {
      rest = rest.dropFirst(2)
      let end = rest.firstIndex(of: "/") ?? rest.endIndex
      guard let authority = Self.authority(rest[..<end], scheme: scheme) else { return nil }
      let path = rest[end...]
      self.init(
        scheme: scheme, authority: authority,
        segments: path.isEmpty
          ? [] : Self.segments(path, after: [], isSpecial: false, isFile: false),
        query: query, fragment: fragment)
    } else if rest.hasPrefix("/") {
      self.init(
        scheme: scheme, authority: nil,
        segments: Self.segments(rest, after: [], isSpecial: false, isFile: false), query: query,
        fragment: fragment)
    } else {
      self.init(
        scheme: scheme, authority: nil, segments: nil, opaquePath: Self.encoded(rest, .control),
        query: query, fragment: fragment)
    }
  }

  /// Against a base with a path.
  private init?(relative: Substring, base: URLRecord, fragment: String?) {
    var rest = relative
    let isSpecial = base.isSpecial
    let isFile = base.scheme == "file"
    let query = Self.cut(&rest, at: "?").map {
      Self.encoded($0, isSpecial ? .specialQuery : .query)
    }
    self = base
    self.query = query
    self.fragment = fragment
    if rest.isEmpty {
      if query == nil { self.query = base.query }
      return
    }
    guard let first = rest.first, Self.isSlash(first, isSpecial) else {
      let folder = (base.segments ?? []).dropLast()
      segments = Self.segments(rest, after: Array(folder), isSpecial: isSpecial, isFile: isFile)
      return
    }
    let afterSlash = rest.dropFirst()
    guard let second = afterSlash.first, Self.isSlash(second, isSpecial) else {
      segments = Self.segments(rest, after: [], isSpecial: isSpecial, isFile: isFile)
      return
    }
    rest = afterSlash.dropFirst()
    if isSpecial, !isFile { rest = rest.drop { Self.isSlash($0, true) } }
    let end = rest.firstIndex { Self.isSlash($0, isSpecial) } ?? rest.endIndex
    guard var authority = Self.authority(rest[..<end], scheme: scheme) else { return nil }
    if isFile, authority == "localhost" { authority = "" }
    if isSpecial, !isFile, authority.isEmpty { return nil }
    self.authority = authority
    segments = Self.segments(rest[end...], after: [], isSpecial: isSpecial, isFile: isFile)
  }

  // MARK: - Pieces

  /// Without control characters and spaces at the ends, and without tabs and line breaks anywhere.
  private static func trimmed(_ text: String) -> String {
    var scalars = Array(text.unicodeScalars)
    while let last = scalars.last, last.value <= 0x20 { scalars.removeLast() }
    let kept = scalars.drop { $0.value <= 0x20 }.filter { ![0x09, 0x0A, 0x0D].contains($0.value) }
    var result = String.UnicodeScalarView()
    result.append(contentsOf: kept)
    return String(result)
  }

  private static func cut(_ rest: inout Substring, at mark: Character) -> Substring? {
    guard let index = rest.unicodeScalars.firstIndex(where: { Character($0) == mark }) else {
      return nil
    }
    let tail = rest[rest.unicodeScalars.index(after: index)...]
    rest = rest[..<index]
    return tail
  }

  private static func takeScheme(_ rest: inout Substring) -> String? {
    let bytes = Array(rest.utf8)
    guard let first = bytes.first, isLetter(first) else { return nil }
    guard
      let end = bytes.firstIndex(where: {
        !(isLetter($0) || (0x30...0x39).contains($0) || $0 == 0x2B || $0 == 0x2D || $0 == 0x2E)
      }), bytes[end] == UInt8(ascii: ":")
    else { return nil }
    rest = rest[rest.utf8.index(rest.utf8.startIndex, offsetBy: end + 1)...]
    return String(decoding: bytes[..<end], as: UTF8.self).lowercased()
  }

  private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

  private static func isSlash(_ character: Character, _ isSpecial: Bool) -> Bool {
    character == "/" || (isSpecial && character == "\\")
  }

  private static func startsWithSlash(_ rest: Substring, isSpecial: Bool) -> Bool {
    rest.first.map { isSlash($0, isSpecial) } ?? false
  }

  /// The host with its port and credentials; nil when it is not valid.
  private static func authority(_ text: Substring, scheme: String) -> String? {
    var host = text
    var credentials = ""
    if let at = text.lastIndex(of: "@") {
      if scheme == "file" { return nil }
      credentials = encoded(text[..<at], .userinfo) + "@"
      if credentials == "@" { credentials = "" }
      host = text[text.index(after: at)...]
      if host.isEmpty { return nil }
    }
    var port = ""
    let isBracketed = host.hasPrefix("[")
    let portMark =
      isBracketed ? host.range(ofBracketEnd: "]:") : host.lastIndex(of: ":")
    if let portMark {
      if scheme == "file" { return nil }
      let digits = host[host.index(after: portMark)...]
      host = host[..<portMark]
      guard digits.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
      if !digits.isEmpty {
        guard let number = Int(digits), number <= 65535 else { return nil }
        if (defaultPorts[scheme] ?? nil) != number { port = ":\(number)" }
      }
      if host.isEmpty { return nil }
    }
    guard let name = hostName(host, isSpecial: defaultPorts[scheme] != nil) else { return nil }
    return credentials + name + port
  }

  private static func hostName(_ host: Substring, isSpecial: Bool) -> String? {
    if host.hasPrefix("[") {
      let inner = host.dropFirst().dropLast()
      guard host.hasSuffix("]"), inner.contains(":"),
        inner.allSatisfy({ $0.isHexDigit || $0 == ":" || $0 == "." })
      else { return nil }
      return host.lowercased()
    }
    guard isSpecial else {
      let forbidden = " #/:<>?@[\\]^|"
      return host.contains { forbidden.contains($0) } ? nil : encoded(host, .control)
    }
    guard let text = String(validating: percentDecoded(String(host)), as: UTF8.self) else {
      return nil
    }
    let forbidden = " #/:<>?@[\\]^|%"
    if text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F })
      || text.contains(where: { forbidden.contains($0) })
    {
      return nil
    }
    return text.lowercased()
  }

  /// The path state: segments after those of a base, dots taken out.
  private static func segments(
    _ path: Substring, after base: [String], isSpecial: Bool, isFile: Bool
  ) -> [String] {
    var segments = base
    var path = path
    if startsWithSlash(path, isSpecial: isSpecial) { path = path.dropFirst() }
    let parts = path.split(omittingEmptySubsequences: false) { isSlash($0, isSpecial) }
    for (index, part) in parts.enumerated() {
      let isLast = index == parts.count - 1
      switch part.lowercased() {
      case "..", ".%2e", "%2e.", "%2e%2e":
        if !(isFile && segments.count == 1 && isDriveLetter(segments[0])) {
          _ = segments.popLast()
        }
        if isLast { segments.append("") }
      case ".", "%2e":
        if isLast { segments.append("") }
      default: segments.append(encoded(part, .path))
      }
    }
    return segments
  }

  private static func isDriveLetter(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    return bytes.count == 2 && isLetter(bytes[0]) && bytes[1] == UInt8(ascii: ":")
  }

  // MARK: - Percent-encode sets

  /// https://url.spec.whatwg.org/#percent-encoded-bytes
  private enum EncodeSet {
    case control, fragment, query, specialQuery, path, userinfo

    var characters: String {
      switch self {
      case .control: ""
      case .fragment: " \"<>`"
      case .query: " \"#<>"
      case .specialQuery: " \"#<>'"
      case .path: " \"#<>?^`{}"
      case .userinfo: " \"#<>?^`{}/:;=@[\\]|"
      }
    }
  }

  private static func encoded(_ text: Substring, _ set: EncodeSet) -> String {
    let special = Set(set.characters.utf8)
    var result = ""
    for byte in text.utf8 {
      if byte <= 0x1F || byte > 0x7E || special.contains(byte) {
        let digits = String(byte, radix: 16, uppercase: true)
        result += digits.utf8.count == 1 ? "%0\(digits)" : "%\(digits)"
      } else {
        result.unicodeScalars.append(Unicode.Scalar(byte))
      }
    }
    return result
  }
}

extension Substring {
  /// The place of the colon of `]:`, after the bracket of an IPv6 address.
  fileprivate func range(ofBracketEnd mark: String) -> Index? {
    guard let bracket = lastIndex(of: "]") else { return nil }
    let next = index(after: bracket)
    return next < endIndex && self[next] == ":" ? next : nil
  }
}
