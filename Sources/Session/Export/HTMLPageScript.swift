/// What moves the page through the moments. Texts of users go through `textContent` only.
enum HTMLPageScript {
  static let text = #"""
    "use strict";
    (() => {
      const data = JSON.parse(document.getElementById("data").textContent);
      const $ = (id) => document.getElementById(id);
      const make = (tag, text, name) => {
        const element = document.createElement(tag);
        if (text != null) element.textContent = text;
        if (name) element.className = name;
        return element;
      };
      const word = (status) => data.statuses[status][0];
      const shown = (status) => data.statuses[status][1] + " " + word(status);
      const nodes = [...document.querySelectorAll(".stage [data-node]")];
      const arrows = [...document.querySelectorAll(".stage [data-edges]")].map((element) =>
        [element, element.dataset.edges.split(" ").map(Number)]);
      const rings = [...document.querySelectorAll(".stage [data-members]")].map((element) =>
        [element, element.dataset.members.split(" ").map(Number)]);
      const buttons = [...document.querySelectorAll("[data-at]")];
      const numbers = [];
      data.moments.forEach((moment, index) => {
        numbers.push((numbers[index - 1] ?? 0) + (moment[1] ? 1 : 0));
      });
      const last = data.moments.length - 1;
      let at = 0;
      let picked = -1;
      let timer = null;

      // The state at a moment: all changes up to it.
      const stateAt = (moment) => {
        const modules = data.nodes.map(() => null);
        const edges = new Set();
        for (let i = 0; i <= moment; i++) {
          for (const change of data.moments[i][4]) {
            const [kind, key, value] = change;
            if (kind === "+") {
              modules[key] = { source: value, synthetic: change[3] === 1, status: change[4],
                rows: [], error: null };
            } else if (kind === "-") modules[key] = null;
            else if (kind === "e") value ? edges.add(key) : edges.delete(key);
            else if (!modules[key]) continue;
            else if (kind === "s") modules[key].status = value;
            else if (kind === "b") modules[key].rows = value;
            else if (kind === "x") modules[key].error = value;
          }
        }
        return { modules, edges };
      };

      const turns = (members, edges) => {
        const left = new Set(members);
        for (let before = 0; before !== left.size;) {
          before = left.size;
          for (const node of [...left]) {
            const leads = [...edges].some((edge) =>
              data.edges[edge][0] === node && data.edges[edge][1] !== node &&
              left.has(data.edges[edge][1]));
            if (!leads) left.delete(node);
          }
        }
        return left.size > 0;
      };

      const showGraph = ({ modules, edges }, now) => {
        nodes.forEach((element, node) => {
          const module = modules[node];
          const parts = ["module"];
          if (!module) parts.push("gone");
          else {
            parts.push(word(module.status));
            if (module.synthetic) parts.push("synthetic");
            if (node === now) parts.push("now");
            element.querySelector(".status").textContent = shown(module.status);
            element.querySelector("title").textContent =
              data.nodes[node] + ": " + word(module.status);
          }
          element.setAttribute("class", parts.join(" "));
        });
        // A request without an answer points to what will answer it one day.
        const isAsked = (edge) => {
          const [from, to, specifier] = data.edges[edge];
          return modules[from] && modules[to] && [...edges].some((other) =>
            data.edges[other][0] === from && data.edges[other][1] == null &&
            data.edges[other][2] === specifier);
        };
        for (const [element, list] of arrows) {
          const isThere = list.some((edge) => edges.has(edge));
          const isAsking = !isThere && list.some(isAsked);
          element.classList.toggle("gone", !isThere && !isAsking);
          element.classList.toggle("asking", isAsking);
        }
        const box = nodes[now]?.querySelector(".box").getBoundingClientRect();
        const view = $("graph").getBoundingClientRect();
        if (box && (box.left < view.left || box.right > view.right || box.top < view.top ||
          box.bottom > view.bottom)) {
          $("graph").scrollBy(box.left + box.width / 2 - view.left - view.width / 2,
            box.top + box.height / 2 - view.top - view.height / 2);
        }
        for (const [element, members] of rings) {
          element.classList.toggle("gone", !turns(members, edges));
        }
      };

      const showSource = (module, node, place) => {
        const box = $("source");
        box.replaceChildren();
        $("source-name").textContent = node == null ? "" : data.nodes[node];
        if (!module) return box.append(make("p", "No module at this moment.", "none"));
        if (module.source == null) {
          return box.append(make("p", "A synthetic module has no source.", "none"));
        }
        const marked = place && place[0] === node ? place[1] : 0;
        let current = null;
        data.sources[module.source].split("\n").forEach((text, index) => {
          const line = make("div", null, "line");
          const isMarked = index + 1 === marked;
          line.append(make("span", (isMarked ? "▸ " : "") + (index + 1)), make("span", text || " "));
          if (isMarked) {
            line.setAttribute("aria-current", "true");
            current = line;
          }
          box.append(line);
        });
        box.scrollTop = current ? Math.max(0, current.offsetTop - box.offsetTop - 120) : 0;
      };

      const showBindings = (module, node) => {
        $("bindings-name").textContent = node == null ? "" : data.nodes[node];
        const rows = module ? module.rows : [];
        $("bindings").replaceChildren(...rows.map((number) => {
          const [name, kind, value, isInitialized, from] = data.rows[number];
          const row = make("tr");
          row.append(make("td", name), make("td", kind),
            make("td", value, isInitialized ? "" : "dead"), make("td", from ?? "–"));
          return row;
        }));
        $("no-bindings").textContent = rows.length ? ""
          : !module ? "" : module.status < 2 ? "No environment yet: the module is not linked."
          : "No bindings.";
      };

      const showConsole = (moment) => {
        const count = data.moments[moment][2];
        const before = moment > 0 ? data.moments[moment - 1][2] : 0;
        const box = $("console");
        box.replaceChildren(...data.console.slice(0, count).map(([level, text], index) => {
          const line = make("div", null, "entry " + level + (index >= before ? " new" : ""));
          if (level !== "log") line.append(make("span", level + " ", "level"));
          line.append(text);
          return line;
        }));
        if (!count) box.append(make("p", "Nothing printed yet.", "none"));
        box.scrollTop = box.scrollHeight;
      };

      const showModules = ({ modules, edges }, now) => {
        const asked = data.nodes.map(() => []);
        for (const edge of edges) {
          const [from, to, specifier] = data.edges[edge];
          const name = to == null ? "?" : data.nodes[to];
          asked[from].push(specifier === name ? specifier : JSON.stringify(specifier) + " → " + name);
        }
        const rows = [];
        modules.forEach((module, node) => {
          if (!module) return;
          const row = make("tr", null, node === now ? "now" : "");
          const button = make("button", data.nodes[node]);
          button.type = "button";
          button.addEventListener("click", () => pick(node));
          const name = make("td");
          name.append(button);
          const status = make("td", shown(module.status), word(module.status));
          if (module.error) status.append(make("div", module.error, "error-text"));
          row.append(name, make("td", module.synthetic ? "synthetic" : "source"), status,
            make("td", asked[node].join(", ") || "–"));
          rows.push(row);
        });
        $("modules").replaceChildren(...rows);
      };

      const sentence = (moment, { modules }) => {
        const [command, transition] = data.moments[moment];
        const failure = data.commands[command][1];
        if (moment === 0) return "The session is empty.";
        if (!transition) {
          if (failure) return "The command fails: " + failure;
          const made = data.moments[moment][4].filter((change) => change[0] === "+");
          const names = made.map((change) => data.nodes[change[1]]).join(", ");
          return names ? `New: ${names}.` : "The command makes no transition.";
        }
        const [node, from, to] = transition;
        const name = data.nodes[node];
        let text = `Transition ${numbers[moment]} of ${numbers[last]}: `
          + `${name} goes from ${word(from)} to ${word(to)}`;
        const error = to === 5 && modules[node] ? modules[node].error : null;
        return text + (error ? ": " + error : ".");
      };

      const show = (moment) => {
        at = Math.max(0, Math.min(last, moment));
        const [command, transition, , place] = data.moments[at];
        const state = stateAt(at);
        const now = transition ? transition[0] : place ? place[0] : null;
        let node = picked >= 0 && state.modules[picked] ? picked : place ? place[0] : now;
        if (node == null || !state.modules[node]) {
          const there = state.modules.findIndex((module) => module);
          const made = data.moments[at][4].findLast((change) => change[0] === "+");
          node = made ? made[1] : there < 0 ? null : there;
        }
        $("at").value = at;
        $("at").setAttribute("aria-valuetext", sentence(at, state));
        $("where").textContent = `${at} / ${last}`;
        $("command").textContent = data.commands[command][0];
        $("said").textContent = sentence(at, state);
        $("first").disabled = $("back").disabled = at === 0;
        $("last").disabled = $("on").disabled = at === last;
        showGraph(state, now);
        if (node != null && state.modules[node]) follow(nodes[node]);
        showSource(node == null ? null : state.modules[node], node, place);
        showBindings(node == null ? null : state.modules[node], node);
        showConsole(at);
        showModules(state, now);
        for (const button of buttons) {
          if (Number(button.dataset.at) === at) {
            button.setAttribute("aria-current", "step");
            const box = $("moments");
            const top = button.offsetTop - box.offsetTop;
            if (top < box.scrollTop || top > box.scrollTop + box.clientHeight - 30) {
              box.scrollTop = top - box.clientHeight / 2;
            }
          } else button.removeAttribute("aria-current");
        }
        history.replaceState(null, "", "#" + at);
      };

      // A graph larger than its panel shows the module that something happens to.
      const follow = (element) => {
        const box = $("graph");
        const seen = box.getBoundingClientRect();
        const it = element.getBoundingClientRect();
        if (it.left < seen.left || it.right > seen.right) {
          box.scrollLeft += it.left + it.width / 2 - seen.left - seen.width / 2;
        }
        if (it.top < seen.top || it.bottom > seen.bottom) {
          box.scrollTop += it.top + it.height / 2 - seen.top - seen.height / 2;
        }
      };

      const pick = (node) => {
        picked = node;
        $("pick").value = node;
        show(at);
      };

      const stop = () => {
        clearInterval(timer);
        timer = null;
        $("play").textContent = "▶";
        $("play").setAttribute("aria-label", "Play");
      };
      const go = (moment) => {
        stop();
        show(moment);
      };

      $("pick").append(new Option("as it happens", -1));
      data.nodes.forEach((name, node) => $("pick").append(new Option(name, node)));
      $("pick").addEventListener("change", () => pick(Number($("pick").value)));
      nodes.forEach((element, node) => element.addEventListener("click", () => pick(node)));
      $("at").addEventListener("input", () => go(Number($("at").value)));
      $("first").addEventListener("click", () => go(0));
      $("back").addEventListener("click", () => go(at - 1));
      $("on").addEventListener("click", () => go(at + 1));
      $("last").addEventListener("click", () => go(last));
      for (const button of buttons) {
        button.addEventListener("click", () => go(Number(button.dataset.at)));
      }
      $("play").addEventListener("click", () => {
        if (timer) return stop();
        if (at === last) show(0);
        $("play").textContent = "❚❚";
        $("play").setAttribute("aria-label", "Pause");
        timer = setInterval(() => (at < last ? show(at + 1) : stop()), 900);
      });
      document.addEventListener("keydown", (event) => {
        if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
        if (event.target.closest("input, select, .scroll")) return;
        const moments = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: last };
        if (!(event.key in moments)) return;
        event.preventDefault();
        go(moments[event.key]);
      });
      addEventListener("hashchange", () => go(Number(location.hash.slice(1)) || 0));

      // Where commands begin.
      if (last > 0 && last <= 400) {
        data.moments.forEach((moment, index) => {
          if (index === 0 || moment[0] === data.moments[index - 1][0]) return;
          const mark = make("i");
          mark.style.left = (100 * index) / last + "%";
          $("marks").append(mark);
        });
      }
      const stage = document.querySelector(".stage");
      const width = Number(stage.getAttribute("width"));
      const fit = () => stage.classList.toggle("fits", width < $("graph").clientWidth * 1.5);
      addEventListener("resize", fit);
      fit();
      const asked = parseInt(location.hash.slice(1), 10);
      show(Number.isNaN(asked) ? last : asked);
    })();
    """#
}
