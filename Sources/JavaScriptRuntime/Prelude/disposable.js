// Explicit resource management: what `using` is rewritten to, and the globals that belong to it.
// https://tc39.es/ecma262/#sec-disposableresource-records
//
// What holds the resources has no prototype that a person can reach, and no arrays.
const {
  Error: ErrorHere, Object: ObjectHere, ReferenceError: ReferenceErrorHere, ObjectCreate, ObjectFreeze,
  ReflectConstruct: construct, ReflectGet, StringPrototypeIncludes, StringPrototypeSlice,
} = primordials;
// Well-known symbols are the same in every realm.
const disposeSymbol = native.shared("Symbol.dispose", primordials.Symbol("Symbol.dispose"));
const asyncDisposeSymbol = native.shared("Symbol.asyncDispose", primordials.Symbol("Symbol.asyncDispose"));
// What a realm's constructors fall back to, by the prototypes that ECMA-262's own fall back to.
const fallbacks = native.shared("fallbacks", new primordials.WeakMap());

const hidden = (object, key, value) => defineProperty(object, key, { __proto__: null, value, writable: true, enumerable: false, configurable: true });
const fixed = (object, key, value, configurable = false) => defineProperty(object, key, { __proto__: null, value, writable: false, enumerable: false, configurable });
// How V8 names a value in a message.
const named8 = (value) => isObject(value) ? (typeof value === "function" ? "function" : "#<Object>") : typeof value === "symbol" ? "Symbol()" : `${value}`;

const methodOf = (value, key, name) => {
  const method = value[key];
  if (method === undefined || method === null) return undefined;
  if (typeof method !== "function") throw new TypeErrorHere(`Symbol(${name}) is not a function`);
  return method;
};
// CreateDisposableResource ( V, hint ) with GetDisposeMethod; undefined when there is nothing to do.
// https://tc39.es/ecma262/#sec-createdisposableresource
const resourceOf = (value, isAsync) => {
  if (value === null || value === undefined) {
    return isAsync ? { __proto__: null, value: undefined, method: undefined, isAsync, isFallback: false, next: undefined } : undefined;
  }
  if (!isObject(value)) throw new TypeErrorHere("An object is expected with `using` declarations");
  let method = isAsync ? methodOf(value, asyncDisposeSymbol, "Symbol.asyncDispose") : undefined;
  const isFallback = isAsync && method === undefined;
  if (method === undefined) method = methodOf(value, disposeSymbol, "Symbol.dispose");
  if (method === undefined) throw new TypeErrorHere("Symbol(Symbol.dispose) is not a function");
  return { __proto__: null, value, method, isAsync, isFallback, next: undefined };
};
const suppress = (error, suppressed) => SuppressedError(error, suppressed, "An error was suppressed during disposal");

// The resources of one scope, and how it is left. Rewritten code calls the methods.
class DisposableResources {
  constructor(top) {
    this.top = top;
    this.failed = false;
    this.error = undefined;
    this.pending = undefined;
    this.needsAwait = false;
    this.hasAwaited = false;
  }
  // AddDisposableResource ( disposeCapability, V, hint ). https://tc39.es/ecma262/#sec-adddisposableresource
  add(value, isAsync) {
    const resource = resourceOf(value, isAsync);
    if (resource !== undefined) {
      resource.next = this.top;
      this.top = resource;
    }
    return value;
  }
  a(value) { return this.add(value, false); }
  b(value) { return this.add(value, true); }
  // An error of the scope, or of a disposal.
  e(error) {
    this.error = this.failed ? suppress(error, this.error) : error;
    this.failed = true;
  }
  // DisposeResources ( disposeCapability, completion ) up to its next Await; false at its end.
  // https://tc39.es/ecma262/#sec-disposeresources
  n() {
    while (this.top !== undefined) {
      const resource = this.top;
      if (!resource.isAsync && this.needsAwait && !this.hasAwaited) {
        this.needsAwait = false;
        return true;
      }
      this.top = resource.next;
      if (resource.method === undefined) {
        this.needsAwait = true;
        continue;
      }
      try {
        this.pending = apply(resource.method, resource.value, []);
      } catch (error) {
        if (!resource.isFallback) {
          this.e(error);
          continue;
        }
        this.pending = new PromiseHere((_, reject) => { reject(error); });
        this.hasAwaited = true;
        return true;
      }
      if (resource.isFallback) this.pending = undefined;
      if (resource.isAsync) {
        this.hasAwaited = true;
        return true;
      }
      this.pending = undefined;
    }
    if (!this.needsAwait || this.hasAwaited) return false;
    this.needsAwait = false;
    return true;
  }
  // What is awaited.
  p() {
    const value = this.pending;
    this.pending = undefined;
    return value;
  }
  t() { if (this.failed) throw this.error; }
  d() { this.n(); this.t(); }
  // A function of a body with `using` that has got another name.
  f(f, name) {
    fixed(f, "name", name, true);
    return f;
  }
}
setPrototypeOf(DisposableResources.prototype, null);
const disposeAll = async (resources) => {
  while (resources.n()) try { await resources.p(); } catch (error) { resources.e(error); }
  resources.t();
};

// OrdinaryCreateFromConstructor with a prototype of ours: `base` makes the object.
const createFrom = (base, newTarget, own, name) => {
  // No call of a native function: an error's stack would have it.
  if (newTarget === own) {
    const made = new base();
    setPrototypeOf(made, own.prototype);
    return made;
  }
  let prototype;
  const object = ReflectConstruct(base, [], new ProxyHere(newTarget, {
    __proto__: null,
    get: (target, key) => prototype = ReflectGet(target, key, target),
  }));
  if (!isObject(prototype)) setPrototypeOf(object, WeakMapPrototypeGet(fallbacks, getPrototypeOf(object))[name]);
  return object;
};

// https://tc39.es/ecma262/#sec-suppressederror-objects
function SuppressedError(error, suppressed, message) {
  const object = createFrom(ErrorHere, new.target === undefined ? SuppressedError : new.target, SuppressedError, "SuppressedError");
  if (message !== undefined) hidden(object, "message", `${message}`);
  hidden(object, "error", error);
  hidden(object, "suppressed", suppressed);
  return object;
}
setPrototypeOf(SuppressedError, ErrorHere);
setPrototypeOf(SuppressedError.prototype, ErrorHere.prototype);
hidden(SuppressedError.prototype, "name", "SuppressedError");
hidden(SuppressedError.prototype, "message", "");

// The stacks: their resources, and whether they are disposed.
const stacks = new primordials.WeakMap();
const stateOf = (stack, isAsync, name) => {
  const state = isObject(stack) ? WeakMapPrototypeGet(stacks, stack) : undefined;
  if (state === undefined || state.isAsync !== isAsync) {
    throw new TypeErrorHere(`Method ${isAsync ? "Async" : ""}DisposableStack.prototype.${name} called on incompatible receiver ${named8(stack)}`);
  }
  return state;
};
const openState = (stack, isAsync, name) => {
  const state = stateOf(stack, isAsync, name);
  if (state.resources === undefined) {
    const type = isAsync ? "AsyncDisposableStack" : "DisposableStack";
    throw new ReferenceErrorHere(`Cannot call ${type}.prototype.${name} on an already-disposed ${type}`);
  }
  return state;
};
const push = (state, method) => {
  const { resources, isAsync } = state;
  resources.top = { __proto__: null, value: undefined, method, isAsync, isFallback: false, next: resources.top };
};
const checkFunction = (f) => { if (typeof f !== "function") throw new TypeErrorHere(`${named8(f)} is not a function`); };
const newState = (isAsync, resources) => ({ __proto__: null, isAsync, resources });
const stackMethods = (isAsync, prototype) => ({
  __proto__: null,
  use(value) { return openState(this, isAsync, "use").resources.add(value, isAsync); },
  dispose() {
    const state = stateOf(this, false, "dispose"), { resources } = state;
    if (resources === undefined) return;
    state.resources = undefined;
    resources.d();
  },
  disposeAsync() {
    try {
      const state = stateOf(this, true, "disposeAsync"), { resources } = state;
      state.resources = undefined;
      return disposeAll(resources === undefined ? new DisposableResources(undefined) : resources);
    } catch (error) {
      return new PromiseHere((_, reject) => { reject(error); });
    }
  },
  adopt(value, onDispose) {
    const state = openState(this, isAsync, "adopt");
    checkFunction(onDispose);
    push(state, () => apply(onDispose, undefined, [value]));
    return value;
  },
  defer(onDispose) {
    const state = openState(this, isAsync, "defer");
    checkFunction(onDispose);
    push(state, onDispose);
  },
  move() {
    const state = openState(this, isAsync, "move");
    const moved = ObjectCreate(prototype);
    WeakMapPrototypeSet(stacks, moved, newState(isAsync, state.resources));
    state.resources = undefined;
    return moved;
  },
  get disposed() { return stateOf(this, isAsync, "disposed").resources === undefined; },
});
const installStack = (constructor, isAsync) => {
  const { prototype, name } = constructor;
  const methods = stackMethods(isAsync, prototype);
  const last = isAsync ? "disposeAsync" : "dispose";
  hidden(prototype, "use", methods.use);
  hidden(prototype, last, methods[last]);
  hidden(prototype, "adopt", methods.adopt);
  hidden(prototype, "defer", methods.defer);
  hidden(prototype, "move", methods.move);
  defineProperty(prototype, "disposed", { __proto__: null, get: getOwnPropertyDescriptor(methods, "disposed").get, set: undefined, enumerable: false, configurable: true });
  hidden(prototype, isAsync ? asyncDisposeSymbol : disposeSymbol, methods[last]);
  fixed(prototype, SymbolToStringTag, name, true);
};
const makeStack = (newTarget, own, isAsync) => {
  const stack = createFrom(ObjectHere, newTarget, own, isAsync ? "AsyncDisposableStack" : "DisposableStack");
  WeakMapPrototypeSet(stacks, stack, newState(isAsync, new DisposableResources(undefined)));
  return stack;
};
// https://tc39.es/ecma262/#sec-disposablestack-objects
function DisposableStack() {
  if (new.target === undefined) throw new TypeErrorHere("Constructor DisposableStack requires 'new'");
  return makeStack(new.target, DisposableStack, false);
}
installStack(DisposableStack, false);
// https://tc39.es/ecma262/#sec-asyncdisposablestack-objects
function AsyncDisposableStack() {
  if (new.target === undefined) throw new TypeErrorHere("Constructor AsyncDisposableStack requires 'new'");
  return makeStack(new.target, AsyncDisposableStack, true);
}
installStack(AsyncDisposableStack, true);

// https://tc39.es/ecma262/#sec-%iteratorprototype%-%symbol.dispose%
const iteratorPrototype = getPrototypeOf(getPrototypeOf(function* () {}.prototype));
hidden(iteratorPrototype, disposeSymbol, {
  [disposeSymbol]() {
    const method = this.return;
    if (method !== undefined && method !== null) apply(method, this, []);
  },
}[disposeSymbol]);
// https://tc39.es/ecma262/#sec-%asynciteratorprototype%-%symbol.asyncdispose%
const awaited = async (value) => { await value; };
const asyncIteratorPrototype = getPrototypeOf(getPrototypeOf(async function* () {}.prototype));
hidden(asyncIteratorPrototype, asyncDisposeSymbol, {
  [asyncDisposeSymbol]() {
    try {
      const method = this.return;
      if (method === undefined || method === null) return new PromiseHere((resolve) => { resolve(undefined); });
      return awaited(apply(method, this, []));
    } catch (error) {
      return new PromiseHere((_, reject) => { reject(error); });
    }
  },
}[asyncDisposeSymbol]);

WeakMapPrototypeSet(fallbacks, ObjectHere.prototype, { __proto__: null, DisposableStack: DisposableStack.prototype, AsyncDisposableStack: AsyncDisposableStack.prototype });
WeakMapPrototypeSet(fallbacks, ErrorHere.prototype, { __proto__: null, SuppressedError: SuppressedError.prototype });
fixed(primordials.Symbol, "dispose", disposeSymbol);
fixed(primordials.Symbol, "asyncDispose", asyncDisposeSymbol);
fixed(SuppressedError, "prototype", SuppressedError.prototype);
fixed(DisposableStack, "prototype", DisposableStack.prototype);
fixed(AsyncDisposableStack, "prototype", AsyncDisposableStack.prototype);
hidden(global, "SuppressedError", SuppressedError);
hidden(global, "DisposableStack", DisposableStack);
hidden(global, "AsyncDisposableStack", AsyncDisposableStack);
// The values of running scripts with `using`, by their cells.
const cells = { __proto__: null };
const takeCell = (cell) => {
  const value = cells[cell];
  delete cells[cell];
  return value;
};
// A text with none of these words has nothing that is rewritten.
const mayBeRewritten = (text) =>
  StringPrototypeIncludes(text, "using") || StringPrototypeIncludes(text, "import") ||
  StringPrototypeIncludes(text, "static") || StringPrototypeIncludes(text, "async");
// The text of an eval, direct in a script, or indirect.
const scriptEval = (callee, isStrict, script, text) =>
  callee === realmEval && typeof text === "string" && mayBeRewritten(text)
    ? native.rewriteScriptEval(text, isStrict, script) : text;
// What scripts call, which have no environment of ours.
fixed(global, native.usingName, ObjectFreeze({
  __proto__: null,
  u: () => new DisposableResources(undefined),
  k: cells,
  r: takeCell,
  v: scriptEval,
}));

// The constructors of functions are the engine's, which refuses `using`: what it refused is asked for again, rewritten.
const rewrittenBody = (head, given) => {
  let parameters = "";
  for (let i = 0; i < given.length; i++) {
    if (typeof given[i] !== "string") return undefined;
    if (i < given.length - 1) parameters += i === 0 ? given[i] : `,${given[i]}`;
  }
  if (given.length === 0 || !mayBeRewritten(given[given.length - 1])) return undefined;
  const before = `(${head} anonymous(${parameters}\n) {`;
  const after = "})";
  const text = native.rewriteScriptEval(`${before}${given[given.length - 1]}\n${after}`, false, 0);
  if (StringPrototypeSlice(text, 0, before.length) !== before || StringPrototypeSlice(text, -after.length) !== after) return undefined;
  return StringPrototypeSlice(text, before.length, -after.length);
};
const constructorWithUsing = (constructor, head) => {
  const make = (given, newTarget) => {
    try {
      return construct(constructor, given, newTarget);
    } catch (error) {
      const body = rewrittenBody(head, given);
      if (body === undefined || body === given[given.length - 1]) throw error;
      const again = newList();
      for (let i = 0; i < given.length - 1; i++) again[i] = given[i];
      again[given.length - 1] = body;
      return construct(constructor, again, newTarget);
    }
  };
  const shown = new ProxyHere(constructor, {
    __proto__: null,
    apply: (_, receiver, given) => make(given, constructor),
    construct: (_, given, newTarget) => make(given, newTarget === shown ? constructor : newTarget),
  });
  const { prototype } = constructor;
  defineProperty(prototype, "constructor", { __proto__: null, value: shown });
  return shown;
};
const FunctionShown = constructorWithUsing(getPrototypeOf(function () {}).constructor, "function");
hidden(global, "Function", FunctionShown);
setPrototypeOf(constructorWithUsing(getPrototypeOf(function* () {}).constructor, "function*"), FunctionShown);
setPrototypeOf(constructorWithUsing(getPrototypeOf(async () => {}).constructor, "async function"), FunctionShown);
setPrototypeOf(constructorWithUsing(getPrototypeOf(async function* () {}).constructor, "async function*"), FunctionShown);
