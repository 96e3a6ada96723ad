import ModuleSyntax
import Testing

/// The messages are those of Node 24.
@Suite struct ScriptErrorTests {
  @Test(
    arguments: [
      ("1️⃣export default function(){} export default 1", "Unexpected token 'export'"),
      ("1️⃣export {a as default}; let a; export default 1", "Unexpected token 'export'"),
      ("1️⃣export default 1; export {a as default}; let a", "Unexpected token 'export'"),
      ("1️⃣export default 1; export default function f(){}", "Unexpected token 'export'"),
      ("1️⃣export default function f(){}; export default 1", "Unexpected token 'export'"),
      (
        "1️⃣export default function f(){}; export default function g(){}",
        "Unexpected token 'export'"
      ),
      ("1️⃣export", "Unexpected token 'export'"),
      ("1️⃣export {", "Unexpected token 'export'"),
      ("1️⃣import {", "Cannot use import statement outside a module"),
      ("1️⃣import", "Cannot use import statement outside a module"),
      ("1️⃣import *", "Cannot use import statement outside a module"),
      ("1️⃣import * as", "Cannot use import statement outside a module"),
      ("1️⃣import x", "Cannot use import statement outside a module"),
      ("1️⃣import x from", "Cannot use import statement outside a module"),
      (#"1️⃣import x from "a" with"#, "Cannot use import statement outside a module"),
      ("1️⃣export default", "Unexpected token 'export'"),
      ("1️⃣export *", "Unexpected token 'export'"),
      ("1️⃣export * as", "Unexpected token 'export'"),
      ("1️⃣export let", "Unexpected token 'export'"),
      ("1️⃣export const a", "Unexpected token 'export'"),
      ("1️⃣export function", "Unexpected token 'export'"),
      ("1️⃣export class", "Unexpected token 'export'"),
      (
        #"1️⃣import {a} from "a"; import {a} from "b""#,
        "Cannot use import statement outside a module"
      ),
      (#"1️⃣import {a} from "a"; let a"#, "Cannot use import statement outside a module"),
      (#"let a; 1️⃣import {a} from "a""#, "Cannot use import statement outside a module"),
      (#"1️⃣import x, y from "a""#, "Cannot use import statement outside a module"),
      (#"1️⃣import x, from "a""#, "Cannot use import statement outside a module"),
      (#"1️⃣import {a as b from "c""#, "Cannot use import statement outside a module"),
      (#"1️⃣import {"a"} from "b""#, "Cannot use import statement outside a module"),
      (#"1️⃣export {"a"}"#, "Unexpected token 'export'"),
      ("1️⃣export {if}", "Unexpected token 'export'"),
      (#"1️⃣import {if} from "a""#, "Cannot use import statement outside a module"),
      ("1️⃣export {nope}", "Unexpected token 'export'"),
      (
        "1️⃣await 0; await: 1",
        "await is only valid in async functions and the top level bodies of modules"
      ),
      (
        "() => 1️⃣await 1",
        "await is only valid in async functions and the top level bodies of modules"
      ),
      (
        "function f(){ 1️⃣await 1 }",
        "await is only valid in async functions and the top level bodies of modules"
      ),
      (
        "function f(){ 1️⃣await x }",
        "await is only valid in async functions and the top level bodies of modules"
      ),
      ("yield 1️⃣1", "Unexpected number"),
      ("let 1️⃣let = 1", "let is disallowed as a lexically bound name"),
      ("import.1️⃣meta = 1", "Cannot use 'import.meta' outside a module"),
      ("import.1️⃣meta()", "Cannot use 'import.meta' outside a module"),
      ("for 1️⃣await (x in y);", "Unexpected reserved word"),
      ("for 1️⃣await (;;);", "Unexpected reserved word"),
      (
        "label: function1️⃣* g(){}",
        "Generators can only be declared at the top level or inside a block."
      ),
      (
        #"1️⃣import {x} from "a" assert {type:"json"}"#,
        "Cannot use import statement outside a module"
      ),
      (#"1️⃣import {x} from "a" with {type:5}"#, "Cannot use import statement outside a module"),
      (
        #"1️⃣import {x} from "a" with {type:"json", type:"json"}"#,
        "Cannot use import statement outside a module"
      ),
      (#"1️⃣export {x as "\uD800"}; let x"#, "Unexpected token 'export'"),
      ("async (1️⃣await) => 1", "'await' is not a valid identifier name in an async function"),
      ("async 1️⃣await => 1", "'await' is not a valid identifier name in an async function"),
      ("function* g(1️⃣yield){}", "Unexpected identifier 'yield'"),
      (#"1️⃣import a from "a"; var a"#, "Cannot use import statement outside a module"),
      (#"1️⃣import a from "a"; function a(){}"#, "Cannot use import statement outside a module"),
      (#"{ 1️⃣import x from "x" }"#, "Cannot use import statement outside a module"),
      (#"{ 1️⃣import {x} from "x" }"#, "Cannot use import statement outside a module"),
      (#"{ 1️⃣import "x" }"#, "Cannot use import statement outside a module"),
      (#"if (1) 1️⃣import x from "x""#, "Cannot use import statement outside a module"),
      ("1️⃣export default let x", "Unexpected token 'export'"),
      ("1️⃣export default var x", "Unexpected token 'export'"),
      ("1️⃣export default const", "Unexpected token 'export'"),
      ("1️⃣export async x", "Unexpected token 'export'"),
      (#"1️⃣import default from "x""#, "Cannot use import statement outside a module"),
      ("1️⃣export * from", "Unexpected token 'export'"),
      ("1️⃣export {a} from", "Unexpected token 'export'"),
      ("1️⃣export {a} from b", "Unexpected token 'export'"),
      (#"1️⃣import x "x""#, "Cannot use import statement outside a module"),
      (#"1️⃣import x of "x""#, "Cannot use import statement outside a module"),
      (#"1️⃣import {x,,y} from "x""#, "Cannot use import statement outside a module"),
      ("1️⃣export {,}", "Unexpected token 'export'"),
      ("using 1️⃣x = 1", "Unexpected identifier 'x'"),
      (
        "1️⃣await using x = 1",
        "await is only valid in async functions and the top level bodies of modules"
      ),
      ("import.1️⃣meta", "Cannot use 'import.meta' outside a module"),
      ("let 1️⃣1", "Unexpected number"),
    ])
  func `early errors that only scripts have`(text: String, message: String) {
    let marked = MarkedSource(text)
    let error = marked.error(isModule: false)
    #expect(error?.message == message)
    #expect(error?.range.start == marked[1])
    #expect(error?.isUnfinished == false)
  }
}
