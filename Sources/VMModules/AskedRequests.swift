/// Requests that linkers of JavaScript have been asked for, and have not answered yet; JavaScript knows
/// those of one module by a token.
struct AskedRequests {
  typealias Answer = Swift.Result<LinkerAnswer, VMFailure>

  private struct Asked {
    var missing: Int
    var reply: (_ request: Int, Answer) -> Void
  }

  private var asked: [Asked?] = []
  private var free: [Int] = []

  mutating func begin(_ count: Int, _ reply: @escaping (_ request: Int, Answer) -> Void) -> Int {
    let made = Asked(missing: count, reply: reply)
    guard let token = free.popLast() else {
      asked.append(made)
      return asked.count - 1
    }
    asked[token] = made
    return token
  }

  /// So many of the requests will never be answered: they were not asked for.
  mutating func leaveOut(_ count: Int, of token: Int) {
    asked[token]?.missing -= count
    forgetAnswered(token)
  }

  /// One more is answered. The caller calls what it gives.
  mutating func take(_ token: Int) -> ((_ request: Int, Answer) -> Void)? {
    guard let reply = asked[token]?.reply else { return nil }
    asked[token]?.missing -= 1
    forgetAnswered(token)
    return reply
  }

  private mutating func forgetAnswered(_ token: Int) {
    guard asked[token]?.missing == 0 else { return }
    asked[token] = nil
    free.append(token)
  }
}
