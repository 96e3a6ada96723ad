// What collections hold, each as a list of entries, limited by maxArrayLength.
const hiddenKey = (st, key) => st.stylize(`[${key}]`, "string");
const isSpent = (st) => st.remaining < 0;

function holesText(st, count) {
  return st.stylize(`<${count} empty item${count === 1 ? "" : "s"}>`, "undefined");
}

/** The first own index from `from` on; the keys are listed at the first hole only. */
function nextIndexFinder(array) {
  let indices;
  let position = 0;
  return (from) => {
    if (hasOwn(array, from)) return from;
    indices ??= ownKeys(array).filter(isIndex).map(Number);
    while (position < indices.length && indices[position] < from) position += 1;
    return position < indices.length ? indices[position] : array.length;
  };
}

function arrayEntries(st, array, depth) {
  const entries = [];
  const { length } = array;
  const limit = Math.min(st.maxArrayLength, length);
  const next = nextIndexFinder(array);
  let index = 0;
  while (index < length && entries.length < limit && !isSpent(st)) {
    const found = next(index);
    if (found > index) {
      entries.push(holesText(st, found - index));
      index = found;
    } else {
      entries.push(elementText(st, array, index, depth));
      index += 1;
    }
  }
  if (index < length) entries.push(moreItems(length - index));
  return entries;
}

function typedArrayEntries(st, array, depth) {
  const length = call(getters.typedArrayLength, array);
  const limit = Math.min(st.maxArrayLength, length);
  const entries = [];
  for (let i = 0; i < limit; i += 1) entries.push(primitiveText(st, array[i]));
  if (length > limit) entries.push(moreItems(length - limit));
  if (!st.showHidden) return entries;
  return indented(st, 2, () => {
    const bytes = show(st, peek(array, "BYTES_PER_ELEMENT"), depth);
    entries.push(`${hiddenKey(st, "BYTES_PER_ELEMENT")}: ${bytes}`);
    for (const key of ["length", "byteLength", "byteOffset"]) {
      entries.push(`${hiddenKey(st, key)}: ${show(st, slotOf(array, typedArrayPrototype, key), depth)}`);
    }
    entries.push(`${hiddenKey(st, "buffer")}: ${show(st, slotOf(array, typedArrayPrototype, "buffer"), depth, true)}`);
    return entries;
  });
}

/** Calls `make` with each member through the captured forEach, so no user iterator runs. */
function memberEntries(st, forEach, collection, size, make) {
  const entries = [];
  const limit = Math.min(st.maxArrayLength, size);
  st.indent += 2;
  try {
    call(forEach, collection, (value, key) => {
      if (entries.length >= limit || isSpent(st)) throw stopIterating;
      entries.push(make(value, key));
    });
  } catch (error) {
    if (error !== stopIterating) throw error;
  }
  st.indent -= 2;
  if (size > entries.length) entries.push(moreItems(size - entries.length));
  return entries;
}
const stopIterating = {};

const setEntries = (st, set, depth) =>
  memberEntries(st, Set.prototype.forEach, set, call(getters.setSize, set),
    (value) => show(st, value, depth));

const mapEntries = (st, map, depth) =>
  memberEntries(st, Map.prototype.forEach, map, call(getters.mapSize, map),
    (value, key) => `${show(st, key, depth)} => ${show(st, value, depth)}`);

const detachedGetter = getOwnPropertyDescriptor(ArrayBuffer.prototype, "detached")?.get;
const isDetached = (buffer) =>
  detachedGetter !== undefined && passes(getters.bufferLength, buffer)
    && call(detachedGetter, buffer);

function byteLengthOf(buffer) {
  const isShared = !passes(slotProbes.arrayBuffer, buffer);
  return call(isShared ? slotProbes.sharedArrayBuffer : slotProbes.arrayBuffer, buffer);
}

function bufferContents(st, buffer) {
  if (isDetached(buffer)) return st.stylize("(detached)", "special");
  const all = byteLengthOf(buffer);
  const bytes = new Uint8Array(buffer, 0, Math.min(st.maxArrayLength, all));
  let text = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(" ");
  const left = all - bytes.length;
  if (left > 0) text += ` ... ${left} more byte${left === 1 ? "" : "s"}`;
  return `${st.stylize("[Uint8Contents]", "special")}: <${text}>`;
}

function bufferEntries(st, buffer, depth, inTypedArray) {
  const byteLength = byteLengthOf(buffer);
  const size = `${hiddenKey(st, "byteLength")}: ${st.stylize(`${byteLength}`, "number")}`;
  return inTypedArray ? [size] : [bufferContents(st, buffer), size];
}

function dataViewEntries(st, view, depth) {
  return indented(st, 2, () =>
    ["byteLength", "byteOffset", "buffer"].map((key) => {
      const value = slotOf(view, DataView.prototype, key);
      return `${hiddenKey(st, key)}: ${show(st, value, depth)}`;
    }));
}

/** Only the host can see a promise's state; where it does not know, that is said. */
function promiseEntries(st, promise, depth) {
  const known = native.promiseState?.(promise);
  if (known === undefined) return [st.stylize("<state unknown>", "special")];
  if (known.state === "pending") return [st.stylize("<pending>", "special")];
  const text = indented(st, 2, () => show(st, known.value, depth));
  return [known.state === "rejected" ? `${st.stylize("<rejected>", "special")} ${text}` : text];
}

function namespaceEntries(st, exports, depth) {
  const entries = [];
  // The rows belong to the realm of the namespace, which may have changed its arrays.
  for (let i = 0; i < exports.length; i += 1) {
    const { 0: name, 1: isInitialized, 2: value } = exports[i];
    const text = isInitialized
      ? indented(st, 2, () => show(st, value, depth))
      : st.stylize("<uninitialized>", "special");
    entries.push(`${keyText(st, name, true)}: ${text}`);
  }
  if (st.showHidden) {
    const tag = keyText(st, Symbol.toStringTag, false);
    entries.push(`${tag}: ${primitiveText(st, "Module")}`);
  }
  return entries;
}

const unknownEntries = (st) => [st.stylize("<items unknown>", "special")];
