/// The native functions of an engine that JavaScript still has.
final class NativeFunctions {
  private var living: [ObjectIdentifier: Unmanaged<NativeFunction>] = [:]

  func add(_ function: NativeFunction) {
    living[ObjectIdentifier(function)] = Unmanaged.passUnretained(function)
  }

  func remove(_ function: NativeFunction) { living[ObjectIdentifier(function)] = nil }

  /// They do nothing from now on, and let go of what they have: values of JavaScript, which would keep
  /// the engine that keeps them.
  func end() {
    let functions = living.values.map { $0.takeUnretainedValue() }
    for function in functions { function.end() }
  }
}
