const entries = all("#console .entry");
const sources = [];
for (const code of all("[data-source]")) sources[code.dataset.source] = code;

// Puts a part of the source into `mark` elements, one a line and a piece of text.
const mark = (lines, [first, start, last, end]) => {
  for (let number = first; number <= last; number++) {
    const line = lines[number - 1];
    if (!line) return;
    const from = number === first ? start - 1 : line.textContent.search(/\S|$/);
    const to = number === last ? end - 1 : line.textContent.trimEnd().length;
    const texts = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    const found = [];
    for (let before = 0; texts.nextNode(); before += texts.currentNode.length) {
      found.push([texts.currentNode, from - before, to - before]);
    }
    for (const [text, from, to] of found) {
      const range = document.createRange();
      range.setStart(text, Math.max(0, Math.min(from, text.length)));
      range.setEnd(text, Math.max(0, Math.min(to, text.length)));
      if (!range.collapsed) range.surroundContents(make("mark"));
    }
  }
};

const showSource = (module, node, place) => {
  const box = $("source");
  setName($("source-name"), node);
  if (module?.source == null) {
    const text = module ? "A synthetic module has no source." : "No module at this moment.";
    box.replaceChildren(make("p", text, "none"));
    return null;
  }
  const code = sources[module.source].cloneNode(true);
  code.removeAttribute("data-source");
  box.replaceChildren(code);
  const [subject, kind, line, spans] = place ?? [];
  if (subject !== node) return null;
  const lines = [...code.children];
  for (const span of spans) {
    for (const line of lines.slice(span[0] - 1, span[2])) line.classList.add(kind);
    mark(lines, span);
  }
  const current = lines[line - 1] ?? null;
  current?.classList.add(kind);
  current?.setAttribute("aria-current", "true");
  return current;
};

let shownBindings = null;
const showBindings = (module, node) => {
  const rows = module?.rows ?? [];
  const isLinked = module && !["unlinked", "linking"].includes(word(module.status));
  const none = !module ? "No module at this moment."
    : isLinked ? "No bindings." : "No environment yet: the module is not linked.";
  const key = [node, none, ...rows].join(" ");
  if (key === shownBindings) return;
  shownBindings = key;
  setName($("bindings-name"), node);
  $("bindings").replaceChildren(...rows.map((number) => {
    const [name, kind, value, isInitialized, origin, from] = data.rows[number];
    const row = make("tr");
    row.append(cell("th", name), make("td", kind), make("td", value, isInitialized ? "" : "dead"),
      make("td", origin == null ? "–" : `${origin} of ${from}`));
    return row;
  }));
  $("bindings-table").hidden = !rows.length;
  $("no-bindings").hidden = rows.length > 0;
  $("no-bindings").textContent = none;
};

// Entries from `newFrom` are of this moment, those from `shownTo` are not there yet.
let newFrom = 0;
let shownTo = entries.length;
const showConsole = () => {
  const to = data.moments[at][2];
  const from = at > 0 ? data.moments[at - 1][2] : 0;
  for (const entry of entries.slice(newFrom, shownTo)) entry.classList.remove("new");
  for (const entry of entries.slice(from, to)) entry.classList.add("new");
  for (const entry of entries.slice(Math.min(to, shownTo), Math.max(to, shownTo))) {
    entry.hidden = shownTo > to;
  }
  [newFrom, shownTo] = [from, to];
  $("no-console").hidden = to > 0;
};

$("modules").replaceChildren();
const rows = data.nodes.map(() => null);
const rowOf = (node, requests) => {
  const module = state.modules[node];
  const row = make("tr");
  row.dataset.row = node;
  const status = make("td");
  status.append(make("span", word(module.status), "word " + word(markOf(module))));
  if (module.error) status.append(make("div", module.error, "failure"));
  row.append(cell("th", data.nodes[node] + (module.replaced ? " (replaced)" : "")),
    make("td", module.synthetic ? "synthetic" : "source"), status,
    make("td", module.record), make("td", requests.join(", ") || "–"));
  return row;
};
const requestsOf = () => {
  const asked = data.nodes.map(() => []);
  for (const edge of [...state.edges].sort((a, b) => a - b)) {
    const [from, to, specifier] = data.edges[edge];
    const name = to == null ? "?" : data.nodes[to];
    asked[from].push(specifier === name ? name : `"${specifier}" → ${name}`);
  }
  return asked;
};
let currentRow = null;
const showModules = (now) => {
  const { modules, since } = state;
  let asked = null;
  let next = null;
  for (let node = modules.length - 1; node >= 0; node--) {
    const known = rows[node];
    if (modules[node] && known?.since !== since[node]) {
      asked ??= requestsOf();
      const row = rowOf(node, asked[node]);
      if (known) known.row.replaceWith(row);
      else $("modules").insertBefore(row, next);
      rows[node] = { row, since: since[node] };
    } else if (!modules[node] && known) {
      known.row.remove();
      rows[node] = null;
    }
    next = rows[node]?.row ?? next;
  }
  currentRow?.removeAttribute("aria-current");
  currentRow = rows[now]?.row ?? null;
  currentRow?.setAttribute("aria-current", "true");
  const isEmpty = modules.every((module) => !module);
  $("modules-table").hidden = isEmpty;
  $("no-modules").hidden = !isEmpty;
};

// Measures only when all panels have what they show.
const scroll = (node, line) => {
  const source = $("source");
  const console = $("console");
  const code = source.firstChild;
  const top = line ? line.offsetTop - code.offsetTop - source.clientHeight / 3 : 0;
  const end = console.scrollHeight;
  const first = shownTo > newFrom ? entries[newFrom].offsetTop - entries[0].offsetTop : end;
  source.scrollTop = top;
  console.scrollTop = Math.min(first, end);
  if (node != null) keepNodeInView(node);
  if (currentRow) keepInView(currentRow, $("modules").closest(".scroll"));
};
