import vm from 'node:vm';
const mk = (s, id, o) => new vm.SourceTextModule(s, { identifier: id, ...o });
const say = e => e === null ? 'null' : `${e?.code ?? e?.name} ${e?.message}`;
const err = m => { try { return say(m.error); } catch (e) { return 'getter: ' + e.message; } };
const race = p => Promise.race([p.then(v => 'ful ' + v, e => 'rej ' + say(e)), new Promise(r => setTimeout(r, 60, 'unsettled'))]);
{ let n = 0; const s = new vm.SyntheticModule(['a'], function () { n++; this.setExport('a', 1); if (n == 1) for (;;); });
  console.log('1', await race(s.evaluate({ timeout: 20 })), s.status, err(s), s.namespace.a);
  console.log('2', await race(s.evaluate()), s.status, n);
  console.log('2b', s.evaluate() === s.evaluate(), n);
  const p = mk('import {a} from "s"; console.log("p runs", a)', 'p'); await p.link(() => s);
  console.log('3', await race(p.evaluate()), p.status, err(p)); }
{ let n = 0; const s = new vm.SyntheticModule(['a'], function () { n++; this.setExport('a', 1); if (n == 1) for (;;); });
  const p = mk('import {a} from "s"; console.log("p runs", a)', 'p'); await p.link(() => s);
  const q = mk('import {a} from "s"; console.log("q runs", a)', 'q'); await q.link(() => s);
  console.log('4', await race(p.evaluate({ timeout: 20 })), p.status, err(p), s.status, err(s));
  console.log('5', await race(q.evaluate()), q.status, err(q), s.status);
  console.log('5b', await race(q.evaluate()), q.status);
  console.log('6', await race(p.evaluate()), p.status, n);
  console.log('7', await race(s.evaluate()), s.status, n); }
{ const d = mk('export let x = 1; for(;;);', 'd'), a = mk('import "d"; export let q = 1', 'a'), b = mk('import "d"', 'b'), c = mk('import "a"', 'c'); await a.link(() => d); await b.link(() => d); await c.link(() => a);
  console.log('8', await race(a.evaluate({ timeout: 20 })));
  console.log('9', await race(b.evaluate()), await race(b.evaluate()), b.status, err(b), d.status);
  console.log('10', await race(c.evaluate()), await race(c.evaluate()), c.status, err(c), a.status);
  console.log('11', await race(a.evaluate()), await race(d.evaluate()), await race(d.evaluate())); }
{ const t = mk('await 0; for(;;);', 't'), d = mk('export let x=1; for (;;);', 'd'), a = mk('import "d"; await 0;', 'a'); await a.link(() => d);
  console.log('12', await race(a.evaluate({timeout: 20})), a.status, err(a), await race(a.evaluate()));}
{ const d = mk('await 0; console.log("d done")', 'd'), l = mk('for (;;);', 'l'), a = mk('import "d"; import "l"', 'a'); await a.link(s => s === 'd' ? d : l);
  console.log('13', await race(a.evaluate({timeout: 20})), a.status, d.status, l.status, await race(d.evaluate()), await race(l.evaluate()), d.status);
  const e = mk('import "d"; console.log("e")', 'e'); await e.link(() => d); console.log('14', await race(e.evaluate()), e.status); }
