import loose, { a } from "./loose.js";
import { x } from "./module.js";
import { run } from "./typed/lib.js";
import * as other from "./other.cjs";
console.log(loose, a, x, run(), Object.keys(other).join());
