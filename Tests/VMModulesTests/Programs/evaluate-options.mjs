import { later, source, synthetic } from './support.mjs';
const linked = async () => { const m = source('export const x = 1'); await m.link(() => {}); return m; };
for (const timeout of [0, -1, 1.5, NaN, Infinity, 2 ** 32, 'x', null, {}, true, 5n]) {
  const m = await linked();
  await later(`timeout ${String(timeout)}`, () => m.evaluate({ timeout }));
  console.log(m.status);
}
for (const breakOnSigint of ['x', null, 1, {}, true, false, undefined]) {
  const m = await linked();
  await later(`breakOnSigint ${String(breakOnSigint)}`, () => m.evaluate({ breakOnSigint }));
  console.log(m.status);
}
for (const options of [null, 5, 'x', [], undefined, {}]) {
  const m = await linked();
  await later(`options ${JSON.stringify(options)}`, () => m.evaluate(options));
  console.log(m.status);
}
const unlinked = source('');
await later('wrong options, wrong status', () => unlinked.evaluate({ timeout: 0 }));
await later('status', () => unlinked.evaluate());
const s = synthetic({ x: 1 });
await later('synthetic', () => s.evaluate({ timeout: 0 }));
await later('synthetic', () => s.evaluate({ timeout: 1000 }));
console.log(s.status, s.namespace.x);
const slow = source('await 0; const end = Date.now() + 30; while (Date.now() < end); export const done = 1');
await slow.link(() => {});
await later('only the synchronous part', () => slow.evaluate({ timeout: 10 }));
console.log(slow.status);
