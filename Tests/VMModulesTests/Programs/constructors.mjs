import { vm, now } from './support.mjs';
const S = vm.SourceTextModule, Y = vm.SyntheticModule;
const status = (call) => () => call().status;
now('Module', () => new vm.Module());
now('S()', status(() => new S()));
for (const text of [5, null, {}, [], true, 10n, Symbol('s'), () => {}]) now(`S(${String(typeof text)})`, status(() => new S(text)));
for (const options of [null, 5, 'x', [], true]) now(`S options ${JSON.stringify(options)}`, status(() => new S('', options)));
for (const [key, value] of [
  ['identifier', 5], ['identifier', null], ['identifier', {}], ['context', {}], ['context', 5], ['context', null], ['context', 'x'],
  ['lineOffset', 'a'], ['lineOffset', 1.5], ['lineOffset', 2 ** 31], ['lineOffset', NaN], ['columnOffset', 1.5], ['columnOffset', -(2 ** 31) - 1],
  ['columnOffset', null], ['initializeImportMeta', 5], ['initializeImportMeta', null], ['importModuleDynamically', 5], ['importModuleDynamically', {}],
  ['cachedData', 5], ['cachedData', {}], ['cachedData', 'x'],
]) now(`S ${key} ${typeof value === 'number' ? value : JSON.stringify(value)}`, status(() => new S('', { [key]: value })));
now('S unknown option', status(() => new S('', { nothing: 1 })));
now('S order of checks', status(() => new S(5, null)));
now('S syntax after options', status(() => new S('let', { identifier: 5 })));
for (const names of [undefined, 'abc', null, {}, [1], ['a', 1], ['a', 'a'], ['b', 'a', 'a', 'b'], new Set(['a'])]) now(`Y(${JSON.stringify(names)})`, status(() => new Y(names, () => {})));
now('Y odd names', () => Reflect.ownKeys(new Y(['', 'a b', '1', 'é'], () => {}).namespace).map(String).join('|'));
for (const callback of [undefined, null, 5, {}, 'f']) now(`Y callback ${JSON.stringify(callback)}`, status(() => new Y([], callback)));
for (const options of [null, 5, []]) now(`Y options ${JSON.stringify(options)}`, status(() => new Y([], () => {}, options)));
now('Y identifier', status(() => new Y([], () => {}, { identifier: 5 })));
now('Y context', status(() => new Y([], () => {}, { context: {} })));
now('Y syntax name', status(() => new Y(['default'], () => {})));
