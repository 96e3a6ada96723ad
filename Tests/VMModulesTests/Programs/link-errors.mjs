import { describe, graph, later } from './support.mjs';
const cases = [
  { main: "import { nope } from './dep'", dep: 'export const x = 1' },
  { main: "import { nope as x } from './dep'", dep: 'export const x = 1' },
  { main: "export { nope } from './dep'", dep: 'export const x = 1' },
  { main: "export { nope as y } from './dep'", dep: 'export const x = 1' },
  { main: "import d from './dep'", dep: 'export const x = 1' },
  { main: "export { default } from './dep'", dep: '' },
  { main: "import d from './dep'", dep: "export * from './leaf'", leaf: 'export default 1' },
  { main: "import { 'odd name' as x } from './dep'", dep: 'export const x = 1' },
  { main: "export { 'odd name' } from './dep'", dep: '' },
  { main: "import { x } from './a'", a: "export { x } from './b'", b: "export { x } from './c'", c: 'export const y = 1' },
  { main: "import { x } from './a'", a: "export * from './b'", b: "export * from './c'", c: 'export const y = 1' },
  { main: "import { x } from './m'", m: "export * from './a'; export * from './b'", a: 'export const x = 1', b: 'export const x = 2' },
  { main: "export { x } from './m'", m: "export * from './a'; export * from './b'", a: 'export const x = 1', b: 'export const x = 2' },
  { main: "import { x } from './o'", o: "export * from './m'", m: "export * from './a'; export * from './b'", a: 'export const x = 1', b: 'export const x = 2' },
  { main: "export { x } from './b'", b: "export { x } from './main'" },
  { me: "export { x } from './me'" },
  { main: "export { x } from './b'", b: "export { x } from './c'", c: "export { x } from './main'" },
  { main: "import { x } from './b'; export { x }", b: "import { x } from './main'; export { x }" },
  { main: "import { x } from './s'", s: "export * from './s'" },
  { main: "import { x } from './s'", s: "export * from './t'", t: "export * from './s'" },
  { main: "import './a'; import { q } from './b'", a: "import { p } from './b'", b: 'export const z = 1' },
  { main: "import { p, q } from './b'", b: 'export const z = 1' },
  { main: "import { a } from './dep'", dep: "import { a } from './leaf'; export { a }", leaf: '' },
  { main: "import { x } from './m'", m: "export * from './a'; export * from './b'; export const x = 3", a: 'export const x = 1', b: 'export const x = 2' },
  { main: "import { x } from './m'", m: "export * from './a'; export * from './b'", a: "export { x } from './c'", b: "export * from './c'", c: 'export const x = 1' },
  { main: "import * as ns from './m'; ns.nope", m: "export * from './a'; export * from './b'", a: 'export const x = 1, y = 1', b: 'export const x = 2, z = 1' },
  { main: "import { toString } from './dep'", dep: 'export const x = 1' },
  { main: "import { __proto__ } from './dep'", dep: 'export const x = 1' },
  { main: "import { __proto__ as p } from './dep'", dep: 'export const __proto__ = 1' },
  { main: "import { x } from './a'; import './b'", a: 'export const x = 1', b: "import { y } from './a'" },
  { main: "import './l'; import './r'", l: "import './main'", r: "import { gone } from './l'" },
];
for (const sources of cases) {
  const root = Object.keys(sources)[0];
  const g = graph(sources);
  await later(sources[root], () => g.link(root));
  console.log(`  ${g.statuses()}`);
  await later('  again', () => g.link(root));
  if (g.modules[root].status === 'linked') console.log(`  ${Object.getOwnPropertyNames(g.modules[root].namespace)}`);
}
const g = graph({ main: "export * from './m'", m: "export * from './a'; export * from './b'", a: 'export const x = 1, y = 1', b: 'export const x = 2, z = 1; export default 5' });
await g.run('main');
console.log(Object.keys(g.modules.main.namespace).join(), 'x' in g.modules.main.namespace, g.modules.main.namespace.x);
