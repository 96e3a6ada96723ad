import { vm } from './support.mjs';
const sources = [
  'let x = ;', "let s = 'abc", 'let a; let a;', "import { a } from 'x'; let a;", "import { a } from 'x'; import { a } from 'y'", 'export let a; export { a };',
  'export default 1; export default 2', 'export { nope };', 'function f() { await 1 }', 'let await', "import { default } from 'x'", "{ import x from './x'; }",
  'function f() { export let x; }', 'with ({}) {}', '010', 'let x; delete x', 'return 1;', '<!-- x', "import x from 'x' with { type: 5 }",
  "import x from 'x' with { type: 'json', type: 'json' }", 'import.meta = 1', 'export {', "new import('./x')", "let x; export { x as '\\uD800' }",
  'class A { m() { this.#x } }', "import x './x'", 'let arguments = 1', 'break foo;', 'let = 5 5;', "import source x from './x'", 'yield', 'new.target', 'super()',
  "import { a as eval } from 'x'", "export * as default from 'x'; export default 1", "import 'x' with { type: 'json' }", 'export default function f() {} export { f as default }',
  "export { if }", "export { 'a' }", "export { 'a' as b } from 'x'", 'var a; export { a as default, a as x }', 'await: 1', 'if (1) function f() {}', 'label: function f() {}',
  'let x; var x', '{ function f() {} var f }', 'for (const x of []) { let x }', 'try {} catch (e) { let e }', 'a?.b = 1', '`${', '/(/', '"\\08"', 'x = { a: 1, a: 2, __proto__: 1, __proto__: 2 }',
  'async () => { for await (const x in []) ; }', 'for (let of []) ;', 'continue', 'switch (1) { case 1: let a; default: let a }', 'class A { constructor() {} constructor() {} }', '#!/usr/bin/env node\nlet y = 1', '1++', '({ a = 1 })', 'import("a", "b", "c")', 'import()', 'import(...[])', 'import.other', 'export var let = 1', 'export const a', 'const { a }',
];
for (const text of sources) {
  try { new vm.SourceTextModule(text); console.log(`${JSON.stringify(text)}: compiles`); } catch (error) { console.log(`${JSON.stringify(text)}: ${error.name} ${error.code ?? '-'} ${error.constructor === SyntaxError}`); }
}
