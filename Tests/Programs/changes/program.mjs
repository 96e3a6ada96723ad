import vm from "node:vm";
const { SourceTextModule, SyntheticModule, Script, createContext, runInContext, runInNewContext, runInThisContext, isContext, Module } = vm;
const { log, table, error: logError, dir } = console;
const E = Error, P = Promise, AI = Symbol.asyncIterator, T = setTimeout, I = setImmediate, Q = queueMicrotask, C = structuredClone;
const none = () => {}, text = (v) => `${v}`;
// Node lets a person's code see a promise of its own only through its `then`, which a change may have replaced.
const steps = [];
const step = (name, run) => { steps[steps.length] = { __proto__: null, name, run }; };
const said = (name, words) => { log(name + ": " + words); };
const thrown = (error) => typeof error === "object" && error !== null
  ? (error.code ?? error.name) + " " + (typeof error.code === "string" ? error.message : "") : text(error);
const source = (code, options) => new SourceTextModule(code, options ?? { __proto__: null });
const dep = () => source("export let x = 1; export default function f() { return x }; x = 2", { __proto__: null, identifier: "dep" });
const linked = async (code, linker, options) => { const m = source(code, options); await m.link(linker); return m; };
const ready = async (code, linker, options) => { const m = await linked(code, linker, options); await m.evaluate(); return m; };

step("define", () => { const m = dep(); return m.status + " " + m.identifier + " " + m.dependencySpecifiers.length; });
step("link", async () => { const m = await linked("import { x } from 'dep'; export { x }", () => dep()); return m.status + " " + m.dependencySpecifiers[0] + " " + m.moduleRequests[0].specifier; });
step("link later", async () => (await linked("import 'dep'", async () => dep())).status);
step("link extra", async () => { let seen; await linked("import 'dep' with { type: 'js' }", (s, r, extra) => { seen = s + " " + extra.attributes.type; return dep(); }); return seen; });
step("link rejected", () => linked("import 'dep'", async () => { throw { __proto__: null, code: "mine", message: "m" }; }));
step("link thrown", () => linked("import 'dep'", () => { throw { __proto__: null, code: "mine", message: "m" }; }));
step("link nothing", () => linked("import 'dep'", () => ({ __proto__: null })));
step("link no function", () => dep().link(5));
step("link missing", async () => { try { await linked("import { y } from 'dep'", () => dep()); } catch (e) { return e.message; } });
step("evaluate", async () => { const m = await ready("import f, { x } from 'dep'; export const y = x + f()", () => dep()); return m.status + " " + m.namespace.y; });
step("evaluate twice", async () => { const m = await ready("", none); return text(m.evaluate() === m.evaluate()) + text(await m.evaluate()); });
step("evaluate options", async () => { const m = await linked("export const a = 1", none); await m.evaluate({ timeout: 1000 }); return m.status; });
step("evaluate no options", async () => { const m = await linked("export const a = 1", none); await m.evaluate(); return m.status; });
step("evaluate own options", async () => { const m = await linked("export const a = 1", none); await m.evaluate({ __proto__: null, timeout: 1000, breakOnSigint: false }); return m.status; });
step("evaluate early", () => dep().evaluate());
step("evaluate fails", async () => { const m = await linked("throw 7", none); try { await m.evaluate(); } catch (e) { return e + m.status + m.error; } });
step("top-level await", async () => (await ready("export let v = await 1; v += await { __proto__: null, then(r) { r(2) } }; await (async () => {})(); try { await (async () => { throw 8 })() } catch (e) { v += e }", none)).namespace.v);
step("awaits in two", async () => (await ready("import { v } from 'a'; import { w } from 'b'; export const s = v + w", (n) => source(n === "a" ? "export const v = await 1" : "export const w = await (async () => 2)()"))).namespace.s);
step("for await", async () => (await ready("export let s = 0; for await (const x of globalThis.iterable) s += x", none)).namespace.s);
step("namespace", async () => { const m = await ready("export let a = 1, b = 2; export default 3", none); const keys = Object_keys(m.namespace); return keys[0] + keys[1] + keys[2] + m.namespace.b + ("c" in m.namespace); });
step("synthetic", async () => { const s = new SyntheticModule(["a", "b"], function () { this.setExport("a", 6); }); await s.link(none); await s.evaluate(); s.setExport("b", 2); return s.status + s.namespace.a + s.namespace.b; });
step("synthetic names", () => new SyntheticModule(["a", "a"], none));
step("synthetic no names", () => new SyntheticModule([5], none));
step("synthetic imported", async () => (await ready("import { a } from 's'; export const b = a + 1", () => new SyntheticModule(["a"], function () { this.setExport("a", 6); }))).namespace.b);
step("setExport", async () => { const s = new SyntheticModule(["a"], none); await s.link(none); s.setExport("z", 1); });
step("import()", async () => (await ready("export const d = (await import('dep')).x", none, { __proto__: null, importModuleDynamically: async () => { const m = dep(); await m.link(none); await m.evaluate(); return m; } })).namespace.d);
step("import() with", async () => (await ready("export const d = (await import('dep', { __proto__: null, with: { __proto__: null, type: 'js' } })).x", none, { __proto__: null, importModuleDynamically: async (s, r, attributes) => { const m = dep(); await m.link(none); await m.evaluate(); return attributes.type === "js" ? m.namespace : 0; } })).namespace.d);
step("import() fails", async () => (await ready("export let d; try { await import('dep') } catch (e) { d = e }", none, { __proto__: null, importModuleDynamically: () => { throw 3; } })).namespace.d);
step("import.meta", async () => (await ready("export const u = import.meta.url", none, { __proto__: null, initializeImportMeta(meta) { meta.url = "here"; } })).namespace.u);
step("import() of a program", async () => text(typeof (await import("node:vm")).default));
step("instantiate", () => { const m = source("import { x } from 'dep'; export { x }"); m.linkRequests([dep()]); m.instantiate(); return m.status + m.hasTopLevelAwait() + m.hasAsyncGraph(); });
step("link requests fail", () => source("import 'dep'").linkRequests([]));
step("context", async () => { const context = createContext({ a: 4 }); const m = await ready("export const b = a + 1", none, { __proto__: null, context }); return m.namespace.b + " " + isContext(context) + (m.context === context); });
step("contexts differ", () => linked("import 'dep'", () => dep(), { __proto__: null, context: createContext({}) }));
step("scripts", () => runInNewContext("a + 1", { a: 1 }) + runInThisContext("1 + 1") + new Script("3", { __proto__: null, filename: "f" }).runInThisContext());
step("script options", () => new Script("3", {}).runInThisContext({}));
step("script error", () => { try { new Script("(", { __proto__: null, filename: "f" }); } catch (e) { return e.name; } });
step("bad argument", () => new SourceTextModule(5));
step("bad identifier", () => source("", { __proto__: null, identifier: 5 }));
step("bad offset", () => source("", { __proto__: null, lineOffset: 1.5 }));
step("bad timeout", () => { const m = source(""); return m.evaluate({ __proto__: null, timeout: "x" }); });
step("default options", () => new SourceTextModule("").status);
step("object options", () => new SourceTextModule("", {}).status);
step("bad this", () => Module_link_of.link());
step("error before", () => source("").error);
step("timers", () => new P((done) => { let words = ""; I(() => { words += "i"; T((a) => { done(words + "t" + a); }, 4, 5); }); Q(() => { words += "m"; }); }));
step("clone", () => { const c = C({ a: [1, { b: 2 }], m: values.map, d: values.date, e: values.error, t: values.bytes }); return c.a[1].b + c.e.message; });
step("log", () => { log("%s is %d and %j", "a", 4.5, { j: [1] }, [2], { three: { four: { five: {} } } }, values.map, values.date, /r/g, [1, , 3]); return ""; });
step("table", () => { table([{ a: 1 }, { a: 2, b: 3 }]); return ""; });
step("show a module", () => { log(source("", { __proto__: null, identifier: "shown" })); return ""; });
step("show a namespace", async () => { log((await ready("export let a = 1; export default [2]", none)).namespace); return ""; });

const values = { map: new Map([[1, { a: 2 }]]), date: new Date(0), error: new RangeError("shown"), bytes: new Uint8Array(3) };
globalThis.iterable = { __proto__: null, [AI]() { let n = 0; return { __proto__: null, next: async () => ({ __proto__: null, done: ++n > 3, value: n }) }; } };
const Object_keys = Object.keys;
const Module_link_of = { __proto__: null, link: SourceTextModule.prototype.link };

/* CHANGE */

for (let i = 0; i < steps.length; i++) {
  try { said(steps[i].name, await steps[i].run()); } catch (error) { said(steps[i].name, "throws " + thrown(error)); }
}
