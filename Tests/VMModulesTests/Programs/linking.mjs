import { vm, describe, graph, later, now, source, synthetic } from './support.mjs';
const dep = () => synthetic({ x: 1 }, 'dep');
for (const modules of [undefined, null, 5, 'x', {}, [], [undefined], [5], [{}], [dep()], [dep(), dep()], new Set([dep()])]) {
  const m = source('import { x } from "dep"; export const y = x + 1');
  now(`linkRequests ${modules === undefined ? modules : JSON.stringify(modules)}`, () => m.linkRequests(modules));
  console.log(m.status);
}
const context = vm.createContext({});
{
  const m = source('import "dep"'), far = new vm.SourceTextModule('', { context, identifier: 'far' });
  now('other context', () => m.linkRequests([far]));
  console.log(m.status);
  await later('other context', () => m.link(() => far));
  console.log(m.status, far.status);
  const n = source('import "dep"'), farSynthetic = new vm.SyntheticModule([], () => {}, { context });
  await later('other context, synthetic', () => n.link(() => farSynthetic));
  console.log(n.status);
}
{
  const m = source('import "dep"'), d = source('import "leaf"', 'dep');
  m.linkRequests([d]);
  now('instantiate', () => m.instantiate());
  console.log(m.status, d.status);
  d.linkRequests([source('', 'leaf')]);
  now('instantiate', () => m.instantiate());
  console.log(m.status, d.status);
}
{
  const m = source('');
  now('no imports', () => m.instantiate());
  m.linkRequests([]);
  now('no imports', () => m.instantiate());
  console.log(m.status);
}
{
  const a = source('import { b } from "b"; export let a = 1; export const f = () => b', 'a'), b = source('import { a } from "a"; export let b = 2; export const g = () => a', 'b');
  a.linkRequests([b]); b.linkRequests([a]);
  a.instantiate();
  console.log(a.status, b.status);
  await a.evaluate();
  console.log(a.namespace.f(), b.namespace.g(), b.status);
}
{
  const m = source('import { x } from "dep"; export { x }');
  m.linkRequests([dep()]); m.linkRequests([synthetic({ x: 'last' })]);
  m.instantiate();
  await m.evaluate();
  console.log(m.namespace.x);
}
{
  const m = source('import { x } from "dep"; export { x }');
  m.linkRequests([synthetic({ y: 1 })]);
  now('missing', () => m.instantiate());
  console.log(m.status);
  m.linkRequests([dep()]);
  now('mended', () => m.instantiate());
  console.log(m.status);
}
{
  const bad = source('throw new Error("bad")', 'bad');
  await bad.link(() => {});
  await bad.evaluate().catch(() => {});
  const m = source('import "bad"');
  m.linkRequests([bad]);
  now('errored dependency', () => m.instantiate());
  console.log(m.status);
  await later('errored dependency', () => m.evaluate());
  console.log(m.status, m.status === 'errored' && m.error === bad.error);
  const n = source('import "bad"');
  await later('errored dependency, link', () => n.link(() => bad));
  console.log(n.status, n.error?.cause === bad.error);
}
{
  const seen = [];
  const m = source('import a from "x" with { type: "json" }; import b from "x"; import "y"; export * from "x"; export { c } from "z"');
  await m.link(function (...rest) {
    seen.push([rest.length, rest[0], rest[1] === m, JSON.stringify(rest[2]), this === undefined, Object.getPrototypeOf(rest[2].attributes) === null]);
    return synthetic({ default: 1, c: 2 });
  });
  console.log(seen.map(String).join('\n'));
}
{
  const order = [];
  const g = graph({ r: 'import "a"; import "b"', a: 'import "c"; import "d"', b: 'import "d"', c: '', d: '' });
  await g.modules.r.link((specifier, referrer) => { order.push(`${referrer.identifier}>${specifier}`); return g.linker(specifier); });
  console.log(order.join(' '));
}
{
  const order = [];
  const g = graph({ r: 'import "a"; import "b"', a: 'import "c"; import "d"', b: 'import "d"', c: '', d: '' });
  await g.modules.r.link(async (specifier, referrer) => { order.push(`${referrer.identifier}>${specifier}`); return g.linker(specifier); });
  console.log(order.join(' '));
}
{
  const one = source('import { x } from "slow"', 'one'), two = source('import "slow"', 'two'), slow = source('import "leaf"; export const x = 1', 'slow'), leaf = source('', 'leaf');
  let release;
  const first = one.link((specifier) => specifier === 'slow' ? slow : new Promise((resolve) => { release = () => resolve(leaf); }));
  await new Promise((resolve) => setTimeout(resolve, 1));
  await later('second root', () => two.link(() => slow));
  console.log(one.status, two.status, slow.status);
  release();
  await later('first root', () => first);
  await later('second root again', () => two.link(() => slow));
  console.log(one.status, two.status, slow.status, leaf.status);
}
{
  const m = source('import "a"; import "b"; import "c"'), asked = [];
  await later('throws', () => m.link((specifier) => { asked.push(specifier); if (specifier === 'b') throw new TypeError('thrown'); return dep(); }));
  console.log(asked.join(), m.status);
}
for (const [name, answer] of Object.entries({ thrownNull: () => { throw null; }, rejectedUndefined: () => Promise.reject(), rejectedString: async () => { throw 'text'; } })) {
  const m = source('import "a"');
  await later(name, () => m.link(answer));
  console.log(m.status);
  now('error', () => m.error);
}
{
  const m = source('import "a"');
  const first = m.link(() => new Promise(() => {}));
  await later('second link', () => m.link(() => dep()));
  console.log(m.status);
}
{
  const s = synthetic({ x: 1 });
  console.log(s.link(), s.link(() => { throw new Error('never'); }), s.status);
  const m = source('import * as self from "main"; export let x = 1; export { self }');
  await m.link((_, referrer) => referrer);
  await m.evaluate();
  console.log(m.namespace.self === m.namespace, m.namespace.x);
}
