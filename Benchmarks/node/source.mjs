// Parses one file as a module, in Node.
import fs from "node:fs";
import vm from "node:vm";

new vm.SourceTextModule(fs.readFileSync(process.argv[2], "utf8"), { identifier: "big" });
