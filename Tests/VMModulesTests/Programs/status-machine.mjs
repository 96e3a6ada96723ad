import { vm, now, later, source, synthetic } from './support.mjs';
const linker = () => synthetic({ x: 1 }, 'dep');
const code = 'import { x } from "dep"; export const y = x;';
const starts = {
  unlinked: () => source(code),
  linking: () => { const m = source(code); m.link(() => new Promise(() => {})); return m; },
  stuck: async () => { const m = source(code); await m.link(() => { throw new Error('now'); }).catch(() => {}); return m; },
  missing: async () => { const m = source('import { nope } from "dep"; export const y = 1'); await m.link(linker).catch(() => {}); return m; },
  linked: async () => { const m = source(code); await m.link(linker); return m; },
  waiting: async () => { const m = source(code + 'await new Promise(() => {});'); await m.link(linker); m.evaluate(); return m; },
  evaluated: async () => { const m = source(code); await m.link(linker); await m.evaluate(); return m; },
  refused: async () => { const m = source(code); await m.link(() => 42).catch(() => {}); return m; },
  rejected: async () => { const m = source(code); await m.link(() => Promise.reject(new Error('later'))).catch(() => {}); return m; },
  threw: async () => { const m = source(code + 'throw new Error("body")'); await m.link(linker); await m.evaluate().catch(() => {}); return m; },
  threwNull: async () => { const m = source(code + 'throw null'); await m.link(linker); await m.evaluate().catch(() => {}); return m; },
  requested: () => { const m = source(code); m.linkRequests([linker()]); return m; },
  instantiated: () => { const m = source(code); m.linkRequests([linker()]); m.instantiate(); return m; },
};
const operations = {
  link: (m) => m.link(linker),
  linkNothing: (m) => m.link(),
  linkRequests: (m) => m.linkRequests([linker()]),
  linkTooMany: (m) => m.linkRequests([linker(), linker()]),
  instantiate: (m) => m.instantiate(),
  evaluate: (m) => m.evaluate(),
  namespace: (m) => Object.getOwnPropertyNames(m.namespace).join(),
  error: (m) => String(m.error?.message ?? m.error),
  hasTopLevelAwait: (m) => m.hasTopLevelAwait(),
  hasAsyncGraph: (m) => m.hasAsyncGraph(),
  createCachedData: (m) => typeof m.createCachedData(),
};
for (const start of Object.keys(starts)) {
  for (const operation of Object.keys(operations)) {
    const m = await starts[start]();
    const before = m.status;
    await later(`${start} ${operation}`, () => operations[operation](m));
    console.log(`  ${before} -> ${m.status}`);
  }
}
