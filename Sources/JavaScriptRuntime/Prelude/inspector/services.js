// What the console and structuredClone need to know of values.
const resizableGetter = getOwnPropertyDescriptor(ArrayBuffer.prototype, "resizable")?.get;
const maximumGetter = getOwnPropertyDescriptor(ArrayBuffer.prototype, "maxByteLength")?.get;

function viewSlots(view) {
  const name = call(getters.typedArrayName, view);
  const prototype = name === undefined ? DataView.prototype : typedArrayPrototype;
  const read = (key) => call(getterOf(prototype, key), view);
  return {
    name: name ?? "DataView",
    buffer: read("buffer"),
    byteOffset: read("byteOffset"),
    length: read(name === undefined ? "byteLength" : "length"),
  };
}

const slots = {
  isDetached,
  bufferSize(buffer) {
    const isResizable = resizableGetter !== undefined && call(resizableGetter, buffer);
    return {
      length: call(getters.bufferLength, buffer),
      maximum: isResizable ? call(maximumGetter, buffer) : undefined,
    };
  },
  view: viewSlots,
  time: (date) => call(slotProbes.date, date),
  pattern: (regexp) => call(slotProbes.regexp, regexp),
  flags: regexpFlags,
  primitive: (value) => call(slotProbes[kindOf(value)], value),
};

/** The entries of a Map or Set, read without any user code; undefined for all else. */
function membersOf(value, limit) {
  const isMap = passes(getters.mapSize, value);
  if (!isMap && !passes(getters.setSize, value)) return undefined;
  const entries = [];
  const { forEach } = isMap ? Map.prototype : Set.prototype;
  call(forEach, value, (member, key) => {
    if (entries.length < limit) entries.push([key, member]);
  });
  return { kind: isMap ? "map" : "set", entries };
}

/** The name of the first constructor on the prototype chain. */
function firstConstructorName(value) {
  let prototype = value;
  for (let steps = 0; prototype !== null && steps < 1000; steps += 1) {
    const name = peek(getOwnPropertyDescriptor(prototype, "constructor")?.value ?? {}, "name");
    if (typeof name === "string" && name !== "") return name;
    prototype = getPrototypeOf(prototype);
  }
  return undefined;
}

const isNamedByTag = (value) => /^(?:Async)?Generator$|Iterator$|^Symbol$/.test(tagText(value));

/** What this realm's own operations throw (an overflowing stack) as an error of another realm. */
function inRealmOf(primordials, error) {
  const isOwn = isObject(error) && !isRevoked(error) && ownErrors.includes(getPrototypeOf(error));
  return isOwn ? new primordials[error.name](error.message) : error;
}
const ownErrors = [Error, RangeError, ReferenceError, SyntaxError, TypeError, URIError]
  .map(({ prototype }) => prototype);

const services = {
  inRealmOf, know,
  inspect, format, formatPrimitives, widthOf, membersOf, kindOf, isError, tagText, isNamedByTag,
  slots, call,
  keyCount: (value) => Object.keys(value).length,
  constructorName: firstConstructorName,
  functionName: (value) => escapeText(`${peek(value, "name")}`),
  sourceOf: (value) => call(functionText, value),
  /** Objects with slots that the kinds do not tell. */
  isOpaque: (value) =>
    isNamedByTag(value) || /^(?:WeakRef$|Finali|Intl\.)/.test(tagText(value)),
};
services;
