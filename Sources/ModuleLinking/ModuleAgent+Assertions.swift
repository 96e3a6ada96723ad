extension ModuleAgent {
  /// A step "Assert: …" of one of the specification's algorithms, told as `module: step` where it does
  /// not hold. Release builds look at it only where `onBrokenAssertion` is set, and go on: a fault of
  /// modlab's own never ends a person's session. Debug builds stop.
  @inline(__always)
  func assertStep(
    _ module: ModuleRecord, _ holds: @autoclosure () -> Bool, _ step: @autoclosure () -> String
  ) {
    guard let onBrokenAssertion else {
      assert(holds(), "\(module.identifier) (\(module.status.word)): \(step())")
      return
    }
    if !holds() {
      onBrokenAssertion("\(module.identifier) (\(module.status.word)): \(step())")
    }
  }
}

/// The specification's `stack`: modules whose component is not finished, by rising [[DFSIndex]].
extension [SourceTextModuleRecord] {
  /// Whether the stack has the module; a search by index, as stacks may be long.
  func isOnStack(_ module: SourceTextModuleRecord) -> Bool {
    var range = startIndex..<endIndex
    while !range.isEmpty {
      let middle = range.lowerBound + range.count / 2
      if self[middle] === module { return true }
      if self[middle].storedDFSIndex < module.storedDFSIndex {
        range = middle + 1..<range.upperBound
      } else {
        range = range.lowerBound..<middle
      }
    }
    return false
  }
}
