// Stops at random moments in code of many kinds: each snippet runs without end, within a limit of 1 to 4
// milliseconds. Before it stands `const SEED, SECONDS`.
const snippets = [
  '[5,3,9,1].sort((a, b) => a - b)',
  'JSON.parse(JSON.stringify({ a: [1, { b: 2 }] }), (k, v) => v)',
  'try { null.x } catch (e) { e.stack }',
  'try { try { throw 1 } finally { [].map(String) } } catch {}',
  'new Map([[1, 2], [3, 4]]).forEach((v, k) => k)',
  'new Map(new Map([[1, 2]]))',
  'new Set([1, 2, 3]).union(new Set([4]))',
  'structure = class A { #x = 1; static { this.y = 1 } get x() { return this.#x } }; new structure().x',
  '"abc".replace(/b/g, x => x + x)',
  'for (const x of (function* () { yield 1; yield 2 })()) x',
  '(async () => { await 0; try { await Promise.reject(1) } catch {} })()',
  'Promise.all([1, 2, Promise.resolve(3)]).then(x => x)',
  'new Proxy({}, { get: (t, k) => k, has: () => true }).q',
  'Reflect.ownKeys(Object.getOwnPropertyDescriptors(globalThis)).length',
  'new Intl.NumberFormat("en").format(1e6)',
  'new Date().toLocaleString()',
  'Array.from({ length: 50 }, (_, i) => i * i).flatMap(x => [x, x])',
  'eval("var q = 1; (function () { return q })()")',
  'new Function("a", "return a + 1")(1)',
  'native(() => { try { native(() => [1].map(x => x + 1)) } catch {} })',
  'contexts++ < 200 && createContext({ x: 1 })',
  'run("1 + 1", 50)',
  'try { run("null.x", 50) } catch {}',
  'new Error("x", { cause: 1 }).toString()',
  'Object.groupBy([1, 2, 3], x => x % 2)',
  'with ({ a: 1 }) { a }',
  'const [a, ...b] = "hello"; const { c = 1, ...d } = { e: 2 }',
  'function f(n) { return n ? f(n - 1) : 0 } f(200)',
  'try { (function g() { g() })() } catch {}',
  'label: for (const k in { a: 1, b: 2 }) { continue label }',
  'new Uint8Array(100).map(x => x + 1)',
  '({ a: 1, get b() { return this.a } }).b',
  'Object.freeze({ ...{ a: 1 } })',
  '`${{ toString() { return "x" } }}`',
  'Symbol.for("x").description',
  'new WeakMap().set({}, 1)',
  'BigInt(10) ** 50n',
  'Function.prototype.toString.call(eval)',
  '[..."héllo"].reverse().join("")',
  'structure = (function () {}).bind(null, 1, 2); structure.name',
  'Math.max(...Array(1000).fill(1))',
  'parseInt("12"); encodeURIComponent("ä")',
  'RegExp("(a+)+b").test("aaaaaaaaaaaaaaaaaa")',
  'Object.defineProperty([], 2, { get() { return 1 } }).concat([1])',
  'Array.prototype.z = 1; delete Array.prototype.z',
  'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 0.01)',
  'using_ = (function* () { try { yield 1 } finally { [].x } })(); using_.next(); using_.return(2)',
  '(() => { try { return 1 } finally { try { throw 2 } catch {} } })()',
];
globalThis.contexts = 0;
let seed = SEED, stops = 0, others = 0, wrong = 0;
const random = (n) => (seed = (seed * 1103515245 + 12345) & 0x7fffffff) % n;
const end = now() + SECONDS * 1000;
while (now() < end) {
  const body = `${snippets[random(snippets.length)]}; ${snippets[random(snippets.length)]}`;
  const quoted = body.replace(/\\/g, '\\\\').replace(/'/g, "\\'");
  const code = random(3) ? `for (;;) { ${body} }`
    : random(2) ? `for (;;) { try { ${body} } catch (e) { } finally { [].y } }`
    : `run('for (;;) { ${quoted} }', ${1 + random(4)})`;
  try {
    run(code, 1 + random(4));
    wrong++;
    log(`it ended: ${code}`);
  } catch (e) {
    if (e.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') stops++;
    else if (others++ < 20) log(`${e} ${code}`);
  }
  // The caller goes on, through exceptions of its own.
  try { throw 1; } catch (e) { if (e !== 1) log('broken'); }
}
log(`stops ${stops} others ${others} wrong ${wrong}`);
