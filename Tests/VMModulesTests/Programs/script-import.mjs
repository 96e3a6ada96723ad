import { vm, later, source, synthetic } from './support.mjs';
const evaluated = synthetic({ x: 1 }, 'evaluated'); await evaluated.evaluate();
{
  const script = new vm.Script('import("x")', { importModuleDynamically: (specifier, referrer, attributes) => { console.log(specifier, referrer === script, JSON.stringify(attributes)); return evaluated; } });
  await later('script', async () => (await script.runInThisContext()).x);
  await later('script without', () => new vm.Script('import("x")').runInThisContext());
}
