/// What moves the page through the moments. It takes what never changes from the page (sources, lines
/// of the console, commands) and what changes from the data. Texts of users are set by `textContent`
/// only. A step touches what is other than before: pages of hundreds of modules must follow the slider.
enum HTMLPageScript {
  static let text = """
    "use strict";
    document.documentElement.classList.add("live");
    (() => {
    \(state)

    \(HTMLPageScript.elements)

    \(HTMLPageScript.graph)

    \(HTMLPageScript.panels)

    \(HTMLPageScript.controls)
    })();
    """

  /// The state at a moment: all changes up to it.
  private static let state = #"""
    const data = JSON.parse(document.getElementById("data").textContent);
    const last = data.moments.length - 1;
    const word = (status) => data.statuses[status][0];
    const shown = (status) => data.statuses[status][1] + " " + word(status);

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
    """#

  /// The elements of the page, and the making of more.
  private static let elements = #"""
    const $ = (id) => document.getElementById(id);
    const all = (selector) => [...document.querySelectorAll(selector)];
    const integers = (text) => text.split(" ").map(Number);

    // Letters that are read from right to left are kept to themselves.
    const fromRight = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]+/gu;
    const isolated = (text) => text.replace(fromRight, "\u2068$&\u2069");
    const make = (tag, text, name) => {
      const element = document.createElement(tag);
      if (name) element.className = name;
      if (text == null) return element;
      let end = 0;
      for (const match of text.matchAll(fromRight)) {
        element.append(text.slice(end, match.index));
        element.append(Object.assign(document.createElement("bdi"), { textContent: match[0] }));
        end = match.index + match[0].length;
      }
      element.append(text.slice(end));
      return element;
    };
    const cell = (tag, text, name) => {
      const element = make(tag, text, name);
      if (tag === "th") element.scope = "row";
      return element;
    };
    const setName = (element, node) => {
      element.replaceChildren(...make("span", data.nodes[node]).childNodes);
    };

    // Without scripts, they would be controls of nothing.
    for (const item of all("[data-at]")) {
      const button = make("button");
      button.type = "button";
      button.dataset.at = item.dataset.at;
      button.tabIndex = -1;
      button.append(...item.childNodes);
      delete item.dataset.at;
      item.append(button);
    }
    for (const box of all("[role=group]")) box.tabIndex = 0;

    // The first line of a table stays where it is.
    const keepInView = (element, box, heading = 25) => {
      const seen = box.getBoundingClientRect();
      const it = element.getBoundingClientRect();
      if (it.top < seen.top + heading || it.bottom > seen.bottom) {
        const room = Math.max(heading, (seen.height - it.height) / 2);
        box.scrollTop += it.top - seen.top - room;
      }
    };
    """#
}
