// A program for node:vm, as it stands: run it with `modlab node-vm.mjs`, or with
// `node --experimental-vm-modules node-vm.mjs`.
import { SourceTextModule, SyntheticModule, createContext } from "node:vm";

const context = createContext({ console, greeting: "hello" });

const main = new SourceTextModule(
  `import { x } from "dep";
   console.log(greeting, x);
   export const doubled = 2 * x;
   export const meta = import.meta.name;`,
  {
    identifier: "main", context,
    initializeImportMeta(meta) { meta.name = "the name in import.meta"; },
  });
console.log(main.status, main.moduleRequests.map(request => request.specifier));

await main.link((specifier, referrer) => {
  console.log(`${referrer.identifier} asks for ${specifier}`);
  return new SyntheticModule(["x"], function () { this.setExport("x", 21); }, {
    identifier: specifier, context,
  });
});
console.log(main.status);

await main.evaluate();
console.log(main.status, main.namespace.doubled, main.namespace.meta);

const broken = new SourceTextModule(`import { y } from "dep";`, { context });
try {
  await broken.link(() => new SyntheticModule(["x"], () => {}, { context }));
} catch (error) {
  console.log(error.name + ":", error.message);
}
console.log(broken.status);
