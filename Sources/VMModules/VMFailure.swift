public import JavaScriptRuntime
public import ModuleLinking
public import ModuleSyntax

/// Why an operation on a module failed. The object is what JavaScript sees as one error object: who
/// reports the same failure reports the same one.
public final class VMFailure: Error {
  public indirect enum Kind {
    /// An error of Node's own, with its code.
    case node(name: String, code: String, message: String)
    /// An early error, found by our parser.
    case syntax(SyntaxError, SourceText)
    /// A SyntaxError of linking.
    case resolution(ResolutionFailure)
    /// What JavaScript threw, or that it was stopped.
    case thrown(JavaScriptThrown)
  }

  // Everything happens on one thread.
  nonisolated(unsafe) public let kind: Kind
  public let cause: VMFailure?
  /// The file that was not found, or is a directory.
  nonisolated(unsafe) public var missingFile: String?
  /// Where the failure belongs: the request that the linker answered wrongly.
  nonisolated(unsafe) public var request: (module: VMModule, index: Int)?
  /// The module that the linker answered, when that is what is wrong.
  nonisolated(unsafe) public internal(set) var answeredModule: VMModule?
  /// The link that it ended first.
  nonisolated(unsafe) public internal(set) var link: LinkAttempt?
  /// A module has no answer to a request yet, because this other link was still asking for it.
  nonisolated(unsafe) public internal(set) var otherLink: LinkAttempt?
  /// The value that was taken for the answer: of a promise, what it was fulfilled with.
  nonisolated(unsafe) public internal(set) var fulfilment: JavaScriptValue?
  nonisolated(unsafe) private var object: JavaScriptValue?

  public init(_ kind: Kind, cause: VMFailure? = nil) {
    self.kind = kind
    self.cause = cause
  }

  static func node(
    _ code: String, _ message: String, name: String = "Error", cause: VMFailure? = nil
  ) -> VMFailure {
    VMFailure(.node(name: name, code: code, message: message), cause: cause)
  }

  static func status(_ words: String) -> VMFailure {
    node("ERR_VM_MODULE_STATUS", "Module status \(words)")
  }

  /// Notes the request whose answer failed, unless another one had the same failure before.
  func happened(at module: VMModule, _ index: Int) {
    if request == nil { request = (module, index) }
  }

  /// The error object, when JavaScript has seen it.
  public var objectIfMade: JavaScriptValue? { object }

  /// The error object; null for code that was stopped, which leaves none.
  func value(in realm: Realm) -> JavaScriptValue? {
    if let object { return object }
    switch kind {
    case .node(let name, let code, let message) where code.hasPrefix("ERR_SCRIPT_EXECUTION"):
      // Node makes this one in C++: its text is that of any error.
      object = realm.makeErrorObject(name: name, message: message)
      object?.setProperty("code", to: realm.makeString(code))
    case .node(let name, let code, let message):
      object = realm.makeErrorObject(
        name: name, message: message, code: code, cause: cause?.value(in: realm))
    case .syntax(let error, let source):
      object = realm.makeErrorObject(
        name: "SyntaxError", message: error.message,
        place: (source.name, source.position(at: error.range.start)))
    case .resolution(let failure):
      let code: String?
      if case .noSourceObject = failure.reason {
        code = "ERR_SOURCE_PHASE_NOT_DEFINED"
      } else {
        code = nil
      }
      let source = failure.importer.parsed.source
      object = realm.makeErrorObject(
        name: "SyntaxError", message: failure.message, code: code,
        place: (source.name, source.position(at: failure.range.start)))
    case .thrown(let thrown):
      object = thrown.value ?? realm.nullValue
    }
    return object
  }
}
