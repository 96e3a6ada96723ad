internal import ModuleLinking
internal import ModuleSyntax
internal import VMModules

extension Session {
  func describe(_ resolution: ResolutionFailure) -> CommandFailure {
    let importer = resolution.importer
    let source = importer.parsed.source
    let importerName = host.module(of: importer).map { name(of: $0) } ?? importer.identifier
    let code: String?
    if case .noSourceObject = resolution.reason {
      code = "ERR_SOURCE_PHASE_NOT_DEFINED"
    } else {
      code = nil
    }
    let report = ErrorReport(
      name: "SyntaxError", code: code, message: resolution.message, phase: .instantiate,
      module: importerName, position: source.position(at: resolution.range.start))
    var diagnostic = Diagnostic(
      code: code ?? "SyntaxError", message: resolution.message,
      labels: [Diagnostic.Label(source: source, range: resolution.range)])
    switch resolution.reason {
    case .missingExport(let module): explain(missing: resolution, in: module, &diagnostic)
    case .ambiguousStar(let module, let candidates):
      for candidate in candidates {
        let exporter = name(of: candidate.module)
        if let place = place(of: candidate, text: "one candidate: that of \(exporter)") {
          diagnostic.labels.append(place)
        } else {
          diagnostic.notes.append("One candidate is the export of \(exporter).")
        }
      }
      diagnostic.hints = ["why \(quotedName(resolution.name)) in \(argument(module))"]
    case .circular(let path):
      for (hop, next) in zip(path, path.dropFirst()) {
        guard let source = hop.module.asSourceText,
          let entry = source.parsed.indirectExportEntries.first(where: {
            $0.exportName == hop.exportName
          })
        else { continue }
        let text =
          "\(hop.exportName) of \(name(of: source)) is \(next.exportName) of "
          + name(of: next.module)
        if source === importer, entry.range == resolution.range {
          diagnostic.labels[0].text = text
        } else {
          diagnostic.labels.append(label(source, entry.range, text))
        }
      }
      let names = path.map { "\($0.exportName) of \(name(of: $0.module))" }
      diagnostic.notes = ["The name leads back to itself: " + names.joined(separator: " → ") + "."]
      if let first = path.first {
        diagnostic.hints = ["why \(quotedName(first.exportName)) in \(argument(first.module))"]
      }
    case .noSourceObject(let module): explain(noSourceOf: module, resolution, &diagnostic)
    case .notLoaded: break
    }
    diagnostic.hints.append("why \(argument(importer))")
    return CommandFailure(report: report, diagnostic: diagnostic)
  }

  /// The exporter's list, the nearest name, and the import as it may be meant.
  private func explain(
    missing resolution: ResolutionFailure, in module: ModuleRecord, _ diagnostic: inout Diagnostic
  ) {
    let exports = module.namespaceExports().map(\.name)
    let exporter = name(of: module)
    let shown = exports.prefix(12).map { renderer.quotedIfOdd($0) }
    let more = exports.count > 12 ? " and \(exports.count - 12) more" : ""
    diagnostic.notes = [
      exports.isEmpty
        ? "\(exporter) exports nothing."
        : "\(exporter) exports \(shown.joined(separator: ", "))\(more)."
    ]
    if let nearest = NearestNames.of(resolution.name, among: exports).first {
      diagnostic.labels[0].text = "did you mean \(renderer.quotedIfOdd(nearest))?"
      if let repaired = repaired(resolution, with: nearest) { diagnostic.hints = [repaired] }
    } else if resolution.name == "default" {
      diagnostic.notes.append("It has no default: import a name in braces, or * as a namespace.")
    } else if exports == ["default"] {
      diagnostic.notes.append("Its only export is the default: import it without braces.")
    }
    if let file = commonJS(module) {
      diagnostic.notes.append("\(exporter) is CommonJS: \(file.words).")
    }
    let hasStar = module.asSourceText.map { !$0.parsed.starExportEntries.isEmpty } ?? false
    if case .ambiguous = module.resolveExport(resolution.name) {
    } else if hasStar {
      diagnostic.hints.append("why \(quotedName(resolution.name)) in \(argument(module))")
    }
    diagnostic.hints.append("show \(argument(module))")
  }

  /// The CommonJS file that a module stands for.
  func commonJS(_ record: ModuleRecord) -> CommonJSFile? {
    (host.module(of: record)?.payload as? ModuleEntry)?.commonJS
  }

  static let noteOfSources =
    "Only WebAssembly modules have one: a module of JavaScript is imported without source."

  /// Only a WebAssembly module has a source object, and neither Node's `vm` nor modlab makes one.
  private func explain(
    noSourceOf module: ModuleRecord, _ resolution: ResolutionFailure,
    _ diagnostic: inout Diagnostic
  ) {
    diagnostic.labels[0].text = "\(name(of: module)) has no source object"
    diagnostic.notes = [Self.noteOfSources]
    let source = resolution.importer.parsed.source
    let before = String(decoding: source.bytes[..<resolution.range.start], as: UTF8.self)
    let after = String(decoding: source.bytes[resolution.range.start...], as: UTF8.self)
    if let keyword = before.ranges(of: "source").last,
      let repaired = redefinition(
        of: resolution.importer,
        as: before[..<keyword.lowerBound] + "* as" + before[keyword.upperBound...] + after)
    {
      diagnostic.hints = [repaired]
    } else {
      diagnostic.hints = ["show \(argument(resolution.importer))"]
    }
  }

  /// The command that defines a module again with another text; nil when a line cannot say it.
  func redefinition(of record: SourceTextModuleRecord, as text: String) -> String? {
    guard let entry = host.module(of: record)?.payload as? ModuleEntry, entry.file == nil,
      registry[entry.name] === entry, case .source(_, var definition) = entry.definition
    else { return nil }
    definition.source = .text(CarriedText(bytes: Array(text.utf8), line: 1))
    return LogWriter.line(of: .module(definition))
  }

  /// The command that defines the importer again with the nearest name, when it fits on a line.
  private func repaired(_ resolution: ResolutionFailure, with name: String) -> String? {
    let importer = resolution.importer
    let source = importer.parsed.source
    guard source.slice(resolution.range) == resolution.name, renderer.quotedIfOdd(name) == name
    else { return nil }
    let isAliased = importer.parsed.importEntries.contains {
      $0.importRange == resolution.range && $0.localName != resolution.name
    }
    let isImport = importer.parsed.importEntries.contains { $0.importRange == resolution.range }
    let isRenamed = importer.parsed.indirectExportEntries.contains {
      $0.range == resolution.range && $0.exportName != resolution.name
    }
    // The name that the module goes on to use stays as it is.
    let text =
      isAliased || (!isImport && isRenamed) || resolution.name == "default"
      ? name : "\(name) as \(resolution.name)"
    let before = String(decoding: source.bytes[..<resolution.range.start], as: UTF8.self)
    let after = String(decoding: source.bytes[resolution.range.end...], as: UTF8.self)
    return redefinition(of: importer, as: before + text + after)
  }
}
