// Errors: the stack with a better first line, or the first line in brackets.
function primitiveMessage(value) {
  return typeof value === "symbol" ? symbolText(value) : `${value}`;
}

/** The message of whatever was thrown, without running more than a getter. */
function messageOf(thrown) {
  if (!isObject(thrown)) return primitiveMessage(thrown).slice(0, 200);
  const message = peek(thrown, "message");
  const text = typeof message === "string" ? message : tagText(thrown);
  return escapeText(text.length > 200 ? `${text.slice(0, 200)}...` : text);
}

function errorHeader(error) {
  const name = peek(error, "name") ?? "Error";
  const message = peek(error, "message") ?? "";
  const nameText = isObject(name) ? tagText(name) : primitiveMessage(name);
  const text = isObject(message) ? tagText(message) : primitiveMessage(message);
  if (nameText === "") return text;
  return text === "" ? nameText : `${nameText}: ${text}`;
}

/** A stack that user code has set: JavaScriptCore's own has `name@place` lines. */
function assignedStack(error) {
  const stack = getOwnPropertyDescriptor(error, "stack")?.value;
  if (typeof stack !== "string" || stack === "") return undefined;
  return /@|^(?:global|eval|module) code$/m.test(stack) && !stack.includes("\n    at ")
    ? undefined : stack;
}

function stackText(error) {
  const stack = native.stackOf?.(error);
  if (typeof stack === "string" && stack !== "") return stack;
  return assignedStack(error) ?? errorHeader(error);
}

/** Names the constructor where the stack's first line has another name. */
function improveFirstLine(stack, name, names) {
  const { constructor, tag } = names;
  const startsWithName = name.endsWith("Error") && stack.startsWith(name)
    && (stack.length === name.length || /[:\n]/.test(stack[name.length]));
  if (constructor === null) {
    const found = /^([A-Z][a-z_ A-Z0-9[\]()-]+)(?::|\n\s+at)/.exec(stack)
      ?? /^([a-z_A-Z0-9-]*Error)$/.exec(stack);
    const fallback = found === null ? "" : found[1];
    return prefixOf(names, fallback || "Error").slice(0, -1) + stack.slice(fallback.length);
  }
  if (!startsWithName) return stack;
  const rest = stack.slice(name.length);
  const label = tag !== "" && tag !== constructor ? `${constructor} [${tag}]` : constructor;
  return constructor.includes(name) ? `${label}${rest}` : `${label} [${name}]${rest}`;
}

/** Own keys that the stack already tells are left out; cause and errors are always shown. */
function errorKeys(st, error, stack, keys) {
  const told = (key) => {
    if (st.showHidden || (key !== "name" && key !== "message" && key !== "stack")) return false;
    const value = peek(error, key);
    return typeof value !== "string" || stack.includes(value);
  };
  const shown = keys.filter((key) => !told(key));
  if ("cause" in error && !shown.includes("cause")) shown.push("cause");
  if (isArray(peek(error, "errors")) && !shown.includes("errors")) shown.push("errors");
  return shown;
}

function errorBase(st, error, stack, names) {
  const name = peek(error, "name");
  let text = improveFirstLine(stack, typeof name === "string" ? name : "Error", names);
  const message = peek(error, "message");
  const after = typeof message === "string" && message !== "" ? text.indexOf(message) : -1;
  const messageEnd = after === -1 ? 0 : after + message.length;
  if (text.indexOf("\n    at", messageEnd) === -1) text = `[${text}]`;
  return st.indent === 0 ? text : text.replaceAll("\n", `\n${" ".repeat(st.indent)}`);
}
