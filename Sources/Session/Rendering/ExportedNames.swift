package import ModuleLinking

/// The names that a module exports. Where many modules are shown, those of a namespace are made when
/// they are asked for: each of a chain of stars has all that follow.
package enum ExportedNames: Sendable {
  case list([String])
  case namespace(ModuleID, NamespaceNames)

  package var count: Int {
    switch self {
    case .list(let names): names.count
    case .namespace(let module, let names): names.names(of: module, atMost: 0).count
    }
  }

  package var all: [String] { first(.max).names }

  /// So many of them, and how many there are.
  package func first(_ limit: Int) -> (names: [String], count: Int) {
    switch self {
    case .list(let names): return (Array(names.prefix(limit)), names.count)
    case .namespace(let module, let names):
      let (first, count) = names.names(of: module, atMost: limit)
      return (first, count)
    }
  }

  package func contains(_ name: String) -> Bool {
    switch self {
    case .list(let names): names.contains(name)
    case .namespace(let module, let names): names.contains(name, of: module)
    }
  }
}
