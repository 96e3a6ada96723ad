internal import JavaScriptRuntime
internal import ModuleSyntax
internal import VMModules

// What a prompt asks of a session.
extension Session {
  package var widestModuleName: String { registry.widestName }

  /// Time passes as it does for people, and Ctrl-C stops code that runs.
  package func beginInteractive(
    interruptRequested: @escaping () -> Bool, interruptAnswered: @escaping () -> Void
  ) {
    options.set("clock", to: "real")
    host.timers.clock = .real
    self.interruptRequested = interruptRequested
    self.interruptAnswered = interruptAnswered
    isInteractive = true
    if host.hasEngine { watchInterrupts(host.engine) }
  }

  /// Arms the engine's watch while a command runs.
  func watchInterrupts(_ engine: JavaScriptEngine) {
    engine.interruptRequested = { [unowned self] in
      guard interruptRequested() else { return false }
      interruptAnswered()
      return true
    }
    engine.watchInterrupts(true)
  }

  /// Words that can stand for an argument, for completion.
  package func words(for kind: ArgumentKind) -> [String] {
    switch kind {
    case .module: registry.names
    case .context: contextNames
    case .sessionOption: SessionOptions.all
    case .topic: CommandTable.words + HelpTopic.all.map(\.name)
    case .command: CommandTable.words
    case .specifier: requestedSpecifiers
    default: []
    }
  }

  private var requestedSpecifiers: [String] {
    var seen: Set<String> = []
    return registry.all.flatMap { ($0.module as? SourceTextModule)?.moduleRequests ?? [] }
      .map { quoted($0.specifier) }.filter { seen.insert($0).inserted }
  }
}
