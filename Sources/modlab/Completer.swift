internal import LineEditing
internal import Session

/// What Tab offers, as the line editor takes it.
struct Completer {
  let session: Session

  func complete(_ before: String) -> Completion {
    let (prefix, candidates) = session.completions(of: before)
    return Completion(
      replacedCount: prefix.unicodeScalars.count, candidates: candidates.map(\.text),
      suffix: candidates.count == 1 && candidates[0].goesOn ? "" : " ")
  }
}
