// A trap for deletes is asked, whether the sandbox has the name or not.
import vm from 'node:vm';
const asked = [];
const context = vm.createContext(new Proxy({ b: 2, c: 3 }, {
  deleteProperty(target, key) { asked.push(key); return Reflect.deleteProperty(target, key); },
}));
for (const code of [
  'delete this.zz', 'delete this.b', 'delete this.c; typeof c', '"use strict"; delete this.none',
  'delete this.parseInt',
]) {
  console.log(code, vm.runInContext(code, context), asked.splice(0));
}
const throwing = vm.createContext(new Proxy({ a: 1 }, { deleteProperty(target, key) { throw new Error(`no ${key}`); } }));
for (const code of ['delete this.a', 'delete this.none']) {
  try { console.log(code, vm.runInContext(code, throwing)); } catch (error) { console.log(code, error.message); }
}
const plain = vm.createContext({ a: 1 });
console.log(vm.runInContext('[delete this.a, delete this.none, delete this.parseInt, typeof parseInt]', plain));
