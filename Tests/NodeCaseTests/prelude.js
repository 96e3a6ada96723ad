// Put in front of every script that a Node case becomes (run once with `script <<TAG`): what the harness that
// recorded the cases offered, from what a session offers: `modules`, `vm`, console, timers.
// Console lines that start with "@call " carry linker calls made by JavaScript; the tests take them out again.
globalThis.__h = (() => {
  'use strict';
  const h = { modules: null, defs: {}, rules: {}, async: false, fresh: 0, seq: new Map(), pending: Object.create(null) };
  const isNs = (v) => Object.prototype.toString.call(v) === '[object Module]' && Object.getPrototypeOf(v) === null;
  const isErr = (e) => (typeof e === 'object' || typeof e === 'function') && e !== null && typeof e.message === 'string';
  const show = (v) => typeof v === 'string' ? "'" + v.replace(/\\/g, '\\\\').replace(/'/g, "\\'") + "'"
    : typeof v === 'bigint' ? v + 'n' : typeof v === 'object' && v !== null
      ? '{ ' + Object.keys(v).map((k) => k + ': ' + show(v[k])).join(', ') + ' }' : String(v);
  const call = (...a) => console.log('@call ' + JSON.stringify(a));
  const label = (m) => (m && typeof m === 'object' && typeof m.identifier === 'string') ? m.identifier : '?';
  const get = (n) => { const m = h.modules[n]; if (m === undefined) throw new Error('no module ' + n); return m; };
  const has = (n) => { try { return h.modules[n] !== undefined; } catch { return false; } };
  h.clone = (v) => {
    if (typeof v === 'function') return `[Function: ${v.name}]`;
    if (typeof v === 'symbol') return String(v);
    if (typeof v === 'bigint') return v + 'n';
    if (v === undefined) return '<undefined>';
    if (typeof v === 'number' && !Number.isFinite(v)) return String(v);
    if (isNs(v)) return h.readNs(v);
    if (v && typeof v === 'object') return JSON.parse(JSON.stringify(v));
    return v;
  };
  h.readNs = (ns) => {
    const o = {};
    for (const k of Object.getOwnPropertyNames(ns)) {
      try { const v = ns[k]; o[k] = isNs(v) ? `[Module: ${Object.getOwnPropertyNames(v).join(',')}]` : h.clone(v); }
      catch (e) { o[k] = `<${e.name}: ${e.message}>`; }
    }
    return o;
  };
  h.ns = (m) => { const ns = m.namespace; return { exports: h.readNs(ns), keys: Reflect.ownKeys(ns).map(String) }; };
  h.describe = (e, depth = 0) => {
    if (!isErr(e)) return { name: 'non-error', code: null, message: show(e) };
    const o = { name: e.name, code: e.code ?? null, message: e.message };
    if ('cause' in e && depth < 4) o.cause = e.cause === undefined ? null : h.describe(e.cause, depth + 1);
    return o;
  };
  h.snap = (names) => { const o = {}; for (const n of names) o[n] = get(n).status; return o; };
  h.requests = (m) => m.moduleRequests === undefined ? '<undefined>'
    : m.moduleRequests.map((r) => ({ specifier: r.specifier, attributes: { ...r.attributes }, phase: r.phase }));
  h.cached = (m) => { const b = m.createCachedData(); return b && typeof b.byteLength === 'number' ? 'Buffer' : typeof b; };
  h.guard = (f) => { try { return f(); } catch (e) { return `<${e.name}: ${e.message}>`; } };
  h.info = (m) => {
    const ns = m.namespace;
    return { proto: Object.getPrototypeOf(ns), tag: ns[Symbol.toStringTag], toString: Object.prototype.toString.call(ns),
      extensible: Object.isExtensible(ns), frozen: h.guard(() => Object.isFrozen(ns)), sealed: h.guard(() => Object.isSealed(ns)),
      sameTwice: m.namespace === m.namespace, tagDescriptor: Object.getOwnPropertyDescriptor(ns, Symbol.toStringTag) };
  };
  h.nsSet = (m, k, v) => { m.namespace[k] = v; };
  h.nsDelete = (m, k) => delete m.namespace[k];
  h.nsDefine = (m, k, value) => { Object.defineProperty(m.namespace, k, { value, writable: true, enumerable: true, configurable: false }); };
  h.start = (key, promise) => { const p = Promise.resolve(promise); p.catch(() => {}); h.pending[key] = p; };
  h.bad = {
    undefined: () => undefined, null: () => null, number: () => 42, zero: () => 0, NaN: () => NaN, string: () => 'dep',
    emptyString: () => '', true: () => true, false: () => false, bigint: () => 10n, symbol: () => Symbol('dep'),
    object: () => ({}), array: () => [], function: () => () => {}, date: () => new Date(0), error: () => new Error('i am a value'),
    regexp: () => /x/, map: () => new Map(), nullProto: () => Object.create(null), nativeNamespace: async () => { const m = new vm.SyntheticModule(['join'], () => {}, { identifier: 'native' }); await m.link(() => {}); await m.evaluate(); return m.namespace; },
    class: () => vm.SourceTextModule,
    fakeModule: () => ({ status: 'linked', identifier: 'dep', namespace: {}, context: undefined, error: undefined }),
    thenableUndefined: () => ({ then(r) { r(undefined); } }), thenableThrows: () => ({ then() { throw new Error('then threw'); } }),
    promiseUndefined: () => Promise.resolve(undefined), promiseNull: () => Promise.resolve(null),
    promiseObject: () => Promise.resolve({}), rejectUndefined: () => Promise.reject(undefined),
  };
  h.create = (name, as) => {
    const d = h.defs[name];
    if (d.kind === 'synthetic') return new vm.SyntheticModule(Object.keys(d.exports), function () {
      for (const k of Object.keys(d.exports)) this.setExport(k, d.exports[k]); }, { identifier: as });
    return new vm.SourceTextModule(d.code, { identifier: as });
  };
  h.rule = (r, spec, ref) => {
    if (typeof r === 'string') { if (!has(r)) throw new Error(`no rule for '${spec}'`); return get(r); }
    if ('module' in r) return get(r.module);
    if ('sequence' in r) { const n = h.seq.get(spec) ?? 0; h.seq.set(spec, n + 1); return h.rule(r.sequence[Math.min(n, r.sequence.length - 1)], spec, ref); }
    if ('fresh' in r) return h.create(r.fresh, `${r.fresh}#${++h.fresh}`);
    if ('throw' in r) { if (r.type === 'TypeError') throw new TypeError(r.throw); if (r.type === 'string') throw r.throw; throw new Error(r.throw); }
    if ('reject' in r) return Promise.reject(r.type === 'string' ? r.reject : new Error(r.reject));
    if ('promise' in r) return Promise.resolve(h.rule(r.promise, spec, ref));
    if ('thenable' in r) { const v = h.rule(r.thenable, spec, ref); return { then(f) { f(v); } }; }
    if ('delay' in r) return new Promise((res, rej) => setTimeout(() => { try { res(h.rule(r.then, spec, ref)); } catch (e) { rej(e); } }, r.delay));
    if ('never' in r) return new Promise(() => {});
    if ('namespaceOf' in r) return get(r.namespaceOf).namespace;
    if ('inherits' in r) return Object.create(get(r.inherits));
    if ('proxy' in r) return new Proxy(get(r.proxy), {});
    if ('self' in r) return ref;
    if ('value' in r) return h.bad[r.value]();
    throw new Error('bad rule ' + JSON.stringify(r));
  };
  h.async1 = (r, spec, ref) => (async () => h.rule(r, spec, ref))();
  h.linker = (spec, ref, extra) => {
    const attrs = { ...(extra && extra.attributes) };
    if (Object.keys(attrs).length) call(spec, label(ref), attrs); else call(spec, label(ref));
    let r = h.rules[`${label(ref)}>${spec}`] ?? h.rules[spec] ?? spec.replace(/^\.\//, '');
    if (r && typeof r === 'object' && 'byAttr' in r) r = r.byAttr[attrs.type ?? ''] ?? r.byAttr.default;
    return h.async ? h.async1(r, spec, ref) : h.rule(r, spec, ref);
  };
  h.dynamic = (d) => async (spec, ref, attrs, phase) => {
    call('importModuleDynamically', spec, label(ref), { ...attrs }, ...(phase === undefined ? [] : [phase]));
    const m = await h.rule(d.rules?.[spec] ?? spec.replace(/^\.\//, ''), spec, ref), mode = d.mode ?? 'link+evaluate';
    if (m instanceof vm.Module) {
      if (mode !== 'none' && m.status === 'unlinked') await m.link(h.linker);
      if (mode === 'link+evaluate') await m.evaluate();
      if (mode === 'link+evaluateNoAwait') m.evaluate();
    }
    return d.returnNamespace ? m.namespace : m;
  };
  h.meta = (d) => (meta, mod) => {
    if (d.throw !== undefined) throw new Error(d.throw);
    call('initializeImportMeta', label(mod), Object.getPrototypeOf(meta) === null ? 'null-proto' : 'proto');
    Object.assign(meta, d);
  };
  return h;
})();
