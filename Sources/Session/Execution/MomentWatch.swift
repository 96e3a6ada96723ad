internal import JavaScriptRuntime
internal import VMModules

/// Looks at a session that is run again, right after one of its transitions.
final class MomentWatch {
  private unowned let session: Session
  private let number: Int
  private let question: (Session) throws -> CommandOutcome
  private var isLooking = false
  /// What was seen; a failure is in words, which outlive the session.
  private(set) var answer: Result<CommandOutcome, any Error>?

  init(
    _ session: Session, _ number: Int, _ question: @escaping (Session) throws -> CommandOutcome
  ) {
    self.session = session
    self.number = number
    self.question = question
  }

  func note(_ transition: Transition) {
    if transition.number == number, !isLooking { look() }
  }

  /// In the middle of an operation: no job may run, and nothing that is read is a step of it.
  func look() {
    let host = session.host
    let command = ScriptCommand(
      file: nil, line: 1, text: "", expectedError: nil, redirection: nil, parsed: .success(.cycles))
    isLooking = true
    let wasPaused = host.isPaused
    host.isPaused = true
    session.readWithEngine {
      do {
        answer = .success(try question(session))
      } catch let error as CommandError {
        answer = .failure(error)
      } catch {
        var failure = session.describe(error, in: command)
        failure.diagnostic.hints = ["timeline"]
        answer = .failure(failure)
      }
    }
    host.isPaused = wasPaused
    isLooking = false
  }
}
