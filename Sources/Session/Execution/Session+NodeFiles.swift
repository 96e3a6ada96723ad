internal import ModuleLinking
internal import ModuleSyntax
internal import VMModules

// Programs from disk are loaded as Node loads them, and refused in its words and with its codes.
// Names in messages are modlab's: relative to the working directory.
extension Session {
  /// Answers a request of a program. Unlike a `file` rule that a person attached, it does not guess
  /// what a file is when Node would not.
  func loadProgramFile(
    _ specifier: String, _ attributes: [ImportAttribute], _ referrer: Referrer, directory: String
  ) throws -> ModuleEntry {
    let path: String
    do {
      path = try filePath(of: specifier, referrer, directory: directory)
    } catch {
      let reason =
        specifier.lowercased().contains("%2f") || specifier.lowercased().contains("%5c")
        ? "must not include encoded \"/\" or \"\\\" characters" : "is no file's URL"
      throw VMFailure(
        .node(
          name: "TypeError", code: "ERR_INVALID_MODULE_SPECIFIER",
          message: "Invalid module \"\(specifier)\" \(reason) imported from \(referrer.name)"))
    }
    // What is not there is not asked what it is.
    if outside.exists(path), let refused = refusal(path, attributes) { throw refused }
    do {
      return try loadFile(
        path, kind: kind(of: path, attributes),
        context: referrer.module?.context ?? host.mainContext, asNode: true)
    } catch let error as CommandError {
      guard case .unreadableFile(_, let problem) = error.problem else { throw error }
      throw failure(problem, error, path, referrer)
    }
  }

  private func failure(
    _ problem: FileProblem, _ error: CommandError, _ path: String, _ referrer: Referrer
  ) -> VMFailure {
    switch problem {
    case .notThere, .partIsNoDirectory:
      let failure = VMFailure(
        .node(
          name: "Error", code: "ERR_MODULE_NOT_FOUND",
          message: "Cannot find module '\(path)' imported from \(referrer.name)"))
      failure.missingFile = path
      return failure
    case .isDirectory:
      let failure = VMFailure(
        .node(
          name: "Error", code: "ERR_UNSUPPORTED_DIR_IMPORT",
          message: "Directory import '\(path)' is not supported resolving ES modules imported from "
            + referrer.name))
      failure.missingFile = path
      return failure
    case .notPermitted:
      return VMFailure(
        .node(
          name: "Error", code: "EACCES", message: "EACCES: permission denied, open '\(path)'"))
    case .interrupted:
      return VMFailure(
        .node(name: "Error", code: ScriptCommand.interruptedCode, message: error.message))
    default: return VMFailure(.node(name: "Error", code: "", message: error.message))
    }
  }

  /// What Node says of a file that it would not load in this way; nil when it would.
  private func refusal(_ path: String, _ attributes: [ImportAttribute]) -> VMFailure? {
    let `extension` = FilePath.extension(of: path)
    let isCode = [".mjs", ".js", ".cjs", ""].contains(`extension`)
    func refused(_ code: String, _ message: String) -> VMFailure {
      VMFailure(.node(name: "TypeError", code: code, message: message))
    }
    for attribute in attributes
    where attribute.key != "type" || FileKind(rawValue: attribute.value) == nil {
      return refused(
        "ERR_IMPORT_ATTRIBUTE_UNSUPPORTED",
        "Import attribute \"\(attribute.key)\" with value \"\(attribute.value)\" "
          + "is not supported in \(path)")
    }
    if let type = attributes.first?.value {
      guard type == "json", isCode, !`extension`.isEmpty else { return nil }
      return refused(
        "ERR_IMPORT_ATTRIBUTE_TYPE_INCOMPATIBLE", "Module \"\(path)\" is not of type \"json\"")
    }
    switch `extension` {
    case ".mjs", ".js", ".cjs", "": return nil
    case ".json":
      return refused(
        "ERR_IMPORT_ATTRIBUTE_MISSING",
        "Module \"\(path)\" needs an import attribute of \"type: json\"")
    default:
      return refused(
        "ERR_UNKNOWN_FILE_EXTENSION", "Unknown file extension \"\(`extension`)\" for \(path)")
    }
  }

  /// What Node's loader says of a specifier that is no path, when nothing answered it.
  func unanswered(_ specifier: String, _ referrer: Referrer) -> VMFailure {
    if let url = URLRecord(specifier) {
      return VMFailure(
        .node(
          name: "Error", code: "ERR_UNSUPPORTED_ESM_URL_SCHEME",
          message: "Only files can be loaded, and modules that rules answer. "
            + "Received protocol '\(url.scheme):'"))
    }
    return VMFailure(
      .node(
        name: "Error", code: "ERR_MODULE_NOT_FOUND",
        message: "Cannot find package '\(specifier)' imported from \(referrer.name)"))
  }

  /// The file that was meant by a path without an extension, with another one, or of a folder.
  func noteOfFile(meantBy path: String) -> String? {
    let extensions = [".mjs", ".js", ".cjs", ".json"]
    let file = path.split(separator: "/").last ?? ""
    let stem = file.lastIndex(of: ".").map { String(path.dropLast(file[$0...].count)) }
    let candidates =
      extensions.map { path + $0 } + extensions.map { path + "/index" + $0 }
      + (stem.map { stem in extensions.map { stem + $0 } } ?? [])
    guard let meant = candidates.first(where: { $0 != path && outside.exists($0) }) else {
      return nil
    }
    return "There is \(meant): as in Node, a specifier has the extension of its file."
  }

  /// What to do about an error of loading a file.
  static func fileNote(_ code: String, _ message: String) -> String? {
    switch code {
    case "ERR_IMPORT_ATTRIBUTE_MISSING":
      "Write with { type: \"json\" } after the specifier."
    case "ERR_IMPORT_ATTRIBUTE_UNSUPPORTED":
      "The attribute is type, and its values are json, text and bytes."
    case "ERR_UNKNOWN_FILE_EXTENSION":
      "with { type: \"text\" } imports any file as a string, with { type: \"bytes\" } its bytes."
    case "ERR_UNSUPPORTED_DIR_IMPORT":
      "A specifier names a file: as in Node, no index file is looked for."
    case "ERR_MODULE_NOT_FOUND" where message.hasPrefix("Cannot find package"):
      "A bare specifier needs a rule or an import map: modlab -c 'import-map from MAP.json' FILE.mjs"
    default: nil
    }
  }
}
