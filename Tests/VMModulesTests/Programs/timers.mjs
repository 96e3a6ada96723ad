// What setTimeout and its kin give, and what stops them.
const later = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

const timer = setTimeout(() => {}, 5);
console.log(timer.constructor.name, timer.hasRef(), timer.unref() === timer, timer.hasRef());
console.log(timer.ref() === timer, timer.hasRef(), timer.close() === timer, timer.hasRef());
const immediate = setImmediate(() => {});
console.log(immediate.constructor.name, immediate.hasRef(), immediate.unref().hasRef());
clearImmediate(immediate);
console.log(immediate.hasRef(), immediate.ref().hasRef(), typeof immediate.refresh);
console.log(setTimeout.name, setTimeout.length, setInterval.length, setImmediate.length);

let runs = 0;
const again = setTimeout(function () {
  console.log("this is the timer:", this === again, ++runs);
  if (runs < 3) this.refresh();
}, 1);
await later(20);
const interval = setInterval(function () {
  console.log("this is the interval:", this === interval);
  this.close();
}, 1);
await later(20);
const soon = setImmediate(function (...values) {
  console.log("this is the immediate:", this === soon, values, this.hasRef());
}, 1, "two");
await later(20);

const moved = setTimeout(() => { console.log("moved"); }, 15);
await later(10);
moved.refresh();
await later(10);
console.log("before what was moved");
await later(20);

const cleared = setTimeout(() => { console.log("never: cleared"); }, 1);
clearTimeout(cleared);
console.log(cleared.refresh() === cleared, cleared.hasRef());
clearTimeout(+setTimeout(() => { console.log("never: by its number"); }, 1));
clearInterval(`${setTimeout(() => { console.log("never: by its number as text"); }, 1)}`);
clearInterval(setTimeout(() => { console.log("never: by clearInterval"); }, 1));
clearImmediate(setTimeout(() => { console.log("clearImmediate stops no timer"); }, 1));
await later(20);
clearTimeout(setImmediate(() => { console.log("clearTimeout stops no immediate"); }));
for (let number = 1; number < 2000; number++) clearTimeout(number);
for (const value of [null, undefined, {}, "x", Symbol("s"), () => {}, NaN]) {
  console.log(clearTimeout(value), clearInterval(value), clearImmediate(value));
}
await later(20);

for (const start of [setTimeout, setInterval, setImmediate, queueMicrotask]) {
  for (const callback of [undefined, "text", 5, {}]) {
    try { start(callback, 1); } catch (error) {
      console.log(start.name, error.name, error.code, error.message);
    }
  }
}
for (const delay of [Symbol("s"), 5n, { valueOf() { throw new RangeError("no number"); } }]) {
  try { setTimeout(() => {}, delay); } catch (error) { console.log(error.name); }
}
try { await import(Symbol("s")); } catch (error) { console.log(error.name, error.message); }

// It keeps nobody waiting.
setInterval(() => {}, 1).unref();
console.log("end");
