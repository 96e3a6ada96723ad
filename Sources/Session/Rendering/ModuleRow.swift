internal import ModuleSyntax

/// A module as `status` shows it.
package struct ModuleRow: Sendable {
  package enum Kind: String, Hashable, Sendable {
    case source, synthetic
  }

  package struct Request: Hashable, Sendable {
    package var specifier: String
    package var attributes: [SpecifierRule.Attribute]
    /// The name of the module it is linked to.
    package var resolved: String?

    package init(
      specifier: String, attributes: [SpecifierRule.Attribute] = [], resolved: String? = nil
    ) {
      self.specifier = specifier
      self.attributes = attributes
      self.resolved = resolved
    }
  }

  package var name: String
  package var kind: Kind
  package var identifier: String
  package var context: String
  /// Node's word.
  package var status: ModuleStatusWord
  /// The specification's word.
  package var record: String
  /// What its glyph and its colour are those of.
  var mark: ModuleStatusWord { status.mark(record: record) }
  package var requests: [Request]
  package var exports: ExportedNames
  /// Specifiers of `export *`, while it is not known what they export.
  package var stars: [String] = []
  package var error: ErrorReport?
  /// A synthetic module that stands for a CommonJS file: why it is that.
  package var commonJS: String?
  /// A newer module has its name, but something still refers to this record.
  package var isReplaced = false
  /// What `option spec on` adds, by column title; every row has the same titles.
  package var specification: [(title: String, text: String)] = []

  package init(
    name: String, kind: Kind, identifier: String? = nil, context: String = "main",
    status: ModuleStatusWord, record: String, requests: [Request] = [], exports: [String] = [],
    error: ErrorReport? = nil
  ) {
    self.name = name
    self.kind = kind
    self.identifier = identifier ?? name
    self.context = context
    self.status = status
    self.record = record
    self.requests = requests
    self.exports = .list(exports)
    self.error = error
  }

  package func json() -> JSONValue {
    let requests = requests.map { request -> JSONValue in
      [
        "specifier": .string(request.specifier),
        "attributes": .object(request.attributes.map { .init($0.key, .string($0.value)) }),
        "resolved": .optional(request.resolved),
      ]
    }
    var members: [JSONValue.Member] = [
      .init("name", .string(name)), .init("kind", .string(kind.rawValue)),
      .init("identifier", .string(identifier)), .init("context", .string(context)),
      .init("status", .string(status.rawValue)), .init("record", .string(record)),
      .init("requests", .array(requests)), .init("exports", .strings(exports.all)),
      .init("error", error?.json() ?? .null),
    ]
    if isReplaced { members.append(.init("replaced", true)) }
    if !specification.isEmpty {
      let fields = specification.map {
        JSONValue.Member($0.title.lowercased(), $0.text == "–" ? .null : .string($0.text))
      }
      members.append(.init("fields", .object(fields)))
    }
    return .object(members)
  }

  /// The `result` of `status`.
  package static func json(_ rows: [ModuleRow]) -> JSONValue {
    ["modules": .array(rows.prefix { _ in !InterruptRequest.isPending() }.map { $0.json() })]
  }
}
