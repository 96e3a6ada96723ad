// A session of modlab as a program for Node 24:
//
//   node --experimental-vm-modules FILE
//
// It prints a line an operation: how it ended, and the statuses of all modules. modlab prints the
// same lines for the same session after `option trace node`.

import { Console } from "node:console";
import process from "node:process";
import { Writable } from "node:stream";
import { format, inspect, types } from "node:util";
import vm from "node:vm";

if (!vm.SourceTextModule) {
  console.error("node:vm has no modules here: Node 24 has them behind a flag.\n"
    + `  try   node --experimental-vm-modules ${process.argv[1]}`);
  process.exit(1);
}

// ---------------------------------------------------------------------------------------
// What modlab does around node:vm. The session itself begins below, at "The session".
// ---------------------------------------------------------------------------------------
