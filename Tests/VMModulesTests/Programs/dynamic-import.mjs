import { vm, describe, graph, later, now, source, synthetic } from './support.mjs';
const run = async (code, importModuleDynamically, identifier = 'main') => {
  const m = source(code, identifier, importModuleDynamically === undefined ? {} : { importModuleDynamically });
  await m.link(() => {}); await m.evaluate();
  return m;
};
const calls = 'export const go = (s, o) => import(s, o);';
{
  const m = await run(calls);
  await later('no callback', () => m.namespace.go('x'));
}
const evaluated = synthetic({ x: 1 }, 'evaluated'); await evaluated.evaluate();
const linked = source('export const x = 1', 'linked'); await linked.link(() => {});
const unlinked = source('export const x = 1', 'unlinked');
const errored = source('throw new Error("body")', 'errored'); await errored.link(() => {}); await errored.evaluate().catch(() => {});
const refused = source('import "x"', 'refused'); await refused.link(() => 1).catch(() => {});
const waiting = source('export const x = 1; await new Promise(() => {})', 'waiting'); await waiting.link(() => {}); waiting.evaluate();
const answers = {
  evaluated: () => evaluated, namespace: () => evaluated.namespace, promise: async () => evaluated, unlinked: () => unlinked, linked: () => linked, errored: () => errored, refused: () => refused, waiting: () => waiting,
  undefined: () => undefined, number: () => 42, object: () => ({}), null: () => null, string: () => 'x', throws: () => { throw new RangeError('thrown'); }, rejects: () => Promise.reject(new TypeError('rejected')), throwsValue: () => { throw 5; }, thenable: () => ({ then: (f) => f(evaluated) }), never: () => new Promise(() => {}),
};
for (const [label, answer] of Object.entries(answers)) {
  const m = await run(calls, answer);
  await later(label, async () => { const ns = await m.namespace.go('x'); return [Object.prototype.toString.call(ns), Object.getOwnPropertyNames(ns).join()]; });
}
{
  const seen = [];
  const m = await run(calls, function (...rest) { seen.push([rest.length, rest[0], typeof rest[0], rest[1] === m, JSON.stringify(rest[2]), Object.getPrototypeOf(rest[2]), rest[3], this === undefined].map(String).join(' ')); return evaluated; });
  for (const specifier of ['a', 5, null, undefined, { toString: () => 'object' }, ['x'], true, 10n]) await m.namespace.go(specifier);
  await m.namespace.go('a', { with: { type: 'json' } }); await m.namespace.go('a', {}); await m.namespace.go('a', undefined); await m.namespace.go('a', { with: undefined });
  for (const options of [null, 5, 'x', { with: null }, { with: 5 }, { with: { type: 5 } }, { get with() { throw new RangeError('getter'); } }]) await later(`options ${typeof options}`, () => m.namespace.go('a', options));
  for (const specifier of [Symbol('x'), { toString() { throw new RangeError('toString'); } }, Object.create(null)]) await later('specifier', () => m.namespace.go(specifier));
  console.log(seen.join('\n'));
  const [one, two] = await Promise.all([m.namespace.go('a'), m.namespace.go('a')]);
  console.log(one === two, one === evaluated.namespace, m.namespace.go('a') instanceof Promise);
}
{
  const m = await run('export const x = 1; export const go = () => import("self")', () => m);
  now('self', () => 1);
  console.log((await m.namespace.go()) === m.namespace);
  const thenable = synthetic({ then: (resolve) => resolve('hijacked') }); await thenable.evaluate();
  const h = await run(calls, () => thenable);
  await later('thenable namespace', () => h.namespace.go('x'));
}
{
  const g = graph({ dep: 'import { nope } from "leaf"', leaf: '', bad: 'throw new Error("bad")' });
  const m = await run(calls, async (specifier) => { const d = g.modules[specifier]; if (d.status === 'unlinked') await d.link(g.linker); await d.evaluate(); return d; });
  for (const name of ['dep', 'bad', 'bad', 'leaf']) await later(name, () => m.namespace.go(name));
}
await later('function from module', async () => { const m = await run('export const f = new Function("return import(\'x\')"); export const e = () => eval("import(\'x\')")', () => evaluated); return [(await m.namespace.e()).x]; });
