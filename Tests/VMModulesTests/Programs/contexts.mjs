import { vm, later, now, source } from './support.mjs';
for (const value of [undefined, {}, []]) { now(`isContext ${typeof value}`, () => vm.isContext(value)); now(`createContext ${typeof value}`, () => vm.isContext(vm.createContext(value))); }
const sandbox = { x: 1, console }, context = vm.createContext(sandbox);
now('same object', () => [context === sandbox, vm.createContext(sandbox) === sandbox, vm.isContext(sandbox)]);
now('read', () => vm.runInContext('x + 1', context));
now('write', () => { vm.runInContext('x = 5; y = 6; var z = 7; function f() { return x } let l = 8; const c = 9; class K {}', context); return Object.keys(sandbox).filter((k) => k !== 'console').sort(); });
now('late', () => { sandbox.late = 'yes'; return vm.runInContext('late + typeof globalThis.late', context); });
now('delete', () => [vm.runInContext('delete globalThis.late', context), 'late' in sandbox]);
now('globalThis', () => [vm.runInContext('globalThis.x', context), vm.runInContext('this === globalThis', context), vm.runInContext('"x" in globalThis', context), vm.runInContext('Object.keys(globalThis).includes("x")', context)]);
now('intrinsics', () => [vm.runInContext('[] instanceof Array', context), vm.runInContext('[]', context) instanceof Array, vm.runInContext('Object', context) === Object, vm.runInContext('typeof Map', context)]);
now('host names', () => ['setTimeout', 'process', 'vm', 'queueMicrotask'].map((n) => `${n} ${vm.runInContext(`typeof ${n}`, vm.createContext({}))}`).filter((t) => t.startsWith('process')));
now('getter', () => { const s = vm.createContext({ get g() { return 'got'; }, set g(v) { this.was = v; } }); vm.runInContext('g = 5', s); return [vm.runInContext('g', s), s.was]; });
now('error realm', () => { try { vm.runInContext('null.x', context); } catch (e) { return [e instanceof TypeError, e.name, e.constructor === vm.runInContext('TypeError', context)]; } });
now('throw', () => vm.runInContext('throw new RangeError("inside")', context));
now('not a context', () => vm.runInContext('1', {}));
now('new context', () => { const s = { a: 2 }; return [vm.runInNewContext('b = a * 2', s), s.b, vm.isContext(s), vm.runInNewContext('typeof a')]; });
now('this context', () => { globalThis.seen = 'global'; return [vm.runInThisContext('seen'), vm.runInThisContext('typeof sandbox'), vm.runInThisContext('var made = 1; made'), globalThis.made]; });
now('bad timeout', () => vm.runInThisContext('1', { timeout: 0 }));
{
  const script = new vm.Script('globalThis.count = (globalThis.count ?? 0) + 1; count', { filename: 'count.js' });
  now('script', () => [script.runInContext(context), script.runInContext(context), script.runInNewContext({ count: 10 }), script.runInThisContext(), script.runInThisContext()]);
  now('script arguments', () => [new vm.Script(5).runInThisContext(), new vm.Script('"x"', 'name.js').runInThisContext(), typeof script.createCachedData()]);
  for (const options of [null, 5, { filename: 5 }, { lineOffset: 'x' }, { importModuleDynamically: 5 }]) now(`script options ${JSON.stringify(options)}`, () => new vm.Script('1', options).runInThisContext());
  now('script syntax', () => new vm.Script('1 +'));
  now('no new', () => vm.Script('1'));
}
{
  const m = new vm.SourceTextModule('export const seen = x; export const arr = []; globalThis.fromModule = 1; export const err = (() => { try { null.x } catch (e) { return e } })(); export const meta = import.meta', { context });
  await m.link(() => {}); await m.evaluate();
  now('module', () => [m.namespace.seen, sandbox.fromModule, m.namespace.arr instanceof Array, m.namespace.err instanceof TypeError, m.context === context, Object.prototype.toString.call(m.namespace), Object.getPrototypeOf(m.namespace)]);
}
