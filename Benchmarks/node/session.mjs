// What a session script of `module NAME = SOURCE` lines does, in Node:
// session.mjs FILE link|requests [evaluate]
import fs from "node:fs";
import vm from "node:vm";

const [file, how, evaluate] = process.argv.slice(2);
const modules = new Map();
for (const line of fs.readFileSync(file, "utf8").split("\n")) {
  if (!line.startsWith("module ")) continue;
  const equals = line.indexOf(" = ");
  const name = line.slice(7, equals);
  modules.set(name, new vm.SourceTextModule(line.slice(equals + 3), { identifier: name }));
}
const main = modules.get("main");
if (how === "link") {
  await main.link((specifier) => modules.get(specifier));
} else {
  for (const module of modules.values()) {
    module.linkRequests(module.moduleRequests.map((request) => modules.get(request.specifier)));
  }
  main.instantiate();
}
if (evaluate) await main.evaluate();
const expected = evaluate ? "evaluated" : "linked";
if (main.status !== expected) throw new Error(`main is ${main.status}`);
