import { later, now, source } from './support.mjs';
const run = async (code, initializeImportMeta) => { const m = source(code, 'main', initializeImportMeta ? { initializeImportMeta } : {}); await m.link(() => {}); await m.evaluate(); return m; };
{
  const m = await run('export const meta = import.meta; export const again = () => import.meta; export const inEval = () => { try { return eval("import.meta") } catch (e) { return e.name } }; export const typed = typeof import.meta');
  const { meta } = m.namespace;
  now('plain', () => [Object.getPrototypeOf(meta), Reflect.ownKeys(meta).length, Object.isExtensible(meta), m.namespace.again() === meta, m.namespace.typed, m.namespace.inEval()]);
  meta.x = 1; now('extended', () => m.namespace.again().x);
}
{
  let count = 0;
  const m = await run('export const before = 1; export const get = () => import.meta', function (meta, module) { count++; meta.url = 'here'; meta.same = module === m; meta.arguments = arguments.length; meta.this = this === undefined; meta.proto = Object.getPrototypeOf(meta); return { ignored: true }; });
  console.log(count);
  now('filled', () => m.namespace.get()); now('filled', () => m.namespace.get() === m.namespace.get());
  console.log(count);
}
{
  let count = 0;
  const m = await run('export const get = () => import.meta', () => { if (count++ < 2) throw new RangeError('not yet'); });
  for (let i = 0; i < 4; i++) now('throwing', () => typeof m.namespace.get());
  console.log(count);
  await later('at the top', () => run('import.meta', () => { throw new Error('top'); }));
  await later('never read', () => run('1', () => { throw new Error('never'); }).then((m) => m.status));
}
