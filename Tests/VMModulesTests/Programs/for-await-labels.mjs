import { later, source } from './support.mjs';
globalThis.say = (...rest) => console.log('  ', ...rest);
globalThis.items = (n, extra = {}) => ({ [Symbol.asyncIterator]() { let i = 0; return { next: async () => (say('next'), { value: ++i, done: i > n }), return: async (v) => { say('return', v); return {}; }, ...extra }; } });
globalThis.syncItems = (n, extra = {}) => ({ [Symbol.iterator]() { let i = 0; return { next: () => (say('next'), { value: ++i, done: i > n }), return: (v) => { say('return', v); return {}; }, ...extra }; } });
const sources = [
  'outer: for await (const a of items(2)) { for await (const x of items(2)) { if (a === 1) continue outer; if (x === 2) break outer; say(a, x) } }',
  'lbl: for await (const x of items(3)) { for (;;) { if (x < 2) continue lbl; break lbl } }',
];
for (const code of sources) {
  let m;
  try { m = source(code); } catch (error) { console.log(code, error.name); continue; }
  await m.link(() => {});
  await later(code, () => m.evaluate());
  console.log(m.status, m.hasTopLevelAwait());
}
