import { later, source } from './support.mjs';
globalThis.say = (...rest) => console.log('  ', ...rest);
globalThis.items = (n, extra = {}) => ({ [Symbol.asyncIterator]() { let i = 0; return { next: async () => (say('next'), { value: ++i, done: i > n }), return: async (v) => { say('return', v); return {}; }, ...extra }; } });
globalThis.syncItems = (n, extra = {}) => ({ [Symbol.iterator]() { let i = 0; return { next: () => (say('next'), { value: ++i, done: i > n }), return: (v) => { say('return', v); return {}; }, ...extra }; } });
const sources = [
  'for await (const x of items(2)) say(x)', 'for await (const x of items(3)) { if (x === 2) break; say(x) }', 'for await (const x of items(3)) { if (x === 2) continue; say(x) }',
  'outer: for (const a of [1, 2]) { for await (const x of items(2)) { if (x === 1) continue outer; say(x) } }',
  'here: { for await (const x of items(2)) break here; say("never") } say("after")', 'for await (const x of items(2)) throw new RangeError("body")', 'for await (const x of items(2, { return: async () => { throw new TypeError("return") } })) break',
  'for await (const x of items(2, { return: async () => { throw new TypeError("return") } })) throw new RangeError("body wins")', 'for await (const x of items(2, { return: async () => 5 })) break', 'for await (const x of items(2, { return: async () => 5 })) throw new RangeError("body")',
  'for await (const x of items(2, { return: undefined })) break; say("ok")', 'for await (const x of items(2, { next: async () => { throw new RangeError("next") } })) say(x)', 'for await (const x of items(2, { next: async () => 5 })) say(x)', 'for await (const x of items(2, { next: () => ({ value: Promise.resolve("kept"), done: false }) })) { say(x instanceof Promise); break }',
  'for await (const x of syncItems(2)) say(x)', 'for await (const x of syncItems(2)) break', 'for await (const x of syncItems(2)) throw new RangeError("body")', 'for await (const x of [Promise.resolve(1), 2]) say(x)', 'for await (const x of 5) say(x)', 'for await (const x of undefined) say(x)',
  'for await (const { a, b = 2, ...c } of [{ a: 1, d: 4 }]) say(a, b, Object.keys(c).join())', 'let x; for await (x of [1]); say(x)', 'let o = {}; for await (o.p of [7]); say(o.p)', 'let a, b; for await ([a, b] of [[1, 2]]); say(a, b)', 'for await (var v of [1, 2]); say(v)', 'const fs = []; for await (let x of [1, 2]) fs.push(() => x); say(fs.map((f) => f()).join())',
  'for await (const x of (say("head"), items(1))) { await 0; say(x); }', 'try { for await (const x of items(2)) { throw 1 } } catch (e) { say("caught", e) } finally { say("finally") }', 'for await (const x of items(1)) { try { continue } finally { say("finally") } }', 'for await (const x of items(2)) { switch (x) { case 1: continue; case 2: break } say(x) }', 'for await (const x of (async function* () { try { yield 1; yield 2 } finally { say("closed") } })()) break', 'export let last; for await (last of [1, 2]); say(last)', 'for await (async of [1]); var async; say(async)', 'const f = async () => { for await (const x of items(2)) return x }; say(await f())',
];
for (const code of sources) {
  let m;
  try { m = source(code); } catch (error) { console.log(code, error.name); continue; }
  await m.link(() => {});
  await later(code, () => m.evaluate());
  console.log(m.status, m.hasTopLevelAwait());
}
