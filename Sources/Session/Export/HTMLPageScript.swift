/// What moves the page through the moments. It takes what never changes from the page (sources, lines
/// of the console, commands) and what changes from the data. Texts of users are set by `textContent`
/// only.
enum HTMLPageScript {
  static let text = """
    "use strict";
    document.documentElement.classList.add("live");
    (() => {
    \(state)

    \(panels)

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

    const change = ({ modules, edges }, [kind, key, value, ...rest]) => {
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
    };
    const goTo = (moment) => {
      if (!state || moment < at) {
        state = { modules: data.nodes.map(() => null), edges: new Set() };
        at = -1;
      }
      while (at < moment) for (const each of data.moments[++at][4]) change(state, each);
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

  /// What stands in the panels at a moment.
  private static let panels = #"""
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

    const stage = document.querySelector(".stage");
    const nodes = all(".stage [data-node]");
    const arrows = all(".stage [data-edges]").map((it) => [it, integers(it.dataset.edges)]);
    const rings = all(".stage [data-members]").map((it) => [it, integers(it.dataset.members)]);
    const entries = all("#console .entry");
    const buttons = all("[data-at]");
    const commands = ["", ...all("#moments > ol > li > pre").map((it) => it.textContent)];
    const sources = [];
    for (const code of all("[data-source]")) sources[code.dataset.source] = code;

    // The first line of a table stays where it is.
    const keepInView = (element, box, heading = 25) => {
      const seen = box.getBoundingClientRect();
      const it = element.getBoundingClientRect();
      if (it.top < seen.top + heading || it.bottom > seen.bottom) {
        const room = Math.max(heading, (seen.height - it.height) / 2);
        box.scrollTop += it.top - seen.top - room;
      }
    };
    const keepNodeInView = (node) => {
      const box = $("graph");
      const seen = box.getBoundingClientRect();
      const it = nodes[node].getBoundingClientRect();
      keepInView(nodes[node], box, 0);
      if (it.left < seen.left || it.right > seen.right) {
        box.scrollLeft += it.left + it.width / 2 - seen.left - seen.width / 2;
      }
    };

    const showGraph = (now) => {
      const { modules, edges } = state;
      nodes.forEach((element, node) => {
        const module = modules[node];
        const parts = ["module"];
        if (module) {
          parts.push(word(module.status));
          if (module.synthetic) parts.push("synthetic");
          if (module.replaced) parts.push("replaced");
          if (node === now) parts.push("now");
          element.querySelector(".status").textContent = shown(module.status);
          element.querySelector("title").textContent = data.nodes[node]
            + (module.replaced ? " (replaced): " : ": ") + word(module.status);
        } else parts.push("gone");
        element.setAttribute("class", parts.join(" "));
      });
      for (const [element, list] of arrows) {
        const isThere = list.some((edge) => edges.has(edge));
        const isAsking = !isThere && list.some((edge) => isAsked(edge, state));
        element.classList.toggle("gone", !isThere && !isAsking);
        element.classList.toggle("asking", isAsking);
      }
      let cycles = 0;
      for (const [element, members] of rings) {
        const isCycle = turns(members, edges);
        element.classList.toggle("gone", !isCycle);
        if (isCycle) cycles++;
      }
      const count = (number, noun) => number + " " + noun + (number === 1 ? "" : "s");
      const there = modules.filter((module) => module);
      const statuses = data.statuses.map(([word], status) =>
        [there.filter((module) => module.status === status).length, word]);
      $("graph-text").textContent = "Picture of the graph: "
        + [count(there.length, "module"), ...cycles ? [count(cycles, "cycle")] : [],
          ...statuses.filter(([number]) => number).map((pair) => pair.join(" "))].join(", ")
        + ". The table “Modules” has the statuses and requests of each.";
    };

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
      $("source-name").replaceChildren(...make("span", data.nodes[node]).childNodes);
      if (module?.source == null) {
        const text = module ? "A synthetic module has no source." : "No module at this moment.";
        return box.replaceChildren(make("p", text, "none"));
      }
      const code = sources[module.source].cloneNode(true);
      code.removeAttribute("data-source");
      box.replaceChildren(code);
      const [subject, kind, line, spans] = place ?? [];
      if (subject !== node) {
        box.scrollTop = 0;
        return;
      }
      const lines = [...code.children];
      for (const span of spans) {
        for (const line of lines.slice(span[0] - 1, span[2])) line.classList.add(kind);
        mark(lines, span);
      }
      const current = lines[line - 1];
      current?.classList.add(kind);
      current?.setAttribute("aria-current", "true");
      box.scrollTop = current ? current.offsetTop - code.offsetTop - box.clientHeight / 3 : 0;
    };

    const cell = (tag, text, name) => {
      const element = make(tag, text, name);
      if (tag === "th") element.scope = "row";
      return element;
    };

    const showBindings = (module, node) => {
      $("bindings-name").replaceChildren(...make("span", data.nodes[node]).childNodes);
      const rows = module?.rows ?? [];
      $("bindings").replaceChildren(...rows.map((number) => {
        const [name, kind, value, isInitialized, origin, from] = data.rows[number];
        const row = make("tr");
        row.append(cell("th", name), make("td", kind), make("td", value, isInitialized ? "" : "dead"),
          make("td", origin == null ? "–" : `${origin} of ${from}`));
        return row;
      }));
      $("bindings-table").hidden = !rows.length;
      $("no-bindings").hidden = rows.length > 0;
      const isLinked = module && !["unlinked", "linking"].includes(word(module.status));
      $("no-bindings").textContent = !module ? "No module at this moment."
        : isLinked ? "No bindings." : "No environment yet: the module is not linked.";
    };

    const showConsole = () => {
      const count = data.moments[at][2];
      const before = at > 0 ? data.moments[at - 1][2] : 0;
      entries.forEach((entry, index) => {
        if (entry.hidden !== index >= count) entry.hidden = index >= count;
        entry.classList.toggle("new", index >= before && index < count);
      });
      $("no-console").hidden = count > 0;
      const box = $("console");
      box.scrollTop = box.scrollHeight;
      const first = count > before ? entries[before].offsetTop - entries[0].offsetTop : Infinity;
      if (first < box.scrollTop) box.scrollTop = first;
    };

    const showModules = (now) => {
      const { modules, edges } = state;
      const asked = data.nodes.map(() => []);
      for (const edge of [...edges].sort((a, b) => a - b)) {
        const [from, to, specifier] = data.edges[edge];
        const name = to == null ? "?" : data.nodes[to];
        asked[from].push(specifier === name ? name : `"${specifier}" → ${name}`);
      }
      $("modules").replaceChildren(...modules.flatMap((module, node) => {
        if (!module) return [];
        const row = make("tr");
        row.dataset.row = node;
        if (node === now) row.setAttribute("aria-current", "true");
        const status = make("td");
        status.append(make("span", word(module.status), "word " + word(module.status)));
        if (module.error) status.append(make("div", module.error, "failure"));
        row.append(cell("th", data.nodes[node] + (module.replaced ? " (replaced)" : "")),
          make("td", module.synthetic ? "synthetic" : "source"), status,
          make("td", module.record), make("td", asked[node].join(", ") || "–"));
        return [row];
      }));
      const isEmpty = modules.every((module) => !module);
      $("modules-table").hidden = isEmpty;
      $("no-modules").hidden = !isEmpty;
      const row = $("modules").querySelector("[aria-current]");
      if (row) keepInView(row, $("modules").closest(".scroll"));
    };
    """#
}
