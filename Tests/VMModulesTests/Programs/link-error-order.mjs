import { graph, later } from './support.mjs';
for (const main of [
  "import { q } from './b'; import { p } from './a'", "import { p } from './a'; import { q } from './b'", "import { q as a, p as b } from './b'",
  "import { p as z, q as y } from './b'", "export { q } from './b'; import { p } from './a'", "import { p } from './a'; export { q } from './b'",
  "export { q } from './b'; export { p } from './a'", "export { q as a } from './b'; export { p as b } from './a'", "import { q as aa } from './b'; import { p as b } from './a'",
]) {
  const g = graph({ main, a: '', b: '' });
  await later(main, () => g.link('main'));
}
