// Imports of sibling files, one of them JSON.
import { area } from "./shapes.mjs";
import sizes from "./sizes.json" with { type: "json" };

for (const [name, size] of Object.entries(sizes)) {
  console.log(name, area(size));
}
