// What is thrown is passed on, and no `toString` of it is called on the way.
import vm from 'node:vm';

let calls = [];
const endless = () => { for (;;); };
const watched = () => {
  const note = (name) => { calls.push(name); return 'x'; };
  const error = new Error('an error');
  error.toString = () => note('toString of an error');
  return [
    { toString() { return note('toString'); }, valueOf() { return note('valueOf'); } },
    { [Symbol.toPrimitive]() { return note('toPrimitive'); } },
    { toString() { calls.push('endless'); endless(); } },
    new Proxy({}, {
      get(target, key) { return target[key]; },
      has() { endless(); }, getPrototypeOf() { endless(); }, ownKeys() { endless(); },
    }),
    error, Symbol('thrown'), null, undefined, function thrown() {},
  ];
};

const context = vm.createContext({ watched: undefined });
const thrower = (value) => () => { throw value; };
const evaluate = async (code, options, set = {}) => {
  const module = new vm.SourceTextModule(code, { context, ...options });
  Object.assign(context, set);
  await module.link(() => {});
  await module.evaluate();
};
const ways = {
  'a script': (value) => { globalThis.value = value; vm.runInThisContext('throw value'); },
  'a script in a context': (value) => { context.value = value; vm.runInContext('throw value', context); },
  'a script with a time limit': (value) => {
    context.value = value;
    vm.runInContext('throw value', context, { timeout: 1000 });
  },
  'a function of a context': (value) => { vm.runInContext('(f) => f()', context)(thrower(value)); },
  'an option': (value) => { vm.runInThisContext('1', { get timeout() { throw value; } }); },
  'a module': (value) => evaluate('throw value', {}, { value }),
  'a module that awaited': (value) => evaluate('await 0; throw value', {}, { value }),
  'a linker': (value) => new vm.SourceTextModule('import "x"').link(thrower(value)),
  'an asynchronous linker': (value) => new vm.SourceTextModule('import "x"').link(async () => { throw value; }),
  'an answer that is a thenable': (value) => new vm.SourceTextModule('import "x"')
    .link(() => ({ then() { throw value; } })),
  'a synthetic module': (value) => new vm.SyntheticModule([], thrower(value)).evaluate(),
  'import.meta': (value) => evaluate('import.meta.x', { initializeImportMeta: thrower(value) }),
  'import()': (value) => evaluate('await import("x")', { importModuleDynamically: thrower(value) }),
};

for (const [name, way] of Object.entries(ways)) {
  for (const [index, value] of watched().entries()) {
    calls = [];
    let caught = 'nothing';
    try { await way(value); } catch (error) { caught = error; }
    if (caught !== value || calls.length) {
      console.log(name, index, caught === value ? 'the value' : caught === 'nothing' ? caught : 'another value', calls.join());
    }
  }
  console.log(name);
}
