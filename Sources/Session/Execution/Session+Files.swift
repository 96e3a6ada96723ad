internal import JavaScriptRuntime
internal import ModuleLinking
internal import ModuleSyntax
internal import VMModules

extension Session {
  /// The module of the file that a specifier names: `./` and `../` start at the referrer's own file,
  /// if it has one, else at `directory`; other specifiers at `directory`.
  func loadFile(
    _ specifier: String, _ attributes: [ImportAttribute], _ referrer: Referrer, directory: String
  ) throws -> ModuleEntry {
    let path = try filePath(of: specifier, referrer, directory: directory)
    let context = referrer.module?.context ?? host.mainContext
    return try loadFile(path, kind: kind(of: path, attributes), context: context)
  }

  func filePath(
    of specifier: String, _ referrer: Referrer, directory: String
  ) throws -> String {
    var base = directory
    if specifier.hasPrefix("./") || specifier.hasPrefix("../"), let file = referrer.file {
      base = FilePath.directory(of: file)
    }
    return try filePath(of: specifier, relativeToDirectory: base)
  }

  /// Specifiers are URLs, as in Node: what is percent-encoded is decoded. Text that needs no URL to be
  /// understood is not made one.
  func filePath(
    of specifier: String, relativeToDirectory directory: String
  ) throws -> String {
    let isURL = specifier.hasPrefix("file:")
    let isPlain = !specifier.utf8.contains { byte in
      switch byte {
      case UInt8(ascii: "%"), UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "\\"): true
      default: false
      }
    }
    if isPlain, !isURL { return FilePath.resolve(specifier, relativeToDirectory: directory) }
    let base = directory.hasPrefix("/") ? directory : "\(workingDirectory)/\(directory)"
    // A query makes another module of the same file in Node; here a file is one module.
    guard let path = URLRecord(specifier, base: URLRecord(file: base + "/"))?.filePath else {
      throw CommandError(.unreadableFile(specifier, .notThere))
    }
    let named = FilePath.normalized(path)
    if isURL || directory.hasPrefix("/") { return shortened(named) }
    return FilePath.relative(named, to: workingDirectory)
  }

  /// Relative to the working directory, if it is inside of it.
  func shortened(_ path: String) -> String {
    let prefix = workingDirectory == "/" ? "/" : workingDirectory + "/"
    return path.hasPrefix(prefix) ? String(path.dropFirst(prefix.count)) : path
  }

  /// One file and kind is one module, however it is written.
  func fileKey(_ path: String, _ kind: FileKind) -> FileKey {
    fileKey(ofReal: realPath(path), kind)
  }

  /// The key of what `realPath` answered.
  func fileKey(ofReal path: String, _ kind: FileKind) -> FileKey {
    FileKey(
      path: FilePath.resolve(path, relativeToDirectory: workingDirectory), kind: kind)
  }

  /// Where links lead: as in Node, a file is itself under each of its names, and its relative imports
  /// start where it really is.
  func realPath(_ path: String) -> String {
    let absolute = FilePath.normalized(
      FilePath.resolve(path, relativeToDirectory: workingDirectory))
    guard let real = outside.realPath(of: absolute) else {
      // A file outside is named as it was asked for, not by a path from the root.
      let short = shortened(absolute)
      return short.hasPrefix("/") ? FilePath.normalized(path) : short
    }
    return shortened(real)
  }

  func kind(of path: String, _ attributes: [ImportAttribute]) -> FileKind {
    if let type = attributes.first(where: { $0.key == "type" })?.value {
      return FileKind(rawValue: type) ?? .javaScript
    }
    return path.hasSuffix(".json") ? .json : .javaScript
  }

  /// `asNode`: for a program, as Node's own loader reads it, and not for a linker.
  func loadFile(
    _ path: String, kind: FileKind, context: VMContext, name: String? = nil, asNode: Bool = false
  ) throws -> ModuleEntry {
    let path = realPath(path)
    let key = fileKey(ofReal: path, kind)
    if let known = filesByPath[key], !known.isReplaced { return known }
    let (module, commonJS) = try makeModule(
      path: path, kind: kind, context: context, asNode: asNode)
    let entry = ModuleEntry(
      name: name ?? registry.freeName(for: path), definition: .file(path: path, kind: kind),
      module: module, file: path, commonJS: commonJS)
    registry.add(entry)
    filesByPath[key] = entry
    return entry
  }

  /// The module of a file, and why it is CommonJS, if it is.
  func makeModule(
    path: String, kind: FileKind, context: VMContext, asNode: Bool
  ) throws -> (module: VMModule, commonJS: CommonJSFile?) {
    let reference = FileReference(path)
    switch kind {
    case .javaScript:
      let file = try outside.source(of: path)
      if let commonJS = commonJSFile(file, asNode: asNode) {
        return (makeCommonJS(file.bytes, path: path, context: context), commonJS)
      }
      return (try makeSource(file, context: context), nil)
    case .json:
      let text = CarriedText(bytes: try outside.text(of: reference), line: 1)
      // Text that is no JSON is an error of loading, not of evaluation.
      if case .thrown(let thrown) = context.realm.parseJSON(text.text) {
        throw failure(ofJSON: text.source(named: path), thrown)
      }
      return (makeJSON(text, identifier: path, context: context), nil)
    case .text:
      let text = String(decoding: try outside.text(of: reference), as: UTF8.self)
      return (makeValueModule(identifier: path, context: context) { $0.makeString(text) }, nil)
    case .bytes:
      let bytes: [UInt8]
      do throws(FileProblem) {
        bytes = try outside.bytes(of: path)
      } catch {
        throw CommandError(.unreadableFile(path, error))
      }
      return (
        makeValueModule(identifier: path, context: context) { $0.makeImmutableBytes(bytes) }, nil
      )
    }
  }

  private func makeSource(_ file: SourceFile, context: VMContext) throws -> SourceTextModule {
    let path = file.path
    let module = try SourceTextModule(
      file.module, of: file.source, identifier: path, context: context)
    module.dynamicImport = .host
    if givesFileMeta {
      module.importMeta = .fill { [directory = workingDirectory] object in
        Self.fillFileMeta(object, path: path, in: directory)
        return nil
      }
    }
    return module
  }

  /// The engine's words for text that is no JSON, and the place, which it does not tell.
  private func failure(ofJSON source: SourceText, _ thrown: JavaScriptThrown) -> VMFailure {
    guard let offset = JSONSyntax.firstMistake(in: source.bytes), let value = thrown.value else {
      return host.failure(of: ModuleError.thrown(thrown))
    }
    let message = host.engine.describe(value).message
    let range = SourceRange(offset, min(offset + 1, source.bytes.count))
    return VMFailure(.syntax(SyntaxError(message, range), source))
  }

  /// `url`, `filename` and `dirname`, as Node has them for a program's files.
  private static func fillFileMeta(
    _ object: JavaScriptValue, path: String, in directory: String
  ) {
    for (name, text) in fileMeta(of: path, in: directory) {
      object.setProperty(name, to: object.realm.makeString(text))
    }
  }

  static func fileMeta(
    of path: String, in directory: String
  ) -> [(name: String, value: String)] {
    let file = FilePath.resolve(path, relativeToDirectory: directory)
    return [
      ("dirname", FilePath.directory(of: file)), ("filename", file),
      ("url", "file://" + FilePath.percentEncoded(file)),
    ]
  }

  /// A module with one export, `default`.
  private func makeValueModule(
    identifier: String, context: VMContext, _ value: @escaping (Realm) -> JavaScriptValue
  ) -> SyntheticModule {
    SyntheticModule(exports: ["default"], identifier: identifier, context: context) { module in
      try? module.setExport("default", to: value(module.context.realm))
      return nil
    }
  }

  /// A JSON module; the text is parsed when it is evaluated for the first time or asked about.
  func makeJSON(_ text: CarriedText, identifier: String, context: VMContext) -> SyntheticModule {
    SyntheticModule(exports: ["default"], identifier: identifier, context: context) { module in
      switch module.context.realm.parseJSON(text.text) {
      case .value(let value):
        try? module.setExport("default", to: value)
        return nil
      case .thrown(let thrown): return thrown
      }
    }
  }
}
