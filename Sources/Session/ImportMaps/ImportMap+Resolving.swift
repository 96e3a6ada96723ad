extension ImportMap {
  /// What the map says of a specifier.
  package enum Resolution: Hashable, Sendable {
    /// The entry `key`, of the scope `scope` or of the whole map, leads to `url`.
    case mapped(URLRecord, key: String, scope: String?)
    /// The map says nothing: the specifier is a URL, or relative, and stands for itself.
    case unmapped(URLRecord)
    /// The map says nothing, and the specifier is bare.
    case bare
    /// The map has an entry, and it leads nowhere.
    case blocked(String)
  }

  /// Resolve a module specifier, for one import map.
  /// https://html.spec.whatwg.org/multipage/webappapis.html#resolve-a-module-specifier
  package func resolve(_ specifier: String, base: URLRecord) -> Resolution {
    let url = Self.specifierURL(specifier, base)
    let normalized = url?.text ?? specifier
    let baseText = base.text
    for scope in scopes
    where scope.prefix == baseText
      || (scope.prefix.hasSuffix("/") && Self.starts(baseText, with: scope.prefix))
    {
      if let match = match(normalized, url, scope.imports, scope: scope.prefix) { return match }
    }
    if let match = match(normalized, url, imports, scope: nil) { return match }
    return url.map { .unmapped($0) } ?? .bare
  }

  /// Resolve an imports match.
  /// https://html.spec.whatwg.org/multipage/webappapis.html#resolving-an-imports-match
  private func match(
    _ normalized: String, _ url: URLRecord?, _ entries: [Entry], scope: String?
  ) -> Resolution? {
    for entry in entries {
      if entry.key.utf8.elementsEqual(normalized.utf8) {
        guard let address = entry.address else { return .blocked(Self.noAddress(entry, scope)) }
        return .mapped(address, key: entry.key, scope: scope)
      }
      guard entry.key.hasSuffix("/"), Self.starts(normalized, with: entry.key),
        url?.isSpecial ?? true
      else { continue }
      guard let address = entry.address else { return .blocked(Self.noAddress(entry, scope)) }
      let rest = String(decoding: normalized.utf8.dropFirst(entry.key.utf8.count), as: UTF8.self)
      guard let result = URLRecord(rest, base: address) else {
        return .blocked("\(quoted(rest)) is no URL at \(address.text)")
      }
      guard Self.starts(result.text, with: address.text) else {
        return .blocked("\(quoted(rest)) leads out of \(address.text)")
      }
      return .mapped(result, key: entry.key, scope: scope)
    }
    return nil
  }

  private static func noAddress(_ entry: Entry, _ scope: String?) -> String {
    "the entry \(quoted(entry.key))" + (scope.map { " of the scope \($0)" } ?? "")
      + " has no address"
  }

  private static func starts(_ text: String, with prefix: String) -> Bool {
    text.utf8.starts(with: prefix.utf8)
  }
}
