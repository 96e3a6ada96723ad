// What the recorded programs share. Words that V8 chose are not printed: ours may differ.
import vm from 'node:vm';
export { vm };

const nodeWords = /^(The requested module '.*' |Detected cycle while resolving|Export '.*' is not defined in module$|Module is not a constructor)/;

export const describe = (error) => {
  if (error === null || typeof error !== 'object') return `the value ${String(error)}`;
  const words = error.code !== undefined || error.constructor === Error || nodeWords.test(error.message);
  return `${error.name} ${error.code ?? '-'}${words ? ` ${error.message}` : ''}`;
};

const show = (value) => typeof value === 'string' ? `'${value}'`
  : Array.isArray(value) ? `[${value.map(show).join(', ')}]`
  : value instanceof Promise ? 'a promise' : typeof value === 'object' && value !== null
  ? `{${Reflect.ownKeys(value).map((k) => `${String(k)}: ${show(value[k])}`).join(', ')}}` : String(value);

/** Prints what a call returns or throws, at once. */
export const now = (label, call) => {
  try { console.log(`${label}: ${show(call())}`); } catch (error) { console.log(`${label}: throws ${describe(error)}`); }
};

/** Prints how a call's promise settles; `pending` when a timer comes first. */
export const later = async (label, call) => {
  let result;
  try { result = call(); } catch (error) { return console.log(`${label}: throws ${describe(error)}`); }
  if (!(result instanceof Promise)) return console.log(`${label}: returns ${show(result)}`);
  const pending = Symbol();
  let timer;
  const limit = new Promise((resolve) => { timer = setTimeout(resolve, 15, pending); });
  try {
    const value = await Promise.race([result, limit]);
    console.log(`${label}: ${value === pending ? 'pending' : `resolves ${show(value)}`}`);
  } catch (error) { console.log(`${label}: rejects ${describe(error)}`); }
  clearTimeout(timer);
};

export const source = (code, identifier = 'main', options = {}) => new vm.SourceTextModule(code, { identifier, ...options });

export const synthetic = (values, identifier = 'synthetic') => new vm.SyntheticModule(Object.keys(values), function () {
  for (const name of Object.keys(values)) this.setExport(name, values[name]);
}, { identifier });

/** Modules from their sources by name; `link` and `run` start at one of them. */
export const graph = (sources) => {
  const modules = {};
  for (const name of Object.keys(sources)) modules[name] = source(sources[name], name, { context: undefined });
  const linker = (specifier) => modules[specifier.replace(/^\.\//, '')];
  return {
    modules, linker,
    link: (name) => modules[name].link(linker),
    run: async (name) => { await modules[name].link(linker); await modules[name].evaluate(); },
    statuses: () => Object.keys(modules).map((name) => `${name}=${modules[name].status}`).join(' '),
  };
};
