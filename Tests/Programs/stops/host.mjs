// What the scenarios call, over node:vm alone: the same text runs in Node and in modlab. Behind it
// stands `const code`, the scenario.
import vm from 'node:vm';

// Made when it is first asked for, which takes a while.
void console.log;
globalThis.log = (v) => console.log(String(v));
globalThis.now = () => Date.now();
globalThis.run = (code, ms, sigint, context) => {
  const options = { displayErrors: false };
  if (ms) options.timeout = ms;
  if (sigint) options.breakOnSigint = true;
  return context ? vm.runInContext(code, context, options) : vm.runInThisContext(code, options);
};
globalThis.createContext = (sandbox, jobs) => {
  const context = vm.createContext(sandbox, jobs ? { microtaskMode: 'afterEvaluate' } : {});
  const global = vm.runInContext('this', context);
  for (const name of ['log', 'now', 'run', 'native']) global[name] ??= globalThis[name];
  return context;
};
// Calls a function through native ones: reading a global of a context whose sandbox has a getter.
let call;
const through = vm.createContext({ get called() { const [f, values] = call; return f(...values); } });
const read = vm.runInContext('() => called', through);
globalThis.native = (f, ...values) => { call = [f, values]; return read(); };
globalThis.moduleEval = async (source, timeout) => {
  const module = new vm.SourceTextModule(source);
  await module.link(() => {});
  return module.evaluate({ timeout });
};
// Who runs this sends the signal.
globalThis.interruptIn = (ms) => { console.error(`SIGINT in ${ms}`); };
const after = globalThis.setTimeout;
globalThis.setTimeout = (f, ms) => after(() => { try { f(); } catch (e) { log('uncaught in timer ' + e); } }, ms);
try { vm.runInThisContext(code, { displayErrors: false }); } catch (e) { log('uncaught ' + e); }
