// Fields whose names are modifiers elsewhere, right before the end of their class, which JavaScriptCore refuses.
import vm from "node:vm";

class Here { x = 1; async }
console.log(Object.keys(new Here()), Object.keys(class { static async
}), Object.keys(new (class { static /* last */ })()));

const module = new vm.SourceTextModule(
  "class A { async; static } class B { static static } export default [new A(), B, eval('new (class { async })()')];");
await module.link(() => {});
await module.evaluate();
console.log(module.namespace.default.map((value) => Object.keys(value).join()));

console.log(Object.keys(new vm.Script("new (class { static })()").runInThisContext()));
console.log(Object.keys(vm.runInThisContext("eval('new (class { get; set; static })()')")));
