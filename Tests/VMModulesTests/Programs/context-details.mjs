import { vm, now } from './support.mjs';
for (const value of [null, 5, 'x', () => {}]) { now(`isContext ${typeof value}`, () => vm.isContext(value)); now(`createContext ${typeof value}`, () => vm.isContext(vm.createContext(value))); }
const sandbox = { x: 5 }, context = vm.createContext(sandbox);
vm.runInContext('y = 6; var z = 7; function f() { return x } let l = 8; const c = 9; class K {}', context);
now('values', () => [sandbox.x, sandbox.y, sandbox.z, sandbox.f(), sandbox.l, sandbox.c, sandbox.K]);
now('kept', () => vm.runInContext('[x, y, z, l, c, typeof K, typeof f].join()', context));
now('syntax', () => { try { vm.runInContext('let let', context); } catch (e) { return [e instanceof SyntaxError, e.name]; } });
now('not an object', () => vm.runInContext('1', 5));
