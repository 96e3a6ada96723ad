internal import JavaScriptRuntime
internal import VMModules

/// An `import()`: as long as its promise has not settled, and when it was rejected.
final class OpenImport {
  let specifier: String
  /// Nil for a script.
  let referrer: VMModule?
  /// The call's own number.
  let number: Int
  /// Where the call begins in the referrer's source, in bytes.
  let site: Int?
  /// The module whose body, in its synchronous run, came to the call.
  let caller: VMModule?
  /// The calls of that run, the innermost first.
  let frames: [StackFrame]
  /// importModuleDynamically was asked, and not the rules.
  var isHooks = false
  /// What answered, and with what, where that was no module.
  var answer: AnsweredRequest?
  /// What the rules answered; nil while they have not.
  var target: VMModule?
  /// What it was rejected with.
  var rejection: JavaScriptValue?

  init(_ request: DynamicImport, referrer: VMModule?, caller: VMModule?) {
    specifier = request.specifier
    self.referrer = referrer
    number = request.number
    site = request.site
    frames = request.frames
    self.caller = caller
  }
}
