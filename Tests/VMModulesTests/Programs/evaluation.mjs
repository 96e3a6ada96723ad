import { vm, graph, later, now, source } from './support.mjs';
const lines = [];
globalThis.say = (line) => { lines.push(line); };
const settle = () => new Promise((resolve) => setTimeout(resolve, 12));
const says = (...names) => names.map((n) => [n, `say("${n}")`]);
const orders = {
  diamond: { main: 'import "l"; import "r"; say("main")', l: 'import "s"; say("l")', r: 'import "s"; say("r")', s: 'say("s")' },
  hoisted: { main: 'say("main"); import "dep"', dep: 'say("dep")' },
  exportFrom: { main: 'import "a"; export { b } from "b"; import "c"; export * from "d"; say("main")', a: 'say("a")', b: 'export const b = 1; say("b")', c: 'say("c")', d: 'say("d")' },
  cycle: { main: 'import "b"; say("main")', b: 'import "c"; say("b")', c: 'import "main"; say("c")' },
  twoCycles: { main: 'import "a"; import "c"; say("main")', a: 'import "b"; import "s"; say("a")', b: 'import "a"; import "s"; say("b")', s: 'say("s")', c: 'import "d"; say("c")', d: 'import "c"; import "s"; say("d")' },
  microtasks: { main: 'import "a"; import "b"; say("main"); Promise.resolve().then(() => say("main micro"))', a: 'Promise.resolve().then(() => say("a micro")); say("a")', b: 'queueMicrotask(() => say("b micro")); say("b")' },
  microtasksTLA: { main: 'import "a"; import "b"; say("main")', a: 'Promise.resolve().then(() => say("micro")); say("a"); await 0; say("a2")', b: 'say("b")' },
  siblings: { main: 'import "a"; import "b"; say("main")', a: 'say("a1"); await 0; say("a2")', b: 'say("b1"); await 0; say("b2")' },
  slowFast: { main: 'import "slow"; import "fast"; say("main")', slow: 'say("slow1"); await new Promise((r) => setTimeout(r, 5)); say("slow2")', fast: 'say("fast1"); await 0; say("fast2")' },
  diamondTLA: { main: 'import "l"; import "m"; import "r"; say("main")', l: 'import "s"; say("l")', r: 'import "s"; say("r")', s: 'say("s1"); await 0; say("s2")', m: 'say("m")' },
  cycleTLA: { main: 'import "b"; say("main")', b: 'import "main"; say("b1"); await 0; say("b2")' },
  deepTLA: { main: 'import "a"; import "b"; say("main"); await null; say("main2")', a: 'import "c"; say("a"); await null; say("a2")', b: 'import "c"; say("b"); await null; say("b2")', c: 'say("c"); await null; say("c2")' },
  race: { main: 'import "a"; import "b"; import "c"; say("main")', a: 'for (let i = 0; i < 3; i++) { await i; say("a" + i) }', b: 'for (let i = 0; i < 2; i++) { await i; say("b" + i) }', c: 'say("c"); await { then(f) { say("then"); f() } }; say("c2")' },
  parents: { main: 'import "p1"; import "p2"; import "p3"; say("main")', p1: 'import "x"; say("p1")', p2: 'import "x"; import "y"; say("p2")', p3: 'import "y"; say("p3")', x: 'await 0; await 0; say("x")', y: 'await 0; say("y")' },
  values: { main: 'import { v } from "a"; import { w } from "b"; say(v + w)', a: 'export const v = await Promise.resolve("a")', b: 'import { v } from "a"; export const w = v + (await "b")' },
  forAwait: { main: 'for await (const x of [1, Promise.resolve(2)]) say(x); import "a"', a: 'say("a")' },
  chained: { main: 'import "a"; Promise.resolve().then(() => say("1")).then(() => say("2")).then(() => say("3")).then(() => say("4")); await 0; say("main"); await 0; say("main2")', a: 'await 0; say("a")' },
};
for (const [name, sources] of Object.entries(orders)) {
  for (const entry of name.startsWith('cycle') || name === 'twoCycles' ? Object.keys(sources) : ['main']) {
    lines.length = 0;
    const g = graph(sources);
    await g.link(entry);
    const promise = g.modules[entry].evaluate();
    lines.push('|');
    const statuses = g.statuses();
    promise.then(() => lines.push('done'));
    await settle();
    console.log(`${name} ${entry}: ${lines.join(' ')}`);
    console.log(`  ${statuses}`);
  }
}
const failures = {
  sync: { main: 'import "a"; import "b"; import "c"', a: 'import "a2"', a2: '', b: 'import "b2"', b2: 'throw new Error("b2")', c: 'import "c2"', c2: '' },
  cycle: { main: 'import "a"', a: 'import "b"; import "leaf"', b: 'import "c"; import "a"', c: 'import "a"; throw new Error("c")', leaf: '' },
  cycleLater: { main: 'import "a"', a: 'import "b"; throw new Error("a")', b: 'import "leaf"; import "a"', leaf: '' },
  async: { main: 'import "a"; import "b"', a: 'await 0; throw new Error("a")', b: 'await 0; await 0; say("b")' },
  twoAsync: { main: 'import "a"; import "b"', a: 'await 0; await 0; throw new Error("a")', b: 'await 0; throw new Error("b")' },
  syncAfterAsync: { main: 'import "a"; import "b"', a: 'await 0; say("a")', b: 'throw new Error("b")' },
  asyncCycle: { main: 'import "a"', a: 'import "b"; say("a")', b: 'import "a"; await 0; throw new Error("b")' },
  waiting: { main: 'import "a"; import "b"; say("main")', a: 'import "x"', b: 'import "x"; say("b")', x: 'await 0; throw null' },
  primitive: { main: 'import "a"', a: 'throw undefined' },
};
for (const [name, sources] of Object.entries(failures)) {
  lines.length = 0;
  const g = graph(sources);
  await g.link('main');
  await later(name, () => g.modules.main.evaluate());
  await settle();
  console.log(`  ${g.statuses()} | ${lines.join(' ')}`);
  for (const m of Object.keys(sources)) await later(`  ${m}`, () => g.modules[m].evaluate());
  console.log(`  ${g.statuses()}`);
}
{
  const g = graph({ main: 'import "b"; say("main")', b: 'import "main"; await 0' });
  await g.link('main');
  console.log(g.modules.main.evaluate() === g.modules.main.evaluate(), g.modules.main.evaluate() === g.modules.b.evaluate());
  const other = graph({ root: 'import "dep"', dep: 'throw new Error("dep")' });
  await other.link('root');
  const second = source('import "dep"', 'second');
  await second.link(() => other.modules.dep);
  await later('root', () => other.modules.root.evaluate());
  await later('second', () => second.evaluate());
  console.log(second.status, second.error === other.modules.dep.error);
}
{
  const g = graph({ main: 'import "a"; import "b"; say("main")', a: 'again("main"); again("b"); see(); say("a")', b: 'say("b")' });
  const results = [];
  globalThis.again = (name) => { g.modules[name].evaluate().then(() => results.push(`${name} resolved`), (e) => results.push(`${name} ${e.code}`)); };
  globalThis.see = () => { lines.push(g.statuses()); };
  lines.length = 0;
  await g.run('main');
  console.log(lines.join(' '), results.join(', '));
}
