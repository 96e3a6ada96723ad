// Names of exports are compared by code units: these two look alike, and are canonically equivalent.
import vm from "node:vm";

const composed = "\u00e9", decomposed = "e\u0301";
const module = new vm.SyntheticModule([composed, decomposed], function () {
  this.setExport(composed, 1);
  this.setExport(decomposed, 2);
});
await module.link(() => {});
await module.evaluate();
console.log(Object.keys(module.namespace).length, module.namespace[composed], module.namespace[decomposed]);
module.setExport(decomposed, 3);
console.log(module.namespace[composed], module.namespace[decomposed]);

const one = new vm.SyntheticModule([composed], () => {});
try {
  one.setExport(decomposed, 1);
} catch (error) {
  console.log(error.name, error.message === `Export '${decomposed}' is not defined in module`);
}

const reader = new vm.SourceTextModule(
  `import { "${composed}" as a, "${decomposed}" as b } from "names"; export { a as "${composed}", b as "${decomposed}" }`);
await reader.link(() => module);
await reader.evaluate();
console.log(reader.namespace[composed], reader.namespace[decomposed]);
