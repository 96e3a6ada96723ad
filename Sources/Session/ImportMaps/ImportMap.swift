/// An import map: which URL stands for a specifier, by the specifier and by who asks.
/// https://html.spec.whatwg.org/multipage/webappapis.html#import-map
package struct ImportMap: Hashable, Sendable {
  /// A module specifier map; keys in descending code unit order, so that longer prefixes come first.
  package struct Entry: Hashable, Sendable {
    package var key: String
    /// Nil: the map forbids the specifier.
    package var address: URLRecord?
  }

  package struct Scope: Hashable, Sendable {
    package var prefix: String
    package var imports: [Entry]
  }

  package var imports: [Entry] = []
  package var scopes: [Scope] = []

  /// What makes a text no import map at all.
  package enum Problem: Error, Hashable, Sendable {
    /// The UTF-8 offset of the first wrong byte.
    case malformed(offset: Int)
    /// The value of this key, or without one the whole; `isScope` for a key of `scopes`.
    case notAnObject(String, isScope: Bool)

    package var message: String {
      switch self {
      case .malformed: "the import map is not JSON"
      case .notAnObject("", false): "an import map is a JSON object"
      case .notAnObject(let key, false): "\(quoted(key)) of an import map is a JSON object"
      case .notAnObject(let key, true): "the scope \(quoted(key)) of an import map is a JSON object"
      }
    }
  }

  // MARK: - Parsing

  /// Parse an import map string.
  /// https://html.spec.whatwg.org/multipage/webappapis.html#parse-an-import-map-string
  ///
  /// - Parameter warnings: What is wrong in it and left out, in the specification's order.
  package init(
    _ text: String, base: URLRecord, warnings: inout [String]
  ) throws(Problem) {
    let parsed: JSONValue
    do {
      parsed = try JSONReader.value(of: text)
    } catch let error as JSONReader.Malformed {
      throw .malformed(offset: error.offset)
    } catch {
      throw .malformed(offset: 0)
    }
    guard case .object(let members) = parsed else { throw .notAnObject("", isScope: false) }
    // Of a key given twice, JSON.parse keeps the last.
    func object(_ key: String) throws(Problem) -> [JSONValue.Member] {
      guard let value = members.last(where: { $0.key == key })?.value else { return [] }
      guard case .object(let entries) = value else { throw .notAnObject(key, isScope: false) }
      return entries
    }
    let imports = try object("imports")
    let scopes = try object("scopes")
    _ = try object("integrity")
    for member in members where !["imports", "scopes", "integrity"].contains(member.key) {
      warnings.append("an import map has no key \(quoted(member.key))")
    }
    self.imports = Self.normalized(imports, base, &warnings)
    for scope in Self.withoutRepetition(scopes) {
      guard case .object(let entries) = scope.value else {
        throw .notAnObject(scope.key, isScope: true)
      }
      guard let prefix = URLRecord(scope.key, base: base) else {
        warnings.append("the scope \(quoted(scope.key)) is no URL")
        continue
      }
      let scope = Scope(prefix: prefix.text, imports: Self.normalized(entries, base, &warnings))
      self.scopes.removeAll { $0.prefix == scope.prefix }
      self.scopes.append(scope)
    }
    self.scopes.sort { Self.isAfter($0.prefix, $1.prefix) }
  }

  /// Sort and normalize a module specifier map.
  /// https://html.spec.whatwg.org/multipage/webappapis.html#sorting-and-normalizing-a-module-specifier-map
  private static func normalized(
    _ members: [JSONValue.Member], _ base: URLRecord, _ warnings: inout [String]
  ) -> [Entry] {
    var entries: [Entry] = []
    for member in withoutRepetition(members) {
      guard !member.key.isEmpty else {
        warnings.append("the empty specifier stands for nothing")
        continue
      }
      let key = specifierURL(member.key, base)?.text ?? member.key
      entries.removeAll { $0.key.utf8.elementsEqual(key.utf8) }
      entries.append(Entry(key: key, address: address(of: member, base, &warnings)))
    }
    return entries.sorted { isAfter($0.key, $1.key) }
  }

  private static func address(
    of member: JSONValue.Member, _ base: URLRecord, _ warnings: inout [String]
  ) -> URLRecord? {
    let key = quoted(member.key)
    guard case .string(let text) = member.value else {
      warnings.append("the address of \(key) is no string")
      return nil
    }
    guard let address = specifierURL(text, base) else {
      warnings.append("the address \(quoted(text)) of \(key) is no URL, and does not begin with ./")
      return nil
    }
    if member.key.hasSuffix("/"), !address.text.hasSuffix("/") {
      warnings.append("the address \(quoted(text)) of \(key) does not end with a slash")
      return nil
    }
    return address
  }

  private static func withoutRepetition(_ members: [JSONValue.Member]) -> [JSONValue.Member] {
    var seen: Set<String> = []
    return members.reversed().filter { seen.insert($0.key).inserted }.reversed()
  }

  private static func isAfter(_ left: String, _ right: String) -> Bool {
    right.utf16.lexicographicallyPrecedes(left.utf16)
  }

  /// Resolve a URL-like module specifier.
  /// https://html.spec.whatwg.org/multipage/webappapis.html#resolving-a-url-like-module-specifier
  package static func specifierURL(_ specifier: String, _ base: URLRecord) -> URLRecord? {
    if specifier.hasPrefix("/") || specifier.hasPrefix("./") || specifier.hasPrefix("../") {
      return URLRecord(specifier, base: base)
    }
    return URLRecord(specifier)
  }
}
