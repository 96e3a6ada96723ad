// Fields whose names are modifiers elsewhere, right before the end of their class, and `async = …` in patterns, which
// JavaScriptCore refuses.
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

var async, [got] = [({ async = 1 } = {})];
console.log(async, (({ async = 2 }) => async)({}), [{ async = 3, x: got = 4 }] = [{}], async, got);
const importer = new vm.SourceTextModule(
  "import { async } from 'a'; let made = async; export { made }; export function set() { ({ async = 5 } = {}); }");
await importer.link(() => new vm.SyntheticModule(["async"], function () { this.setExport("async", 6); }));
await importer.evaluate();
console.log(importer.namespace.made, (() => { try { importer.namespace.set(); } catch (error) { return error.name; } })());
console.log(new vm.Script("var async; ({ async = 7 } = {}); async").runInThisContext());
