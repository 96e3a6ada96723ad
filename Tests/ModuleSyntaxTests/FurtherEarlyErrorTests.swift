import ModuleSyntax
import Testing

/// The messages are those of Node 24.
@Suite struct FurtherEarlyErrorTests {
  @Test(
    arguments: [
      (
        #"import {x} from "a" with {type:"json", 1️⃣type:"json"}"#,
        "Import attribute has duplicate key 'type'"
      ),
      (
        #"export {x as 1️⃣"\uD800"}; let x"#,
        "Invalid module export name: contains unpaired surrogate"
      ),
      ("1️⃣@dec class A{}", "Invalid or unexpected token"),
      ("a 1️⃣b", "Unexpected identifier 'b'"),
      ("a 1️⃣1", "Unexpected number"),
      (#"a 1️⃣"b""#, "Unexpected string"),
      ("a `b` 1️⃣c", "Unexpected identifier 'c'"),
      ("a => {} 1️⃣()", "Unexpected token '('"),
      ("() => {} 1️⃣|| 1", "Unexpected token '||'"),
      ("(a, b) => {} 1️⃣= 1", "Unexpected token '='"),
      ("(...1️⃣a, b) => 1", "Rest parameter must be last formal parameter"),
      ("(...1️⃣a = 1) => 1", "Rest parameter may not have a default initializer"),
      ("(1️⃣a.b) => 1", "Invalid destructuring assignment target"),
      ("(1️⃣(a)) => 1", "Invalid destructuring assignment target"),
      ("([1️⃣a.b]) => 1", "Illegal property in declaration context"),
      ("(1️⃣1) => 1", "Invalid destructuring assignment target"),
      ("1️⃣a.b => 1", "Malformed arrow function parameter list"),
      ("1️⃣f(a) => 1", "Malformed arrow function parameter list"),
      ("async (1️⃣a.b) => 1", "Invalid destructuring assignment target"),
      ("async (await1️⃣) => 1", "Unexpected token ')'"),
      ("async 1️⃣await => 1", "Unexpected reserved word"),
      ("function* g(1️⃣yield){}", "Unexpected strict mode reserved word"),
      ("function* g(){ (a = 1️⃣yield) => 1 }", "Yield expression not allowed in formal parameter"),
      (
        "async function f(a = 1️⃣await 1){}",
        "Illegal await-expression in formal parameters of async function"
      ),
      (
        "async () => { (a = 1️⃣await 1) => 1 }",
        "Illegal await-expression in formal parameters of async function"
      ),
      ("({get x1️⃣(a){}})", "Getter must not have any formal parameters."),
      ("({set x1️⃣(){}})", "Setter must have exactly one formal parameter."),
      ("({set x(1️⃣...a){}})", "Setter function argument must not be a rest parameter"),
      ("({a 1️⃣b})", "Unexpected identifier 'b'"),
      ("({1️⃣1})", "Unexpected number"),
      (#"({1️⃣"a"})"#, "Unexpected string"),
      ("({1️⃣[a]})", "Unexpected token '['"),
      ("({1️⃣if})", "Unexpected token 'if'"),
      ("({async *1️⃣})", "Unexpected token '}'"),
      ("({get 1️⃣*a(){}})", "Unexpected token '*'"),
      ("class A { get 1️⃣constructor(){} }", "Class constructor may not be an accessor"),
      (
        "class A { static 1️⃣prototype(){} }",
        "Classes may not have a static property named 'prototype'"
      ),
      (
        "class A { x = 1️⃣arguments }",
        "'arguments' is not allowed in class field initializer or static initialization block"
      ),
      ("class A { static { 1️⃣await } }", "Unexpected reserved word"),
      ("class A { static { 1️⃣return } }", "Illegal return statement"),
      ("class 1️⃣let {}", "Unexpected strict mode reserved word"),
      ("class A { a 1️⃣b }", "Unexpected identifier 'b'"),
      ("class 1️⃣{ }", "Unexpected token '{'"),
      ("switch(1){ default: 1️⃣default: }", "More than one default clause in switch statement"),
      ("switch(1){ case 1: let a; case 2: let 1️⃣a }", "Identifier 'a' has already been declared"),
      ("try {} catch (a) { let 1️⃣a }", "Identifier 'a' has already been declared"),
      ("try {} catch ([a]) { var 1️⃣a }", "Identifier 'a' has already been declared"),
      ("{ function f(){} let 1️⃣f }", "Identifier 'f' has already been declared"),
      ("let f; function 1️⃣f(){}", "Identifier 'f' has already been declared"),
      ("function f(){} function 1️⃣f(){}", "Identifier 'f' has already been declared"),
      ("var a; let 1️⃣a", "Identifier 'a' has already been declared"),
      ("let a; var 1️⃣a", "Identifier 'a' has already been declared"),
      ("let a; { var 1️⃣a }", "Identifier 'a' has already been declared"),
      (#"import a from "a"; var 1️⃣a"#, "Identifier 'a' has already been declared"),
      (#"import a from "a"; function 1️⃣a(){}"#, "Identifier 'a' has already been declared"),
      ("a = 1 1️⃣b", "Unexpected identifier 'b'"),
      ("var a = 1 1️⃣2", "Unexpected number"),
      ("1️⃣#x", "Private field '#x' must be declared in an enclosing class"),
      (" 1️⃣#!x", "Invalid or unexpected token"),
      (#"{ import 1️⃣x from "x" }"#, "Unexpected identifier 'x'"),
      (#"{ import 1️⃣{x} from "x" }"#, "Unexpected token '{'"),
      (#"{ import 1️⃣"x" }"#, "Unexpected string"),
      ("{ 1️⃣export let x }", "Unexpected token 'export'"),
      ("function f(){ 1️⃣export let x }", "Unexpected token 'export'"),
      (#"if (1) import 1️⃣x from "x""#, "Unexpected identifier 'x'"),
      ("1️⃣export 1", "Unexpected token 'export'"),
      ("1️⃣export x", "Unexpected token 'export'"),
      ("export default 1️⃣let x", "Unexpected strict mode reserved word"),
      ("export default 1️⃣var x", "Unexpected token 'var'"),
      ("export default 1️⃣const", "Unexpected token 'const'"),
      ("export 1️⃣async x", "Unexpected token 'async'"),
      (#"import 1️⃣default from "x""#, "Unexpected token 'default'"),
      ("export {a} from 1️⃣b", "Unexpected identifier 'b'"),
      (#"import x 1️⃣"x""#, "Unexpected string"),
      (#"import x 1️⃣of "x""#, "Unexpected token 'of'"),
      (#"import {x,1️⃣,y} from "x""#, "Unexpected token ','"),
      ("export {1️⃣,}", "Unexpected token ','"),
      ("let [a, 1️⃣a] = 1", "Identifier 'a' has already been declared"),
      ("let {a, b: 1️⃣a} = 1", "Identifier 'a' has already been declared"),
      ("for (let a, 1️⃣a;;);", "Identifier 'a' has already been declared"),
      ("for (let a of a) { var 1️⃣a }", "Identifier 'a' has already been declared"),
      ("function f(a) { let 1️⃣a }", "Identifier 'a' has already been declared"),
      ("(a) => { let 1️⃣a }", "Identifier 'a' has already been declared"),
      (#""1️⃣\8""#, #"\8 and \9 are not allowed in strict mode."#),
      ("{ using 1️⃣x }", "Missing initializer in using declaration"),
      ("for (using 1️⃣x in y);", "Invalid 'using' in for-in loop"),
      ("async function f(){ function 1️⃣await(){} }", "Unexpected reserved word"),
      ("async function f(){ for await (a of b) ; await 1️⃣}", "Unexpected token '}'"),
      ("function f() { for 1️⃣await (a of b); }", "Unexpected reserved word"),
      ("({async foo1️⃣})", "Unexpected token '}'"),
      ("debugger 1️⃣1", "Unexpected number"),
      ("do x 1️⃣while(1)", "Unexpected token 'while'"),
      ("1️⃣else", "Unexpected token 'else'"),
      ("1️⃣case 1:", "Unexpected token 'case'"),
      ("1️⃣catch", "Unexpected token 'catch'"),
      ("1️⃣} ", "Unexpected token '}'"),
      ("1️⃣) ", "Unexpected token ')'"),
      ("1️⃣]", "Unexpected token ']'"),
      ("1️⃣=>", "Unexpected token '=>'"),
      ("1️⃣...a", "Unexpected token '...'"),
      ("f(...1️⃣)", "Unexpected token ')'"),
      ("[...1️⃣]", "Unexpected token ']'"),
      ("({...1️⃣})", "Unexpected token '}'"),
      ("1️⃣let", "Unexpected strict mode reserved word"),
      ("1️⃣let;", "Unexpected strict mode reserved word"),
      ("1️⃣let 1", "Unexpected strict mode reserved word"),
      ("var 1️⃣1", "Unexpected number"),
      ("new.1️⃣foo", "Unexpected identifier 'foo'"),
      ("`${a 1️⃣b}`", "Missing } in template expression"),
      ("f(a 1️⃣b)", "missing ) after argument list"),
      ("[a 1️⃣b]", "Unexpected identifier 'b'"),
      ("(a 1️⃣b)", "Unexpected identifier 'b'"),
      ("function f(a 1️⃣b){}", "Unexpected identifier 'b'"),
      ("function f(a,1️⃣,b){}", "Unexpected token ','"),
      ("function f(...a1️⃣,){}", "Rest parameter must be last formal parameter"),
      ("function f(1️⃣1){}", "Unexpected number"),
      ("function f1️⃣{}", "Unexpected token '{'"),
      ("if 1️⃣1", "Unexpected number"),
      ("for 1️⃣1", "Unexpected number"),
      (
        "for (var 1️⃣i, j of []);",
        "Invalid left-hand side in for-of loop: Must have a single binding."
      ),
      ("for (var 1️⃣[a];;);", "Missing initializer in destructuring declaration"),
      (
        "for (var 1️⃣i = 0 in {});",
        "for-in loop variable declaration may not have an initializer."
      ),
      ("1️⃣with", "Strict mode code may not include a with statement"),
      ("1️⃣in", "Unexpected token 'in'"),
      ("1️⃣instanceof", "Unexpected token 'instanceof'"),
      ("1️⃣null = 1", "Invalid left-hand side in assignment"),
      ("1️⃣this = 1", "Invalid left-hand side in assignment"),
      ("1️⃣true++", "Invalid left-hand side expression in postfix operation"),
      ("1️⃣new x = 1", "Invalid left-hand side in assignment"),
      ("1️⃣x++ = 1", "Invalid left-hand side in assignment"),
      ("1️⃣`a` = 1", "Invalid left-hand side in assignment"),
      ("1️⃣({}) = 1", "Invalid left-hand side in assignment"),
      ("async x => 1️⃣1 = 2", "Invalid left-hand side in assignment"),
    ])
  func `early errors of modules`(text: String, message: String) {
    let marked = MarkedSource(text)
    let error = marked.error(isModule: true)
    #expect(error?.message == message)
    #expect(error?.range.start == marked[1])
    #expect(error?.isUnfinished == false)
  }

  /// AssignmentTargetType of a call: invalid in strict code, so an early error; web-compat in sloppy code, where
  /// it throws when it runs. `&&=`, `||=` and `??=` take no call anywhere.
  /// https://tc39.es/ecma262/#sec-static-semantics-assignmenttargettype
  @Test(
    arguments: [
      ("1️⃣f() = 1", "Invalid left-hand side in assignment", true),
      ("1️⃣f() += 1", "Invalid left-hand side in assignment", true),
      ("1️⃣(f()) = 1", "Invalid left-hand side in assignment", true),
      ("1️⃣f()++", "Invalid left-hand side expression in postfix operation", true),
      ("--1️⃣f()", "Invalid left-hand side expression in prefix operation", true),
      ("for (1️⃣f() of []);", "Invalid left-hand side in for-loop", true),
      ("for (1️⃣f() in []);", "Invalid left-hand side in for-loop", true),
      ("1️⃣f() ||= 1", "Invalid left-hand side in assignment", false),
    ])
  func `calls are no targets in strict code`(text: String, message: String, isSloppyRight: Bool) {
    let marked = MarkedSource(text)
    let error = marked.error(isModule: true)
    #expect(error?.message == message)
    #expect(error?.range.start == marked[1])
    #expect((marked.error(isModule: false) == nil) == isSloppyRight)
  }
}
