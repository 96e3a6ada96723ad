import { sep } from "./reads.cjs";
console.log(sep);
