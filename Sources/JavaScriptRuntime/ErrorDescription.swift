public import ModuleSyntax

/// What a thrown value says of itself, read once.
public final class ErrorDescription {
  /// `name` of the object, else its constructor's name; nil for a primitive.
  public var name: String?
  public var message: String
  public var code: String?
  public var frames: [StackFrame] = []
  public var cause: ErrorDescription?
  /// Whether the value is an object with a `message`.
  public var isError = false
  /// Whether it is one of Node's, which have their code in what `toString` and `stack` say.
  public var isNodeError = false
  /// What was thrown, when it was no object: as `inspect` shows it.
  public var primitive: String?

  init(name: String?, message: String) {
    self.name = name
    self.message = message
  }

  /// The first frame that has a place.
  public var place: (frame: StackFrame, position: SourcePosition)? {
    for frame in frames where frame.source != nil {
      if let position = frame.position { return (frame, position) }
    }
    return nil
  }

  /// A `stack` that is not the engine's own.
  public var assignedStack: String?

  /// `Name: message` and the frames, as V8 writes a `stack`; Node's errors have their code in it.
  public var stack: String {
    if let assignedStack { return assignedStack }
    let name = isNodeError ? "\(name ?? "Error") [\(code ?? "")]" : name
    let head = message.isEmpty ? name ?? "" : "\(name ?? "Error"): \(message)"
    return ([head] + frames.map { "    \($0.line)" }).joined(separator: "\n")
  }
}
