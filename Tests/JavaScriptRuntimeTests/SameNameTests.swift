import ModuleSyntax
import Session
import Testing

/// Modules may share an identifier; the places of their errors must not mix.
@MainActor @Suite struct SameNameTests {
  @Test(.disabled("places are found by the name of the source, which the two modules share"))
  func `an error has the place in its own module`() {
    let answers = answers(
      to: """
        module dep = export const f = () => { null.x };
        link dep
        evaluate dep
        module dep = "a text that is much longer than the other"; 1; say
        link dep
        evaluate dep
        """)
    #expect(answers[5].error?.position?.column ?? 0 >= 49)
  }

  @Test(.disabled("a time limit inside running code does not stop the inspector"))
  func `a value that never ends being shown is given up`() {
    let answers = answers(to: "js console.log({ get [Symbol.toStringTag]() { for (;;); } })")
    #expect(answers.count == 1)
  }
}
