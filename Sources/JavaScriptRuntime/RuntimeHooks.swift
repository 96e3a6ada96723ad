public import ModuleLinking
public import ModuleSyntax

/// One line that JavaScript printed.
public struct ConsoleEntry: Sendable {
  public var level: String
  public var text: String

  public init(level: String, text: String) {
    self.level = level
    self.text = text
  }
}

/// Who asks for a module with `import()`.
public enum DynamicImportReferrer {
  /// A module body; its record's environment has that slot.
  case module(ModuleInstance)
  /// A script, by the number that it ran under.
  case script(number: Int)
}

/// What `import()` asks for, and how it is answered.
public struct DynamicImport {
  public var referrer: DynamicImportReferrer
  public var specifier: String
  public var attributes: [ImportAttribute]
  public var phase: ImportPhase
  public var realm: Realm
  /// One more than that of the call before.
  public var number = 0
  /// Where the call begins in the referrer's source, in bytes; nil where that is not known.
  public var site: Int?
  /// The module whose body, in its synchronous run, came to the call.
  public var caller: ModuleInstance?
  /// The calls that led to it, the innermost first, where `caller` is known.
  public var frames: [StackFrame] = []
  public var resolve: (JavaScriptValue) -> Void
  public var reject: (JavaScriptValue) -> Void
  /// What the layer that answers keeps with it.
  public var payload: AnyObject?
}

/// What the runtime asks of the layers above it.
public final class RuntimeHooks {
  public var console: (ConsoleEntry) -> Void = { _ in }
  /// A promise was rejected and nobody handled it by the end of its turn.
  public var unhandledRejection: (JavaScriptValue) -> Void = { _ in }
  /// A callback of a timer or a microtask threw.
  public var uncaught: (JavaScriptValue) -> Void = { _ in }
  public var dynamicImport: (DynamicImport) -> Void = { _ in }
  /// Fills `import.meta` when it is first read. Returns what it throws.
  public var importMeta: (ModuleInstance, JavaScriptValue) -> JavaScriptThrown? = { _, _ in nil }
  /// The value of a global that is made when it is first read: `vm`, `modules`, `ns`, `contexts`.
  public var lazyGlobal: (String, Realm) -> JavaScriptValue? = { _, _ in nil }
  /// The instance of a record, made when it is first asked for.
  public var instance: (ModuleRecord) -> ModuleInstance? = { _ in nil }
  public var evaluateDeferred: (ModuleInstance) -> JavaScriptThrown? = { _ in nil }
  /// A Proxy that is shown as what its traps answer, not as its target.
  public var isShownByTraps: (JavaScriptValue) -> Bool = { _ in false }
  public var afterDrain: () -> Void = {}
  /// Somebody can look at what modules do not export.
  public var keepsLocals = true
  /// Bodies that are compiled now say before each top-level statement that they are there.
  public var marksStatements = false
  /// A marked body is before the statement with that index. False: the body must end here.
  public var statement: (ModuleInstance, Int) -> Bool = { _, _ in true }
  /// A marked body waits at an `await` of its top level, or goes on from there.
  public var waits: (ModuleInstance, Bool) -> Void = { _, _ in }
  /// What `Date.now()` is.
  public var date: () -> Double = { 0 }
  /// How long the jobs of a turn may take, in milliseconds, and each task; nil: as long as they take.
  public var turnLimit: Double?
  /// In how many milliseconds a turn is to end that begins now, because it did when the same was done
  /// before.
  public var stopDue: () -> (milliseconds: Double, kind: JavaScriptThrown.Kind)? = { nil }
  /// The same of a call that asks for Ctrl-C (`breakOnSigint`).
  public var caughtStopDue: () -> Double? = { nil }
  /// Code was stopped, and has ended. `isCaught`: Ctrl-C, by a call of JavaScript that asked for it.
  public var stopped: (_ kind: JavaScriptThrown.Kind, _ isCaught: Bool) -> Void = { _, _ in }

  public init() {}
}
