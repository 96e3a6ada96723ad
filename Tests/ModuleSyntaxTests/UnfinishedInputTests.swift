import ModuleSyntax
import Testing

@Suite struct UnfinishedInputTests {
  @Test(
    arguments: [
      "f(", "f(1", "f(1,", "(1", "[1", "[1,", "{", "x = {", "x = {a", "x = {a:", "x = {a: 1",
      "`abc", "`${", "`${a", "`${a}", "/* x", "a +", "a ?", "a ? b", "a ? b :", "a.", "a?.", "a[",
      "!", "typeof", "new", "await", "let x =", "let [a", "let { a", "if (1", "if (1)",
      "if (1) ; else", "for (", "for (;;", "for (const x of", "while (1", "while (1)", "do",
      "do ; while", "throw", "switch (1) {", "switch (1) { case", "try {", "try {}", "try {} catch",
      "try {} catch (e", "try {} finally", "label:", "function", "function f", "function f(",
      "function f(a", "function f() {", "async function", "async (", "() =>", "(a, b", "(a) => {",
      "class", "class A", "class A {", "class A { m", "class A { m(", "class A { x =",
      "class A extends", "import {", "import {a", "import {a as", "import", "import *",
      "import * as", "import x", "import x from", "import 'm' with", "import 'm' with {",
      "import(", "import.", "export", "export {", "export {a", "export *", "export * as",
      "export * from", "export {a} from", "export default", "export let", "export const",
      "export function", "export class", "'abc\\", "'abc\\\n",
    ])
  func `what the end of the text cut off may be continued`(text: String) {
    #expect(MarkedSource(text).error()?.isUnfinished == true)
  }

  @Test(
    arguments: [
      "'abc", "'abc\n", "\"abc", "/abc", "/abc\n", "a b", "let 1", ")", "}", "]", "let a; let a",
      "export { a }", "return", "const a", "0x", "1_", "@", "import x y",
    ])
  func `what is wrong already stays wrong`(text: String) {
    let error = MarkedSource(text).error()
    #expect(error != nil)
    #expect(error?.isUnfinished == false)
  }
}
