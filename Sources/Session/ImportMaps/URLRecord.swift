/// A URL record of the WHATWG specification, as far as module specifiers need one: no credentials
/// apart from the host, and hosts as text.
/// https://url.spec.whatwg.org/#concept-url
package struct URLRecord: Hashable, Sendable {
  /// Without the colon.
  package var scheme: String
  /// With the credentials and the port, as it is serialized; nil for none.
  package var authority: String?
  /// Segments of a path; nil when the path is opaque.
  var segments: [String]?
  var opaquePath = ""
  package var query: String?
  package var fragment: String?

  static let defaultPorts: [String: Int?] = [
    "http": 80, "https": 443, "ws": 80, "wss": 443, "ftp": 21, "file": nil,
  ]

  /// https://url.spec.whatwg.org/#is-special
  package var isSpecial: Bool { Self.defaultPorts[scheme] != nil }

  package var path: String {
    guard let segments else { return opaquePath }
    return segments.isEmpty ? "" : "/" + segments.joined(separator: "/")
  }

  /// https://url.spec.whatwg.org/#url-serializing
  package var text: String {
    var text = scheme + ":"
    if let authority {
      text += "//" + authority
    } else if let segments, segments.count > 1, segments[0].isEmpty {
      text += "/."
    }
    text += path
    if let query { text += "?" + query }
    if let fragment { text += "#" + fragment }
    return text
  }

  init(
    scheme: String, authority: String?, segments: [String]?, opaquePath: String = "",
    query: String? = nil, fragment: String? = nil
  ) {
    self.scheme = scheme
    self.authority = authority
    self.segments = segments
    self.opaquePath = opaquePath
    self.query = query
    self.fragment = fragment
  }

  // MARK: - Files

  /// The URL of a file with an absolute path.
  package init(file path: String) {
    self.init(
      scheme: "file", authority: "",
      segments: path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
        .map { FilePath.percentEncoded(String($0)) })
  }

  /// The path of a `file:` URL, decoded; nil when it is none, or names another host, or hides a slash.
  package var filePath: String? {
    guard scheme == "file", authority == "", let segments else { return nil }
    var bytes: [UInt8] = []
    for segment in segments {
      bytes.append(UInt8(ascii: "/"))
      let decoded = Self.percentDecoded(segment)
      if decoded.contains(UInt8(ascii: "/")) || decoded.contains(0) { return nil }
      bytes += decoded
    }
    return String(validating: bytes, as: UTF8.self)
  }

  static func percentDecoded(_ text: String) -> [UInt8] {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
        let byte = hexadecimal(bytes[index + 1], bytes[index + 2])
      {
        result.append(byte)
        index += 3
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return result
  }

  private static func hexadecimal(_ high: UInt8, _ low: UInt8) -> UInt8? {
    guard let high = Character(Unicode.Scalar(high)).hexDigitValue,
      let low = Character(Unicode.Scalar(low)).hexDigitValue
    else { return nil }
    return UInt8(high * 16 + low)
  }
}
