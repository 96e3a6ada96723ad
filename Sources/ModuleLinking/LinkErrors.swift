import ModuleSyntax

extension ModuleRecord {
  /// Every import and re-export of some modules that cannot be resolved, where Link ( ) stops at the
  /// first. Requests without a module are passed over.
  public static func linkErrors(
    of modules: some Sequence<SourceTextModuleRecord>
  ) -> [ResolutionFailure] {
    let resolver = ExportResolver(keepsResolutions: false)
    return modules.flatMap { $0.linkErrors(resolver) }
  }
}
