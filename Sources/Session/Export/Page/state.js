const data = JSON.parse(document.getElementById("data").textContent);
const last = data.moments.length - 1;
const word = (status) => data.statuses[status][0];
const shown = (status) => data.statuses[status][1] + " " + word(status);
// What glyph and colour follow: Node calls a module whose evaluation goes on evaluated, too.
const ongoing = data.statuses.findIndex(([word]) => word === "evaluating-async");
const markOf = ({ status, record }) =>
  word(status) === "evaluated" && record === word(ongoing) ? ongoing : status;

// The moment that is shown, and the module that the reader wants to see; -1 is the one that
// something happens to.
let at = -1;
let picked = -1;
let state = null;

// `since` has the moment of the last change of each module and its requests, `edgesSince` that of
// the last change of the graph.
const change = (state, [kind, key, value, ...rest], moment) => {
  const { modules, edges, since } = state;
  const module = modules[key];
  switch (kind) {
    case "+":
      modules[key] = { source: value, synthetic: rest[0] === 1, status: rest[1],
        record: rest[2], replaced: false, rows: [], error: null };
      break;
    case "-": modules[key] = null; break;
    case "e": value ? edges.add(key) : edges.delete(key); break;
    case "o": if (module) module.replaced = true; break;
    case "s": if (module) module.status = value; break;
    case "r": if (module) module.record = value; break;
    case "b": if (module) module.rows = value; break;
    case "x": if (module) module.error = value; break;
  }
  since[kind === "e" ? data.edges[key][0] : key] = moment;
  if ("+-e".includes(kind)) state.edgesSince = moment;
};
const goTo = (moment) => {
  if (!state || moment < at) {
    state = { modules: data.nodes.map(() => null), edges: new Set(),
      since: data.nodes.map(() => -1), edgesSince: -1 };
    at = -1;
  }
  while (at < moment) {
    at++;
    for (const each of data.moments[at][4]) change(state, each, at);
  }
};

// Whether modules import each other in a circle.
const turns = (members, edges) => {
  const left = new Set(members);
  const inside = [...edges].map((edge) => data.edges[edge])
    .filter(([from, to]) => from !== to && left.has(from) && left.has(to));
  for (let before = 0; before !== left.size;) {
    before = left.size;
    for (const node of [...left]) {
      if (!inside.some(([from, to]) => from === node && left.has(to))) left.delete(node);
    }
  }
  return left.size > 0;
};

// A request without an answer points to what will answer it one day.
const asks = data.edges.map(() => []);
const unanswered = new Map();
data.edges.forEach(([from, to, specifier], edge) => {
  if (to == null) unanswered.set(from + " " + specifier, edge);
});
data.edges.forEach(([from, to, specifier], edge) => {
  if (to != null) asks[edge] = unanswered.get(from + " " + specifier);
});
const isAsked = (edge, { modules, edges }) => {
  const [from, to] = data.edges[edge];
  return to != null && modules[from] && modules[to] && edges.has(asks[edge]);
};

const transitions = data.labels[last].split("+")[0];
// As much as is taken in at once: the console and the tables have it all.
const shortened = (text, length = 200) => {
  const line = text.split(/[\r\n\u2028\u2029]/, 1)[0];
  return line === text && text.length <= length ? text : line.slice(0, length - 1) + "…";
};
const sentence = () => {
  const what = data.moments[at][1];
  if (!Array.isArray(what)) return what;
  const [node, from, to] = what;
  const error = word(to) === "errored" ? state.modules[node]?.error : null;
  return `Transition ${data.labels[at]} of ${transitions}: `
    + `${isolated(shortened(data.nodes[node]))} goes from ${word(from)} to ${word(to)}`
    + (error ? ": " + shortened(error) : ".");
};
