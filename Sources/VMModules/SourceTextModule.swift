public import JavaScriptRuntime
public import ModuleLinking
public import ModuleSyntax

/// `vm.SourceTextModule`.
public final class SourceTextModule: VMModule {
  /// Who answers `import()` in the module.
  public enum DynamicImportHook {
    /// Nobody: `import()` rejects with ERR_VM_DYNAMIC_IMPORT_CALLBACK_MISSING.
    case missing
    /// `importModuleDynamically`.
    case function(JavaScriptValue)
    /// The resolver rules of the session.
    case host
  }

  /// What `import.meta` gets when it is first read.
  public enum ImportMetaHook {
    case none
    /// `initializeImportMeta`, a JavaScript function.
    case function(JavaScriptValue)
    /// Fills the object from Swift; returns what failed.
    case fill((JavaScriptValue) -> JavaScriptThrown?)
  }

  public let source: SourceTextModuleRecord
  public var dynamicImport: DynamicImportHook = .missing
  public var importMeta: ImportMetaHook = .none
  /// Its requests are answered, but the link that asked for them has not ended.
  public var waitsForInstantiation: Bool {
    hasLinkedRequests && status == .unlinked && host.linksInProgress > 0
  }

  /// `linkRequests` was called: `instantiate` may be.
  public internal(set) var hasLinkedRequests = false
  /// The last link that came to this module; nil when none has.
  public internal(set) var linkHistory: LinkHistory?
  /// Frozen arrays that JavaScript was given: the same ones every time.
  var cachedObjects: [String: JavaScriptValue] = [:]

  /// Parses a text. Throws `VMFailure` with a SyntaxError; nothing exists then.
  public convenience init(
    _ text: SourceText, identifier: String? = nil, context: VMContext
  ) throws {
    let parsed: Result<ParsedModule, SyntaxError>
    do throws(SyntaxError) {
      parsed = .success(try ParsedModule.parse(text))
    } catch {
      parsed = .failure(error)
    }
    try self.init(parsed, of: text, identifier: identifier, context: context)
  }

  /// The same of a text that was parsed.
  public init(
    _ result: Result<ParsedModule, SyntaxError>, of text: SourceText, identifier: String? = nil,
    context: VMContext
  ) throws {
    let parsed: ParsedModule
    do throws(SyntaxError) {
      parsed = try result.get()
    } catch {
      throw VMFailure(.syntax(error, text))
    }
    if let error = parsed.engineError {
      throw VMFailure(.syntax(error, text))
    }
    let identifier = identifier ?? context.nextIdentifier()
    source = SourceTextModuleRecord(
      identifier: identifier, parsed: parsed, in: context.host.agent)
    super.init(record: source, context: context, identifier: identifier)
  }

  /// One a request, in source order.
  public var moduleRequests: [ModuleRequest] { source.parsed.requests }

  public var hasTopLevelAwait: Bool { source.hasTLA }

  /// Whether a module of the linked graph has top-level await.
  public func hasAsyncGraph() throws -> Bool {
    guard recordStatus != .unlinked, recordStatus != .linking, linkFailure == nil else {
      throw VMFailure.status("must be instantiated")
    }
    var seen: Set<ModuleRecord> = [source]
    var waiting = [source]
    while let record = waiting.popLast() {
      if record.hasTLA { return true }
      for loaded in record.loadedModules {
        if let next = loaded?.asSourceText, seen.insert(next).inserted { waiting.append(next) }
      }
    }
    return false
  }

  /// Whether `createCachedData` may be called.
  public func checkCachedData() throws {
    switch status {
    case .evaluating, .evaluated, .errored:
      throw VMFailure.node(
        "ERR_VM_MODULE_CANNOT_CREATE_CACHED_DATA",
        "Cached data cannot be created for a module which has been evaluated")
    default: return
    }
  }
}
