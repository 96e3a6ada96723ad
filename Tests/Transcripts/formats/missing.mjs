import { a, nope as n } from "./loose.js";
console.log(a, n);
