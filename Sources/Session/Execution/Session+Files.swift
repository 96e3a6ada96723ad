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
    var base = directory
    if specifier.hasPrefix("./") || specifier.hasPrefix("../"), let file = referrer.file {
      base = FilePath.directory(of: file)
    }
    let path = FilePath.resolve(specifier, relativeToDirectory: base)
    let context = referrer.module?.context ?? host.mainContext
    return try loadFile(path, kind: kind(of: path, attributes), context: context)
  }

  private func kind(of path: String, _ attributes: [ImportAttribute]) -> FileKind {
    if let type = attributes.first(where: { $0.key == "type" })?.value {
      return FileKind(rawValue: type) ?? .javaScript
    }
    return path.hasSuffix(".json") ? .json : .javaScript
  }

  func loadFile(_ path: String, kind: FileKind, context: VMContext) throws -> ModuleEntry {
    let key = "\(kind.rawValue) \(FilePath.normalized(path))"
    if let known = filesByPath[key], !known.isReplaced { return known }
    let module = try makeModule(path: path, kind: kind, context: context)
    let entry = ModuleEntry(
      name: registry.freeName(for: path), definition: .file(path: path, kind: kind),
      module: module, file: path)
    registry.add(entry)
    filesByPath[key] = entry
    return entry
  }

  func makeModule(path: String, kind: FileKind, context: VMContext) throws -> VMModule {
    let reference = FileReference(path)
    switch kind {
    case .javaScript:
      let source = SourceText(bytes: try FileReading.text(of: reference), name: path)
      let module = try SourceTextModule(source, identifier: path, context: context)
      module.dynamicImport = .host
      if givesFileMeta {
        module.importMeta = .fill { object in
          Self.fillFileMeta(object, path: path)
          return nil
        }
      }
      return module
    case .json:
      let text = CarriedText(bytes: try FileReading.text(of: reference), line: 1)
      // Text that is no JSON is an error of loading, not of evaluation.
      if case .thrown(let thrown) = context.realm.parseJSON(text.text) {
        throw host.failure(of: ModuleError.thrown(thrown))
      }
      return makeJSON(text, identifier: path, context: context)
    case .text:
      let text = String(decoding: try FileReading.text(of: reference), as: UTF8.self)
      return makeValueModule(identifier: path, context: context) { $0.makeString(text) }
    case .bytes:
      let bytes: [UInt8]
      do throws(FileProblem) {
        bytes = try FileReading.bytes(of: path)
      } catch {
        throw CommandError(.unreadableFile(path, error))
      }
      return makeValueModule(identifier: path, context: context) { $0.makeImmutableBytes(bytes) }
    }
  }

  /// `url`, `filename` and `dirname`, as Node has them for a program's files.
  private static func fillFileMeta(_ object: JavaScriptValue, path: String) {
    let file = FilePath.resolve(path, relativeToDirectory: FilePath.workingDirectory)
    let url = "file://" + FilePath.percentEncoded(file)
    for (name, text) in [
      ("dirname", FilePath.directory(of: file)), ("filename", file), ("url", url),
    ] {
      object.setProperty(name, to: object.realm.makeString(text))
    }
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
