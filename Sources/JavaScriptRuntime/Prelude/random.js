// An expression: a function that makes `Math.random()` give the numbers that belong to a seed, for
// every realm and for exported programs.
(seed) => {
  let state = (seed | 0) ^ 0x9e3779b9;
  const { imul } = Math;
  Object.defineProperty(Math, "random", {
    value: function random() {
      state = (state + 0x6d2b79f5) | 0;
      let t = imul(state ^ (state >>> 15), 1 | state);
      t = (t + imul(t ^ (t >>> 7), 61 | t)) ^ t;
      return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
    },
    writable: true, enumerable: false, configurable: true,
  });
}
