/// A call of `module.link(linker)` whose promise has not settled.
public final class LinkRun {
  let linker: Linker
  let requestsLinker: RequestsLinker?
  private(set) var isGivenUp = false
  var attempt: LinkAttempt?
  private unowned let host: VMHost
  private let settled: (VMFailure?) -> Void
  private var isSettled = false
  /// Modules whose requests it asks for.
  private var begun: [SourceTextModule] = []

  init(
    _ host: VMHost, linker: @escaping Linker, requestsLinker: RequestsLinker?,
    settled: @escaping (VMFailure?) -> Void
  ) {
    self.host = host
    self.linker = linker
    self.requestsLinker = requestsLinker
    self.settled = settled
    host.linksInProgress += 1
  }

  func began(_ module: SourceTextModule) {
    if host.onStep != nil { begun.append(module) }
  }

  /// `outcome` is made when the link counts as ended.
  func settle(_ outcome: () -> VMFailure?) {
    guard !isSettled else { return }
    isSettled = true
    host.linksInProgress -= 1
    let failure = outcome()
    if let failure, failure.link == nil { failure.link = attempt }
    attempt?.state = failure.map { .failed($0) } ?? .succeeded
    settled(failure)
  }

  /// Every module is unlinked again. Only of a link that is stepped.
  public func giveUp() {
    guard !isGivenUp, !isSettled else { return }
    isGivenUp = true
    for module in begun where module.isLinkingOverride {
      module.isLinkingOverride = false
      module.linkHistory = nil
      host.overrideChanged(module)
    }
    settle { .givenUp }
  }
}
