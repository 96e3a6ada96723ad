internal import ModuleLinking
internal import ModuleSyntax
package import VMModules

/// A module of the registry: its name, what defined it, and its present record.
package final class ModuleEntry {
  /// How to make the module again.
  enum Definition {
    case source(SourceText, ModuleDefinition)
    case synthetic(SyntheticDefinition)
    case json(CarriedText)
    /// A file that a rule or `load` read; its type attribute.
    case file(path: String, kind: FileKind)
    /// JavaScript made it.
    case script
  }

  package let name: String
  let definition: Definition
  package internal(set) var module: VMModule
  /// The file that the source came from.
  let file: String?
  /// The file, when it is CommonJS.
  let commonJS: CommonJSFile?
  /// No longer what its name stands for.
  var isReplaced = false {
    didSet { replacedAtEvent = module.host.agent.log.count }
  }
  /// How many events the log had when its name got another meaning.
  private(set) var replacedAtEvent: Int?

  init(
    name: String, definition: Definition, module: VMModule, file: String? = nil,
    commonJS: CommonJSFile? = nil
  ) {
    self.name = name
    self.definition = definition
    self.module = module
    self.file = file
    self.commonJS = commonJS
  }
}

/// What a file's content is taken for.
enum FileKind: String {
  case javaScript, json, text, bytes
}

/// What is one module: a file, by its path from the root, read as one kind.
struct FileKey: Hashable {
  var path: String
  var kind: FileKind
}
