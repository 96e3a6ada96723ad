import { vm, later, source, synthetic } from './support.mjs';
const evaluated = synthetic({ x: 1 }, 'evaluated'); await evaluated.evaluate();
const run = async (code, importModuleDynamically, identifier = 'main') => {
  const m = source(code, identifier, importModuleDynamically === undefined ? {} : { importModuleDynamically });
  await m.link(() => {}); await m.evaluate();
  return m;
};
{
  const order = [];
  const m = await run('export const go = () => { const p = import("x"); log("after"); return p }; const log = (x) => globalThis.order.push(x)', () => { order.push('callback'); return evaluated; });
  globalThis.order = order;
  const promise = m.namespace.go(); order.push('returned');
  let ticks = 0, done = false;
  promise.then(() => { done = true; });
  while (!done) { await null; ticks++; }
  console.log(order.join(), ticks);
}
