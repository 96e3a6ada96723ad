// A module whose own link() is under way, and which another module's instantiate() has linked.
import vm from "node:vm";

function linkedByAnother(identifier) {
  const module = new vm.SourceTextModule("export let y = 2", { identifier });
  const other = new vm.SourceTextModule(`import "${identifier}"`, { identifier: "other" });
  const link = module.link(() => {});
  other.linkRequests([module]);
  other.instantiate();
  return { module, link };
}

async function attempt(name, body) {
  try {
    console.log(name, await body());
  } catch (error) {
    console.log(name, error.code, error.message);
  }
}

const operations = {
  status: (it) => it.status,
  namespace: (it) => "y" in it.namespace,
  evaluate: async (it) => { await it.evaluate(); return it.status; },
  hasAsyncGraph: (it) => it.hasAsyncGraph(),
  instantiate: (it) => it.instantiate(),
  linkRequests: (it) => it.linkRequests([]),
  link: (it) => it.link(() => {}),
  error: (it) => it.error,
};
for (const [name, operation] of Object.entries(operations)) {
  const { module, link } = linkedByAnother(name);
  await attempt(name, () => operation(module));
  await attempt("  its own link", () => link);
  console.log("  status", module.status);
}
