internal import JavaScriptRuntime
internal import ModuleLinking
internal import ModuleSyntax
internal import VMModules

/// Why a file is CommonJS, and no ECMAScript module.
enum CommonJSReason {
  case fileExtension
  /// The `type` of the nearest package.json.
  case packageType(file: String)
  /// No `type` says what it is, and its text has nothing that only a module has.
  case syntax

  var words: String {
    switch self {
    case .fileExtension: "its name ends in .cjs"
    case .packageType(let file): "\(file) has \"type\": \"commonjs\""
    case .syntax: "no package.json gives a type, and its text has no import and no export"
    }
  }
}

/// A file that a synthetic module stands for.
struct CommonJSFile {
  var reason: CommonJSReason
  var source: SourceText

  var words: String { reason.words }
}

// What a file is, as Node 24 decides it, and CommonJS modules as Node shows them to importers.
// https://nodejs.org/docs/latest-v24.x/api/packages.html#determining-module-system
extension Session {
  /// Nil for an ECMAScript module, and for a text that is neither.
  func commonJSFile(_ file: SourceFile, asNode: Bool) -> CommonJSFile? {
    commonJSReason(file, asNode: asNode).map { CommonJSFile(reason: $0, source: file.source) }
  }

  private func commonJSReason(_ file: SourceFile, asNode: Bool) -> CommonJSReason? {
    let name = file.path.split(separator: "/").last ?? ""
    if name.hasSuffix(".cjs") { return .fileExtension }
    guard name.hasSuffix(".js") || !name.dropFirst().contains(".") else { return nil }
    if let (type, package) = packageType(above: file.path) {
      switch type {
      case "module": return nil
      case "commonjs": return .packageType(file: package)
      default: break
      }
    }
    if hasModuleSyntax(file) { return nil }
    // Node's loader has a text that could be either for CommonJS. A `file` rule is a linker, and no
    // loader: such a text is the module that was asked for.
    return asNode || options.loader == "node" || Self.hasCommonJSWords(file.bytes) ? .syntax : nil
  }

  /// Whether a text has what CommonJS gives to its modules.
  private static func hasCommonJSWords(_ text: [UInt8]) -> Bool {
    let text = String(decoding: text, as: UTF8.self)
    return ["require(", "module.exports", "exports.", "exports[", "__filename", "__dirname"]
      .contains { text.utf8.firstRange(of: $0.utf8) != nil }
  }

  /// The `type` that the nearest package.json gives, and that file.
  private func packageType(above path: String) -> (type: String, file: String)? {
    var directory = FilePath.directory(
      of: FilePath.resolve(path, relativeToDirectory: workingDirectory))
    while true {
      let file = directory == "/" ? "/package.json" : directory + "/package.json"
      if outside.exists(file) {
        guard let bytes = try? outside.bytes(of: file),
          let value = try? JSONReader.value(of: String(decoding: bytes, as: UTF8.self)),
          case .string(let type) = value["type"]
        else { return nil }
        return (type, shortened(file))
      }
      // No package goes beyond a folder of packages.
      if directory == "/" || directory.hasSuffix("/node_modules") { return nil }
      directory = FilePath.directory(of: directory)
    }
  }

  /// Whether only a module may have this text: it has `import`, `export`, `import.meta` or a top-level
  /// `await`. A text that is no CommonJS either counts as one, and is told so.
  private func hasModuleSyntax(_ file: SourceFile) -> Bool {
    guard case .success(let parsed) = file.module else {
      return (try? ParsedScript.parse(Self.wrapped(file.bytes, file.path))) == nil
    }
    let hasEntries =
      !parsed.requests.isEmpty || !parsed.localExportEntries.isEmpty
      || !parsed.indirectExportEntries.isEmpty || !parsed.starExportEntries.isEmpty
    return hasEntries || parsed.hasTLA
      || parsed.rewritePoints.contains { point in
        switch point.kind {
        // `export {}`
        case .importMeta, .declaration: true
        default: false
        }
      }
  }

  /// The function of a CommonJS module, whose places are those of the file.
  private static func wrapped(_ text: [UInt8], _ path: String) -> SourceText {
    let head = "(function (exports, require, module, __filename, __dirname) {\n"
    var text = text
    if text.starts(with: "#!".utf8) { text.replaceSubrange(..<2, with: "//".utf8) }
    return SourceText(
      bytes: Array(head.utf8) + text + Array("\n})".utf8), name: path,
      lineOffset: linesBeforeBody)
  }

  /// Its exports are those that its text gives away. Evaluating it runs the text; `require` finds nothing.
  func makeCommonJS(_ text: [UInt8], path: String, context: VMContext) -> SyntheticModule {
    var names = ["default", "module.exports"]
    var seen: Set<String> = []
    addNames(of: text, path, to: &names, &seen)
    let module = SyntheticModule(exports: names, identifier: path, context: context) {
      [unowned self] in runCommonJS(text, path, $0)
    }
    module.synthetic.isCommonJS = true
    return module
  }

  private func addNames(
    of text: [UInt8], _ path: String, to names: inout [String], _ seen: inout Set<String>
  ) {
    guard seen.insert(path).inserted else { return }
    let exports = CommonJSExports(of: text)
    for name in exports.names where !names.contains(name) { names.append(name) }
    for specifier in exports.reexports
    where specifier.hasPrefix("./") || specifier.hasPrefix("../") {
      let target = FilePath.resolve(specifier, relativeToDirectory: FilePath.directory(of: path))
      let found = [target, target + ".js", target + ".cjs"].first { outside.exists($0) }
      if let found, let text = try? outside.bytes(of: found) {
        addNames(of: text, found, to: &names, &seen)
      }
    }
  }

  private func runCommonJS(
    _ text: [UInt8], _ path: String, _ module: SyntheticModule
  ) -> JavaScriptThrown? {
    let realm = module.context.realm
    let made = realm.makeObject()
    let exports = realm.makeObject()
    made.setProperty("exports", to: exports)
    let file = FilePath.resolve(path, relativeToDirectory: workingDirectory)
    let require = realm.makeFunction { arguments in
      let specifier = arguments.count > 0 ? arguments.text(0) : ""
      throw JavaScriptThrow(
        realm.makeErrorObject(
          name: "Error",
          message: "require(\(quoted(specifier))): modlab loads nothing by require yet"))
    }
    let function: JavaScriptValue
    do {
      function = try realm.runScript(Self.wrapped(text, path))
    } catch let error as ScriptError {
      let failure = host.failure(of: error)
      if case .thrown(let thrown) = failure.kind { return thrown }
      return JavaScriptThrown(host.errorObject(of: failure))
    } catch {
      return JavaScriptThrown(realm.undefinedValue)
    }
    let arguments = [
      exports, require, made, realm.makeString(file),
      realm.makeString(FilePath.directory(of: file)),
    ]
    if case .thrown(let thrown) = function.call(on: exports, arguments) { return thrown }
    let value = made.property("exports") ?? realm.undefinedValue
    for name in module.synthetic.exportNames {
      let export = name == "default" || name == "module.exports" ? value : value.property(name)
      if let export { try? module.setExport(name, to: export) }
    }
    return nil
  }
}
