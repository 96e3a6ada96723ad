// Top-level await in a program: it runs until nothing is due.
const pause = (milliseconds, value) =>
  new Promise(done => setTimeout(done, milliseconds, value));

console.log("one");
queueMicrotask(() => console.log("three, a job"));
console.log("two");
console.log(await pause(10, "four, after a timer"));

for await (const value of [pause(10, "five"), "six"]) console.log(value);

const { default: seven } = await import("./seven.mjs");
console.log(seven);
