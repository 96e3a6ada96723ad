import { vm, now } from './support.mjs';
const context = vm.createContext({ x: 5 });
now('timeout', () => vm.runInThisContext('for (;;);', { timeout: 30 }));
now('timeout in context', () => vm.runInContext('for (;;);', context, { timeout: 30 }));
now('after timeout', () => vm.runInContext('x', context));
