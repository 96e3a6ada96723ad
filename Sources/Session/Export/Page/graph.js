const stage = document.querySelector(".stage");
const nodes = all(".stage [data-node]");
const statusTexts = nodes.map((it) => it.querySelector(".status"));
const titles = nodes.map((it) => it.querySelector("title"));
const arrows = all(".stage [data-edges]").map((it) => [it, integers(it.dataset.edges)]);
const rings = all(".stage [data-members]").map((it) => [it, integers(it.dataset.members)]);
const counts = all(".legend .count");
// What the picture shows: of each module, and of the graph.
const drawn = nodes.map(() => [-2, false]);
let drawnEdges = -2;
let drawnNow = null;
let cycles = 0;

const keepNodeInView = (node) => {
  const box = $("graph");
  const seen = box.getBoundingClientRect();
  const it = nodes[node].getBoundingClientRect();
  keepInView(nodes[node], box, 0);
  if (it.left < seen.left || it.right > seen.right) {
    box.scrollLeft += it.left + it.width / 2 - seen.left - seen.width / 2;
  }
};

const drawNode = (node, isNow) => {
  const since = state.since[node];
  if (drawn[node][0] === since && drawn[node][1] === isNow) return;
  drawn[node] = [since, isNow];
  const module = state.modules[node];
  const parts = ["module"];
  if (module) {
    parts.push(word(markOf(module)));
    if (module.synthetic) parts.push("synthetic");
    if (module.replaced) parts.push("replaced");
    if (isNow) parts.push("now");
    statusTexts[node].textContent = shown(markOf(module));
    titles[node].textContent = data.nodes[node]
      + (module.replaced ? " (replaced): " : ": ") + word(markOf(module));
  } else parts.push("gone");
  nodes[node].setAttribute("class", parts.join(" "));
};

const drawEdges = () => {
  if (drawnEdges === state.edgesSince) return;
  drawnEdges = state.edgesSince;
  const { edges } = state;
  for (const [element, list] of arrows) {
    const isThere = list.some((edge) => edges.has(edge));
    const isAsking = !isThere && list.some((edge) => isAsked(edge, state));
    element.classList.toggle("gone", !isThere && !isAsking);
    element.classList.toggle("asking", isAsking);
  }
  cycles = 0;
  for (const [element, members] of rings) {
    const isCycle = turns(members, edges);
    element.classList.toggle("gone", !isCycle);
    if (isCycle) cycles++;
  }
};

const count = (number, noun) => number + " " + noun + (number === 1 ? "" : "s");
const showGraph = (now) => {
  const { modules } = state;
  for (let node = 0; node < nodes.length; node++) drawNode(node, node === now);
  drawEdges();
  const numbers = data.statuses.map(() => 0);
  for (const module of modules) if (module) numbers[markOf(module)]++;
  counts.forEach((element, status) => { element.textContent = numbers[status] || ""; });
  const total = numbers.reduce((sum, number) => sum + number, 0);
  $("graph-text").textContent = "Picture of the graph: "
    + [count(total, "module"), ...cycles ? [count(cycles, "cycle")] : [],
      ...numbers.flatMap((number, status) => number ? [number + " " + word(status)] : [])
    ].join(", ")
    + ". The table “Modules” has the statuses and requests of each.";
};

// A graph that is too large to be read as a whole is seen where something happens; in the overview
// its modules are spots of colour, as small as can still be told apart.
const smallest = 0.08;
const fit = () => {
  const [width, height] = ["width", "height"].map((name) => Number(stage.getAttribute(name)));
  const { clientWidth, clientHeight } = $("graph");
  const room = Math.max(clientHeight, 200);
  const fits = width < clientWidth * 1.4 && height < room * 1.4;
  const isOverview = !fits && $("overview").checked;
  $("overview-choice").hidden = fits;
  stage.classList.toggle("fits", fits);
  stage.classList.toggle("overview", isOverview);
  const scale = Math.max(smallest, Math.min(1, clientWidth / width, room / height));
  stage.style.width = isOverview ? width * scale + "px" : "";
  const node = [...subjects()].find((node) => state.modules[node]);
  if (node != null) keepNodeInView(node);
};
