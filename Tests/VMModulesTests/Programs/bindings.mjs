import { vm, describe, graph, later, now, source, synthetic } from './support.mjs';
{
  const g = graph({
    main: `import d, { n, n as m, inc, v, K, f, obj } from "dep"; import * as ns from "dep"; import { n as viaStar } from "star"; import { x as through } from "through";
      export const read = () => [d, n, m, viaStar, through, ns.n, v, f(), obj.m.call(undefined), typeof K];
      export const change = inc; export { n as again };
      export const assign = [() => { n = 5 }, () => { d = 1 }, () => { ns = 1 }, () => { n++ }, () => { ({ n } = { n: 1 }) }, () => { [m] = [1] }, () => { for (n of [1]); }, () => { n &&= 1 }, () => { ns.n = 1 }, () => { ns.other = 1 }, () => { delete ns.n }, () => delete ns.other, () => { n ??= 1; return 'kept' }];
      export const callThis = [() => f.call(7), () => f(), () => ns.f(), () => (0, ns.f)(), () => f\`\`, () => new K().constructor === K, () => f?.()];
      export const shorthand = () => ({ n, f }), nested = (n) => n, shadow = () => { let n = 'local'; { var v = 'var' } return [n, v]; }, evaluated = () => [eval('n'), eval('f()'), eval('typeof d'), (0, eval)('typeof n')], typed = () => [typeof n, typeof f, typeof ns];`,
    dep: 'export let n = 1; export const inc = () => { n++ }; export var v = 1; export class K {} export function f() { return this === undefined ? "undefined" : typeof this } export const obj = { m() { return this } }; let dd = 1; export { dd as default }; export const setD = (x) => { dd = x }',
    star: 'export * from "dep"', through: 'import { n } from "dep"; export { n as x }',
  });
  await g.run('main');
  const ns = g.modules.main.namespace, dep = g.modules.dep.namespace;
  now('read', ns.read); ns.change(); dep.setD('new'); now('read', ns.read);
  console.log(ns.again);
  ns.assign.forEach((f, i) => now(`assign ${i}`, f));
  ns.callThis.forEach((f, i) => now(`this ${i}`, f));
  now('shorthand', () => Object.keys(ns.shorthand()));
  now('nested', () => ns.nested(9)); now('shadow', ns.shadow); now('eval', ns.evaluated); now('typeof', ns.typed);
}
{
  const g = graph({
    main: 'import { x as y, f, v, C, default as d, later } from "dep"; import * as ns from "dep"; export const tries = [() => y, () => f(), () => v, () => C, () => d, () => typeof y, () => ns.x, () => ns.default, () => ns.v, () => "x" in ns, () => Object.keys(ns), () => Object.getOwnPropertyNames(ns), () => later, () => y()]; globalThis.tried = tries;',
    dep: 'import "main"; for (const t of tried) tryIt(t); export const x = 1; export function f() { return "hoisted" } export var v = 2; export class C {} export default 1 + 1; export let later;',
  });
  let index = 0;
  globalThis.tryIt = (f) => now(`tdz ${index++}`, f);
  await g.link('dep');
  await later('tdz', () => g.modules.dep.evaluate());
}
{
  const names = { anonymousFunction: 'export default function () {}', anonymousClass: 'export default class {}', arrow: 'export default () => {}', expression: 'export default (function () {})', named: 'export default function f() {}', async: 'export default async () => {}', generator: 'export default function* () {}', staticName: 'export default class { static name = "own" }', value: 'export default 42', parenthesised: 'export default (class {})', asyncFunction: 'export default async function () {}' };
  for (const [label, code] of Object.entries(names)) {
    const m = source(code);
    await m.link(() => {});
    let early; try { early = typeof m.namespace.default; } catch (error) { early = error.name; }
    await m.evaluate();
    console.log(label, early, m.namespace.default.name);
  }
}
{
  const m = source('export let a = 1; export { a as b }; export default a; export function f() { f = 5; a = 2 } export { f as g }; export const t = this, s = (function () { return this })(), args = typeof arguments;');
  await m.link(() => {}); await m.evaluate();
  const ns = m.namespace;
  console.log(ns.a, ns.b, ns.default, ns.t, ns.s, ns.args);
  ns.f();
  console.log(ns.a, ns.b, ns.default, ns.f, ns.g);
}
{
  const m = source('export default function f() {} export const change = () => { f = 1 }; export let n = 1; export { n as "odd name", n as z };');
  await m.link(() => {}); await m.evaluate();
  m.namespace.change();
  console.log(m.namespace.default, Object.keys(m.namespace).join('|'), m.namespace['odd name']);
}
{
  const s = synthetic({ x: 1 }), m = source('import { x } from "s"; import * as ns from "s"; export const read = () => [x, ns.x]');
  await m.link(() => s); await m.evaluate();
  now('synthetic', m.namespace.read); s.setExport('x', 2); now('synthetic', m.namespace.read);
  const unset = new vm.SyntheticModule(['u'], () => {}), n = source('import { u } from "u"; export { u }; export const t = typeof u');
  await n.link(() => unset); await n.evaluate();
  console.log(n.namespace.u, n.namespace.t);
}
