internal import VMModules

/// An `import()` whose promise has not settled.
final class OpenImport {
  let specifier: String
  /// Nil for a script.
  let referrer: VMModule?
  /// What the rules answered; nil while they have not.
  var target: VMModule?

  init(specifier: String, referrer: VMModule?) {
    self.specifier = specifier
    self.referrer = referrer
  }
}
