import { vm, later, synthetic } from './support.mjs';
const make = (body = function () { this.setExport('x', 1); }) => new vm.SyntheticModule(['x', 'y'], body);
const starts = {
  new: () => make(),
  linked: () => { const m = make(); m.link(() => {}); return m; },
  evaluated: async () => { const m = make(); await m.evaluate(); return m; },
  errored: async () => { const m = make(() => { throw new Error('body'); }); await m.evaluate().catch(() => {}); return m; },
};
const operations = {
  link: (m) => m.link(() => {}), linkNothing: (m) => m.link(), evaluate: (m) => m.evaluate(),
  known: (m) => { m.setExport('y', 2); return m.namespace.y; }, unknown: (m) => m.setExport('nope', 1),
  number: (m) => m.setExport(5, 1), none: (m) => m.setExport(), symbol: (m) => m.setExport(Symbol('x'), 1),
  namespace: (m) => ({ ...m.namespace }), error: (m) => String(m.error),
};
for (const start of Object.keys(starts)) {
  for (const operation of Object.keys(operations)) {
    const m = await starts[start]();
    const before = m.status;
    await later(`${start} ${operation}`, () => operations[operation](m));
    console.log(`  ${before} -> ${m.status}`);
  }
}
const self = new vm.SyntheticModule(['x'], function (...rest) {
  console.log(rest.length, this === self, this instanceof vm.Module, this.status, typeof this.setExport, this.url, self.status);
  return Promise.resolve().then(() => console.log('ignored'));
}, { identifier: 'self' });
await later('self', () => self.evaluate());
console.log(self.status);
