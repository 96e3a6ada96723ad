// `seedRandom(seed)` makes `Math.random()` give the numbers that belong to a seed, in every realm and in
// exported programs. Around it stand `primordials` and `defineProperty`.
const { MathImul } = primordials;
let randomState;
const random = function random() {
  randomState = (randomState + 0x6d2b79f5) | 0;
  let t = MathImul(randomState ^ (randomState >>> 15), 1 | randomState);
  t = (t + MathImul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};
const seedRandom = (seed) => {
  randomState = (seed | 0) ^ 0x9e3779b9;
  defineProperty(primordials.Math, "random", {
    __proto__: null, value: random, writable: true, enumerable: false, configurable: true,
  });
};
