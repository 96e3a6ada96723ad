import ModuleSyntax
import Testing

/// The messages are those of Node 24.
@Suite struct EarlyErrorTests {
  @Test(
    arguments: [
      ("1️⃣function () {}", "Function statements require a function name"),
      ("function1️⃣* () {}", "Function statements require a function name"),
      ("async 1️⃣function () {}", "Function statements require a function name"),
      ("const 1️⃣x", "Missing initializer in const declaration"),
      ("const 1️⃣[a]", "Missing initializer in destructuring declaration"),
      ("let a = 1, 1️⃣[b]", "Missing initializer in destructuring declaration"),
      (
        "export default function(){} export 1️⃣default 1",
        "Identifier '.default' has already been declared"
      ),
      ("export {a as default}; let a; export 1️⃣default 1", "Duplicate export of 'default'"),
      ("export default 1; export {a as 1️⃣default}; let a", "Duplicate export of 'default'"),
      ("export default 1; export 1️⃣default function f(){}", "Duplicate export of 'default'"),
      ("export default function f(){}; export 1️⃣default 1", "Duplicate export of 'default'"),
      (
        "export default function f(){}; export 1️⃣default function g(){}",
        "Duplicate export of 'default'"
      ),
      (#"1️⃣"abc"#, "Invalid or unexpected token"),
      ("1️⃣/abc", "Invalid regular expression: missing /"),
      ("export const 1️⃣a", "Missing initializer in const declaration"),
      ("let a; let 1️⃣a", "Identifier 'a' has already been declared"),
      (#"import {a} from "a"; import {1️⃣a} from "b""#, "Identifier 'a' has already been declared"),
      (#"import {a} from "a"; let 1️⃣a"#, "Identifier 'a' has already been declared"),
      (#"let a; import {1️⃣a} from "a""#, "Identifier 'a' has already been declared"),
      (#"import x1️⃣, y from "a""#, "Unexpected token ','"),
      (#"import x1️⃣, from "a""#, "Unexpected token ','"),
      (#"import {a as b 1️⃣from "c""#, "Unexpected identifier 'from'"),
      (#"import {1️⃣"a"} from "b""#, "Unexpected reserved word"),
      (
        #"export {1️⃣"a"}"#,
        "String literal module export names must be followed by a 'from' clause"
      ),
      ("export {1️⃣if}", "Unexpected reserved word"),
      (#"import {1️⃣if} from "a""#, "Unexpected reserved word"),
      ("export {1️⃣nope}", "Export 'nope' is not defined in module"),
      ("await 0; await1️⃣: 1", "Unexpected token ':'"),
      ("() => 1️⃣await 1", "Unexpected reserved word"),
      ("function f(){ 1️⃣await 1 }", "Unexpected reserved word"),
      ("function f(){ 1️⃣await x }", "Unexpected reserved word"),
      ("let 1️⃣await", "Unexpected reserved word"),
      ("var 1️⃣yield", "Unexpected strict mode reserved word"),
      ("1️⃣yield 1", "Unexpected strict mode reserved word"),
      ("1️⃣yield = 1", "Unexpected strict mode reserved word"),
      ("let 1️⃣let = 1", "Unexpected strict mode reserved word"),
      ("1️⃣interface = 1", "Unexpected strict mode reserved word"),
      ("1️⃣enum = 1", "Unexpected reserved word"),
      ("class A { constructor(){} 1️⃣constructor(){} }", "A class may only have one constructor"),
      ("class A extends B { constructor() { super.1️⃣#x } }", "Unexpected private field"),
      ("1️⃣super.x", "'super' keyword unexpected here"),
      ("1️⃣super()", "'super' keyword unexpected here"),
      ("new.1️⃣target", "new.target expression is not allowed here"),
      ("1️⃣return 1", "Illegal return statement"),
      ("1️⃣break", "Illegal break statement"),
      ("1️⃣continue", "Illegal continue statement: no surrounding iteration statement"),
      ("break 1️⃣foo", "Undefined label 'foo'"),
      ("a: while(1) { continue 1️⃣b }", "Undefined label 'b'"),
      (
        "a: { continue 1️⃣a }",
        "Illegal continue statement: 'a' does not denote an iteration statement"
      ),
      ("1️⃣with ({}) {}", "Strict mode code may not include a with statement"),
      ("1️⃣010", "Octal literals are not allowed in strict mode."),
      (#""1️⃣\01""#, "Octal escape sequences are not allowed in strict mode."),
      ("1️⃣08", "Decimals with leading zeros are not allowed in strict mode."),
      ("delete 1️⃣x", "Delete of an unqualified identifier in strict mode."),
      ("1️⃣eval = 1", "Unexpected eval or arguments in strict mode"),
      ("1️⃣arguments++", "Unexpected eval or arguments in strict mode"),
      ("({1️⃣eval} = 1)", "Unexpected eval or arguments in strict mode"),
      ("let 1️⃣eval", "Unexpected eval or arguments in strict mode"),
      ("function 1️⃣eval(){}", "Unexpected eval or arguments in strict mode"),
      ("(1️⃣eval) => 1", "Unexpected eval or arguments in strict mode"),
      ("function f(a,1️⃣a){}", "Duplicate parameter name not allowed in this context"),
      ("(a,1️⃣a)=>1", "Duplicate parameter name not allowed in this context"),
      (
        #"function f(a=1){1️⃣"use strict"}"#,
        "Illegal 'use strict' directive in function with non-simple parameter list"
      ),
      ("1️⃣<!-- x", "HTML comments are not allowed in modules"),
      ("1️⃣-->", "HTML comments are not allowed in modules"),
      ("x = 1️⃣<!-- y", "HTML comments are not allowed in modules"),
      ("1️⃣1++", "Invalid left-hand side expression in postfix operation"),
      ("++1️⃣1", "Invalid left-hand side expression in prefix operation"),
      ("[1️⃣f()] = 1", "Invalid destructuring assignment target"),
      ("1️⃣1 = 1", "Invalid left-hand side in assignment"),
      ("1️⃣a + b = c", "Invalid left-hand side in assignment"),
      ("({a:1️⃣1} = 1)", "Invalid destructuring assignment target"),
      ("[1️⃣1] = 1", "Invalid destructuring assignment target"),
      ("1️⃣({a}) = 1", "Invalid left-hand side in assignment"),
      ("1️⃣([a]) = 1", "Invalid left-hand side in assignment"),
      ("[1️⃣([a])] = 1", "Invalid destructuring assignment target"),
      ("[1️⃣(a = 1)] = 1", "Invalid destructuring assignment target"),
      ("[1️⃣...a, b] = c", "Rest element must be last element"),
      ("({1️⃣...a, b} = c)", "Rest element must be last element"),
      (
        "({...1️⃣{a}} = c)",
        "`...` must be followed by an assignable reference in assignment contexts"
      ),
      ("let {...1️⃣{a}} = c", "`...` must be followed by an identifier in declaration contexts"),
      ("({1️⃣a = 1})", "Invalid shorthand property initializer"),
      ("({a, 1️⃣b = 1}).x", "Invalid shorthand property initializer"),
      (
        "1️⃣-1 ** 2",
        "Unary operator used immediately before exponentiation expression. Parenthesis must be used to disambiguate operator precedence"
      ),
      ("a ?? b 1️⃣|| c", "Unexpected token '||'"),
      ("a || b 1️⃣?? c", "Unexpected token '??'"),
      ("1️⃣a?.b = 1", "Invalid left-hand side in assignment"),
      ("a?.1️⃣`x`", "Invalid tagged template on optional chain"),
      ("new a1️⃣?.b()", "Invalid optional chain from new expression"),
      ("1️⃣import.meta = 1", "Invalid left-hand side in assignment"),
      (#"new 1️⃣import("x")"#, "Cannot use new with import"),
      ("import(1️⃣)", "import() requires a specifier"),
      ("import(1️⃣...a)", "Unexpected token '...'"),
      ("import.1️⃣foo", "Unexpected identifier 'foo'"),
      ("this.1️⃣#x", "Private field '#x' must be declared in an enclosing class"),
      ("class A { #a; 1️⃣#a }", "Identifier '#a' has already been declared"),
      ("class A { m() { delete this.1️⃣#a } #a }", "Private fields can not be deleted"),
      ("class A { 1️⃣#constructor }", "Classes may not have a field named 'constructor'"),
      (
        "({__proto__:1,1️⃣__proto__:2})",
        "Duplicate __proto__ fields are not allowed in object literals"
      ),
      (
        "for (let 1️⃣x = 1 of []);",
        "for-of loop variable declaration may not have an initializer."
      ),
      (
        "for (let 1️⃣x, y of []);",
        "Invalid left-hand side in for-of loop: Must have a single binding."
      ),
      ("for (const 1️⃣x;;);", "Missing initializer in const declaration"),
      ("for (let of 1️⃣[]);", "Unexpected token '['"),
      ("for (1️⃣async of []);", "The left-hand side of a for-of loop may not be 'async'."),
      ("for await (x 1️⃣in y);", "Unexpected token 'in'"),
      ("for await (1️⃣;;);", "Unexpected token ';'"),
      (
        "if (1) 1️⃣function f(){}",
        "In strict mode code, functions can only be declared at top level or inside a block."
      ),
      ("if (1) 1️⃣class A {}", "Unexpected token 'class'"),
      ("if (1) 1️⃣let x", "Lexical declaration cannot appear in a single-statement context"),
      (
        "while (1) 1️⃣async function f(){}",
        "Async functions can only be declared at the top level or inside a block."
      ),
      (
        "label: 1️⃣function* g(){}",
        "In strict mode code, functions can only be declared at top level or inside a block."
      ),
      ("label: 1️⃣class A{}", "Unexpected token 'class'"),
      ("a: 1️⃣a: 1", "Label 'a' has already been declared"),
      ("1️⃣/a/gg", "Invalid regular expression flags"),
      ("/a/1️⃣uv", "Invalid regular expression flags"),
      ("1_1️⃣", "Numeric separators are not allowed at the end of numeric literals"),
      ("1_1️⃣_0", "Only one underscore is allowed as numeric separator"),
      ("01️⃣_1", "Numeric separator can not be used after leading 0."),
      ("1️⃣0x", "Invalid or unexpected token"),
      ("1️⃣1n1", "Invalid or unexpected token"),
      ("1️⃣0b2", "Invalid or unexpected token"),
      ("1️⃣1.5n", "Invalid or unexpected token"),
      ("1️⃣3in []", "Invalid or unexpected token"),
      ("1️⃣3a", "Invalid or unexpected token"),
      (#""1️⃣\u{110000}""#, "Undefined Unicode code-point"),
      (#""1️⃣\xg""#, "Invalid hexadecimal escape sequence"),
      (#""1️⃣\u00g""#, "Invalid Unicode escape sequence"),
      (#"`1️⃣\xg`"#, "Invalid hexadecimal escape sequence"),
      (#"1️⃣\u0061wait: 1"#, "Keyword must not contain escaped characters"),
      (#"1️⃣v\u0061r x"#, "Keyword must not contain escaped characters"),
      (#"import {x} from "a" 1️⃣assert {type:"json"}"#, "Unexpected identifier 'assert'"),
      (#"import {x} from "a" with {type:1️⃣5}"#, "Unexpected number"),
    ])
  func `early errors of modules`(text: String, message: String) {
    let marked = MarkedSource(text)
    let error = marked.error(isModule: true)
    #expect(error?.message == message)
    #expect(error?.range.start == marked[1])
    #expect(error?.isUnfinished == false)
  }
}
