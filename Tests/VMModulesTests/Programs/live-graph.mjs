// Several realms, re-exports, namespaces of namespaces, cycles with hoisted functions, eval and Function.
import { vm, graph, later, now, source, synthetic } from './support.mjs';
{
  const g = graph({ even: 'import { odd } from "odd"; export function even(n) { return n === 0 || odd(n - 1) } export const early = odd(3);', odd: 'import { even } from "even"; export function odd(n) { return n !== 0 && even(n - 1) }' });
  await g.run('even');
  console.log(g.modules.even.namespace.even(10), g.modules.even.namespace.early, g.modules.odd.namespace.odd(7));
}
{
  const g = graph({ a: 'import * as b from "b"; export const x = "a"; export const seen = () => b.y; export * as inner from "b"', b: 'import * as a from "a"; export const y = "b"; export const seen = () => a.x; let early; try { early = a.x } catch (e) { early = e.name } export { early }' });
  await g.run('a');
  const { a, b } = g.modules;
  console.log(a.namespace.seen(), b.namespace.seen(), b.namespace.early, a.namespace.inner === b.namespace, a.namespace.inner.y);
}
{
  const m = source(`
    export let n = 1; export const local = 5;
    export const direct = eval('n + local'); eval('var hidden = 1'); export const t = typeof hidden;
    export const indirect = (0, eval)('typeof local'); export const fn = new Function('return typeof local')();
    export const arrow = () => eval('n = 7; n'); export const nested = (() => { const n = 'inner'; return eval('n') })();
    export const strict = eval('(function () { return this })()'); export const meta = typeof import.meta; export const args = (function () { return arguments.length })(1, 2);
    export class Base { static #count = 0; static made() { return ++Base.#count } get [Symbol.toStringTag]() { return 'Base' } }
    export class Derived extends Base { constructor() { super(); this.target = new.target.name } }
    export function* counter() { yield* [1, 2]; return n } export const { a = 1, ...others } = { b: 2, c: 3 }; export const [first, , third = 'default'] = [1, 2];
    label: for (const i of [1, 2, 3]) { for (const j of [1, 2]) { if (j === 2) continue label; if (i === 2) break label; n += i } }
    export const tagged = ((strings, ...values) => strings.raw.join('|') + values)\`a\${n}b\\n\${local}\`; export const re = /n\\/import x from 'y'/.test("n/import x from 'y'");
    if (true) { function block() { return 'block' } } export const blocky = typeof block; var v1 = 1; var v1 = 2; export { v1 as 'a-b', v1 as default };
    export const optional = undefined?.x ?? 'nullish'; export const big = 2n ** 64n; export const sep = 1_000; export async function af() { return await n } export const text = \`import { x } from "y"\`; // import z from 'z'
    /* export const no = 1 */ export const chain = [1, 2, 3].at(-1), json = JSON.stringify({ n }), comma = (1, 2), last = (() => { try { return 'try' } finally { n++ } })()
  `);
  await m.link(() => {}); await m.evaluate();
  for (const key of Object.keys(m.namespace)) now(key, () => typeof m.namespace[key] === 'function' ? m.namespace[key].name : m.namespace[key]);
  console.log(m.namespace.arrow(), m.namespace.n, [...m.namespace.counter()].join(), new m.namespace.Derived().target, m.namespace.Base.made(), String(new m.namespace.Base()), await m.namespace.af());
}
{
  const context = vm.createContext({ outside: 1 });
  const far = new vm.SourceTextModule('import { x } from "near"; export const list = [x]; export const own = typeof outside', { context, identifier: 'far' });
  const near = new vm.SyntheticModule(['x'], function () { this.setExport('x', []); }, { context });
  await far.link(() => near); await far.evaluate();
  console.log(far.namespace.list instanceof Array, far.namespace.list[0] instanceof Array, far.namespace.own);
}
{
  const g = graph({ main: 'import def, { default as again, x as y } from "mid"; export default class extends def {} export { again, y }; export const name = def.name', mid: 'export { default } from "leaf"; export * from "leaf"', leaf: 'export default class Named { static s = 1 } export let x = 1; export const set = (v) => { x = v }' });
  await g.run('main');
  const ns = g.modules.main.namespace;
  g.modules.leaf.namespace.set(9);
  console.log(ns.name, ns.y, ns.default.s, ns.default.name, ns.again === Object.getPrototypeOf(ns.default), Object.keys(ns).join());
}
