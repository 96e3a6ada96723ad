// `setTimeout` and its kin as Node has them, for every realm and for exported programs. Around it
// stand `apply`, `isObject`, `checkCallback`, and the tasks, which run an action when its time has
// come: `addTask(action, delay, repeats)`, `removeTask(task)`, `keepTask(task, keepsAlive)`.
const timersByNumber = { __proto__: null };
const { MathTrunc, SymbolToPrimitive } = primordials;
let lastTimer = 0, clearTimer, clearTask;
class Timeout {
  #callback; #delay; #repeats; #values; #task; #number; #hasRef = true;
  constructor(callback, delay, repeats, values) {
    this.#callback = callback;
    this.#delay = delay;
    this.#repeats = repeats;
    this.#values = values;
    this.#start();
  }
  static {
    clearTimer = (timer) => {
      const isNumber = typeof timer === "number" || typeof timer === "string";
      const found = isNumber ? timersByNumber[timer] : timer;
      if (isObject(found) && #task in found) found.#end();
    };
  }
  #start() {
    removeTask(this.#task);
    this.#task = addTask(() => { this.#run(); }, this.#delay, this.#repeats);
    keepTask(this.#task, this.#hasRef);
  }
  #run() {
    if (!this.#repeats) this.#task = undefined;
    try { apply(this.#callback, this, this.#values); } finally {
      if (this.#task === undefined) delete timersByNumber[this.#number];
    }
  }
  #end() {
    removeTask(this.#task);
    this.#callback = this.#task = undefined;
    delete timersByNumber[this.#number];
  }
  #keep(hasRef) {
    this.#hasRef = hasRef;
    keepTask(this.#task, hasRef);
    return this;
  }
  refresh() {
    if (this.#callback !== undefined) this.#start();
    return this;
  }
  ref() { return this.#keep(true); }
  unref() { return this.#keep(false); }
  hasRef() { return this.#hasRef; }
  close() { this.#end(); return this; }
  // Only a number that somebody has seen stops a timer.
  [SymbolToPrimitive]() {
    this.#number ??= ++lastTimer;
    if (this.#task !== undefined) timersByNumber[this.#number] = this;
    return this.#number;
  }
}
class Immediate {
  #task; #hasRef = true;
  constructor(callback, values) {
    this.#task = addTask(() => {
      this.#task = undefined;
      apply(callback, this, values);
    }, 0, false);
  }
  static {
    clearTask = (timer) => {
      if (!isObject(timer) || !(#task in timer)) return;
      removeTask(timer.#task);
      timer.#task = undefined;
    };
  }
  #keep(hasRef) {
    this.#hasRef = hasRef;
    keepTask(this.#task, hasRef);
    return this;
  }
  ref() { return this.#keep(true); }
  unref() { return this.#keep(false); }
  hasRef() { return this.#task !== undefined && this.#hasRef; }
}
const delayOf = (delay) => {
  delay = +delay;
  return delay >= 1 && delay <= 2147483647 ? MathTrunc(delay) : 1;
};
const timers = {
  __proto__: null,
  setTimeout(callback, delay, ...values) {
    checkCallback(callback);
    return new Timeout(callback, delayOf(delay), false, values);
  },
  setInterval(callback, delay, ...values) {
    checkCallback(callback);
    return new Timeout(callback, delayOf(delay), true, values);
  },
  setImmediate(callback, ...values) {
    checkCallback(callback);
    return new Immediate(callback, values);
  },
  clearTimeout(timer) { clearTimer(timer); },
  clearInterval(timer) { clearTimer(timer); },
  clearImmediate(timer) { clearTask(timer); },
};
