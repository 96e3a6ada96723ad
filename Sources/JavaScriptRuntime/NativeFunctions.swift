/// The native functions of an engine that JavaScript still has.
final class NativeFunctions {
  private var living: [ObjectIdentifier: Unmanaged<NativeFunction>] = [:]
  private var buried: [NativeFunction.Body] = []

  func add(_ function: NativeFunction) {
    living[ObjectIdentifier(function)] = Unmanaged.passUnretained(function)
  }

  func remove(_ function: NativeFunction) { living[ObjectIdentifier(function)] = nil }

  /// Keeps what the collector took. It is in the middle of its work, and what a function holds may
  /// call JavaScript when it goes.
  func bury(_ body: @escaping NativeFunction.Body) { buried.append(body) }

  /// Lets go of what was buried. The collector is not at work.
  func dropBuried() {
    while !buried.isEmpty {
      let bodies = buried
      buried = []
      withExtendedLifetime(bodies) {}
    }
  }

  /// They do nothing from now on, and let go of what they have: values of JavaScript, which would keep
  /// the engine that keeps them.
  func end() {
    let functions = living.values.map { $0.takeUnretainedValue() }
    for function in functions { function.end() }
    dropBuried()
  }
}
