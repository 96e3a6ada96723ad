// Two roots share a dependency. While the first is being linked, and its linker takes its time for
// "leaf", the second begins: it finds "shared" already linking, but without its modules yet.
// Test runners that link several files at the same time have met this error.
import vm from "node:vm";

const modules = {
  shared: new vm.SourceTextModule(`import "leaf";`, { identifier: "shared" }),
  leaf: new vm.SourceTextModule(`export const leaf = 1;`, { identifier: "leaf" }),
};
const one = new vm.SourceTextModule(`import "shared";`, { identifier: "one" });
const two = new vm.SourceTextModule(`import "shared";`, { identifier: "two" });

const pause = milliseconds => new Promise(done => setTimeout(done, milliseconds));
const linker = async specifier => {
  if (specifier === "leaf") await pause(20);
  return modules[specifier];
};

const results = await Promise.allSettled([one.link(linker), two.link(linker)]);
for (const { status, reason } of results) {
  console.log(status, reason ? `${reason.code}: ${reason.message}` : "");
}
for (const module of [one, two, modules.shared, modules.leaf]) {
  console.log(module.identifier, module.status);
}

// One after the other, the same modules link.
const three = new vm.SourceTextModule(`import "shared";`, { identifier: "three" });
await three.link(linker);
console.log(three.identifier, three.status);
