internal import CJavaScriptCore
internal import ModuleSyntax

/// Reads thrown values: their properties, and their stacks with the places of the person's source.
struct ErrorReader {
  let engine: JavaScriptEngine
  /// The inspector asks for an error's stack: it must not be asked back.
  var isForInspector = false

  /// Reads a value that was thrown. Getters of the person may run; none runs for long.
  func describe(_ value: JavaScriptValue) -> ErrorDescription {
    engine.looking(milliseconds: 500) { read(value.raw, in: value.realm, depth: 0) }
  }

  private func read(_ value: JSValueRef, in realm: Realm, depth: Int) -> ErrorDescription {
    guard let object = realm.object(value) else {
      let shown =
        JSValueIsString(realm.context, value)
        ? realm.text(value) : engine.inspector.inspect(value, in: realm)
      let description = ErrorDescription(name: nil, message: shown)
      description.primitive = engine.inspector.inspect(value, in: realm)
      return description
    }
    let description = ErrorDescription(name: nil, message: "")
    let stack = text("stack", of: object, in: realm)
    if let message = text("message", of: object, in: realm) {
      description.message = message
      description.isError = true
    } else if let stack, Self.isEngineStack(stack) {
      description.message = otherMessage(of: object, in: realm)
      description.isError = true
    } else if !isForInspector {
      description.message = engine.inspector.inspect(value, in: realm)
    }
    let name = text("name", of: object, in: realm) ?? ""
    description.name = name.isEmpty ? constructorName(of: object, in: realm) : name
    // An object literal is no kind of error.
    if !description.isError, description.name == "Object" { description.name = nil }
    if let code = property("code", of: object, in: realm),
      JSValueIsString(realm.context, code) || JSValueIsNumber(realm.context, code),
      realm.isOfKind("code", object)
    {
      let text = realm.text(code)
      description.code = text.isEmpty ? nil : text
      description.isNodeError = realm.hasOwn("toString", object)
    }
    if let stack {
      if Self.isEngineStack(stack) {
        fill(description, from: stack, constructor: constructorName(of: object, in: realm))
      } else {
        description.assignedStack = stack
        description.frames = StackFrame.parseV8(stack)
      }
    }
    if depth < 4, let cause = property("cause", of: object, in: realm),
      !JSValueIsUndefined(realm.context, cause)
    {
      description.cause = read(cause, in: realm, depth: depth + 1)
    }
    return description
  }

  /// What an error has as `message` that is no text.
  private func otherMessage(of error: JSObjectRef, in realm: Realm) -> String {
    guard let value = property("message", of: error, in: realm),
      !JSValueIsUndefined(realm.context, value),
      !isForInspector || !JSValueIsObject(realm.context, value)
    else { return "" }
    return engine.inspector.inspect(value, in: realm)
  }

  private func text(_ name: String, of object: JSObjectRef, in realm: Realm) -> String? {
    guard let value = property(name, of: object, in: realm), JSValueIsString(realm.context, value)
    else { return nil }
    return realm.text(value)
  }

  /// A property's value; nil when reading it throws, or takes too long. The others are read then, too.
  private func property(_ name: String, of object: JSObjectRef, in realm: Realm) -> JSValueRef? {
    engine.looking(milliseconds: 100) { realm.property(name, of: object) }
  }

  private func constructorName(of object: JSObjectRef, in realm: Realm) -> String? {
    guard let constructor = property("constructor", of: object, in: realm),
      let function = realm.object(constructor)
    else { return nil }
    return text("name", of: function, in: realm).flatMap { $0.isEmpty ? nil : $0 }
  }

  // MARK: - Places

  /// Stacks of modlab's own making, and of libraries that write V8's, stay as they are.
  private func fill(
    _ description: ErrorDescription, from stack: String, constructor: String?
  ) {
    var frames = visible(StackFrame.parse(stack, in: engine.texts))
    // As in V8, a stack begins where the error was made, not inside its class.
    if let last = frames.prefix(4).lastIndex(where: { $0.function == constructor }) {
      frames.removeFirst(last + 1)
    }
    let uninitialized =
      description.name == "ReferenceError"
      && description.message == "Cannot access uninitialized variable."
    let undeclared = Self.undeclaredName(description)
    var names: [String] = []
    var mapped: [StackFrame] = []
    for frame in frames {
      guard let text = frame.text, let position = frame.position else {
        mapped.append(frame)
        continue
      }
      let place = text.sourcePlace(of: position)
      // An import is read by a getter, whose frame comes first.
      if uninitialized, mapped.isEmpty, let name = place.binding,
        place.position == nil || !names.isEmpty
      {
        names.append(name)
      }
      // A getter of ours is no place of the source.
      guard let found = place.position else { continue }
      var moved = frame
      moved.position = found
      if uninitialized, mapped.isEmpty, names.isEmpty, let read = text.name(endingAt: position),
        text.source.mayDeclare(read.name)
      {
        names.append(read.name)
        moved.position = read.position
      }
      // JavaScriptCore names the end of this one too.
      if let undeclared, mapped.isEmpty, let read = text.name(endingAt: position),
        read.name == undeclared
      {
        moved.position = read.position
      }
      moved.function = text.visibleName(of: frame.function)
      mapped.append(moved)
    }
    // As many as V8 shows.
    frames = Array(mapped.prefix(10))
    description.frames = frames
    if uninitialized, let name = names.last {
      description.message = "Cannot access '\(name)' before initialization"
    } else if let text = frames.first?.text {
      description.message = text.cleaned(description.message)
    }
    description.message =
      undeclared.map { "\($0) is not defined" } ?? Self.nodeWords(description.message)
  }

  private static func undeclaredName(_ description: ErrorDescription) -> String? {
    let words = "Can't find variable: "
    guard description.name == "ReferenceError", description.message.hasPrefix(words) else {
      return nil
    }
    return String(description.message.dropFirst(words.count))
  }

  /// Whether a text is what JavaScriptCore writes, and not what a person or a library assigned.
  private static func isEngineStack(_ stack: String) -> Bool {
    if stack.contains("\n    at ") || stack.hasPrefix("    at ") { return false }
    return stack.isEmpty || stack.contains("@")
      || stack.split(separator: "\n").contains { $0.hasSuffix(" code") }
  }

  /// What the engine's stack has of itself between modlab's own JavaScript and the person's.
  private static let callers: Set = ["apply", "next", "call", "throw"]

  /// Without the frames of modlab's own JavaScript and of its native functions, and the engine's calls
  /// into them.
  private func visible(_ frames: [StackFrame]) -> [StackFrame] {
    var kept: [StackFrame] = []
    for frame in frames {
      if frame.isInternal {
        while let last = kept.last, last.source == nil, Self.callers.contains(last.function) {
          kept.removeLast()
        }
      } else if frame.source != nil || !frame.function.isEmpty {
        kept.append(frame)
      }
    }
    return kept
  }

  /// A namespace object is a Proxy here: its refusals get the words that Node has for them.
  private static func nodeWords(_ message: String) -> String {
    if message == "Maximum call stack size exceeded." { return String(message.dropLast()) }
    func property(_ prefix: String) -> String? {
      guard message.hasPrefix(prefix), message.hasSuffix("'") else { return nil }
      return String(message.dropFirst(prefix.count).dropLast())
    }
    if let name = property("Proxy object's 'set' trap returned falsy value for property '") {
      return "Cannot assign to read only property '\(name)' of object '[object Module]'"
    }
    if message == "Unable to delete property." {
      return "Cannot delete property of [object Module]"
    }
    if let name = property(
      "Proxy object's 'deleteProperty' trap returned falsy value for property '")
    {
      return "Cannot delete property '\(name)' of [object Module]"
    }
    return message
  }
}
