/// Links whose requests a linker of JavaScript was asked for, and has not answered all yet; JavaScript
/// knows them by a token.
struct AskedRequests {
  private var links: [(link: ModuleLink, missing: Int)?] = []
  private var free: [Int] = []

  mutating func begin(_ link: ModuleLink, _ count: Int) -> Int {
    guard let token = free.popLast() else {
      links.append((link, count))
      return links.count - 1
    }
    links[token] = (link, count)
    return token
  }

  /// So many of the requests will never be answered: they were not asked for.
  mutating func leaveOut(_ count: Int, of token: Int) {
    links[token]?.missing -= count
    if links[token]?.missing == 0 { forget(token) }
  }

  /// The link of which one more request is answered.
  mutating func take(_ token: Int) -> ModuleLink? {
    guard let link = links[token]?.link else { return nil }
    leaveOut(1, of: token)
    return link
  }

  private mutating func forget(_ token: Int) {
    links[token] = nil
    free.append(token)
  }
}
