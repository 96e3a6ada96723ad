const buttons = all("button[data-at]");
const commands = ["", ...all("#moments > ol > li > pre").map((it) => it.textContent)];
let timer = null;
let current = null;
let waiting = 0;

const showMoments = () => {
  current?.removeAttribute("aria-current");
  if (current) current.tabIndex = -1;
  current = buttons[at - 1] ?? null;
  const box = $("moments");
  if (!current) {
    if (buttons.length) buttons[0].tabIndex = 0;
    box.scrollTop = 0;
    return;
  }
  buttons[0].tabIndex = -1;
  current.tabIndex = 0;
  current.setAttribute("aria-current", "step");
  keepInView(current, box, 0);
};

// What something happens to at this moment, at the one before, and so on.
const subjects = function* () {
  for (let moment = at; moment > 0; moment--) {
    const [, , , , changes, subject] = data.moments[moment];
    if (subject != null) yield subject;
    yield* changes.filter(([kind]) => kind === "+").map(([, node]) => node).reverse();
  }
};

const show = (moment) => {
  goTo(Math.max(0, Math.min(last, moment)));
  const [command, , , place, , now] = data.moments[at];
  const { modules } = state;
  const node = [picked, ...subjects()].find((node) => modules[node]);
  const text = sentence();
  $("at").value = at;
  $("at").setAttribute("aria-valuetext", text);
  $("where").textContent = `${data.labels[at]} / ${data.labels[last]}`;
  $("command").replaceChildren(...make("span", commands[command]).childNodes);
  $("said").textContent = text;
  for (const id of ["first", "back"]) $(id).setAttribute("aria-disabled", at === 0);
  for (const id of ["last", "on"]) $(id).setAttribute("aria-disabled", at === last);
  showGraph(now);
  const line = showSource(modules[node], node, place);
  showBindings(modules[node], node);
  showConsole();
  showModules(now);
  scroll(modules[node] ? node : null, line);
  showMoments();
};

// Browsers limit how often an address may change.
const remember = () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    try { history.replaceState(null, "", "#" + data.labels[at]); } catch { /* in a frame without history */ }
  }, 250);
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
  remember();
};
const tell = () => { $("told").textContent = sentence(); };
const goAndTell = (moment) => {
  go(moment);
  tell();
};

const pick = (node) => {
  picked = picked === node ? -1 : node;
  $("pick").value = picked;
  show(at);
};
$("pick").append(new Option("what happens", -1));
data.nodes.forEach((name, node) => $("pick").append(new Option(isolated(name), node)));
$("pick").addEventListener("change", () => {
  picked = Number($("pick").value);
  show(at);
});
nodes.forEach((element, node) => element.addEventListener("click", () => pick(node)));
$("modules").addEventListener("click", (event) => {
  const row = event.target.closest("[data-row]");
  if (row && getSelection().isCollapsed) pick(Number(row.dataset.row));
});

$("at").addEventListener("input", () => go(Number($("at").value)));
$("first").addEventListener("click", () => goAndTell(0));
$("back").addEventListener("click", () => goAndTell(at - 1));
$("on").addEventListener("click", () => goAndTell(at + 1));
$("last").addEventListener("click", () => goAndTell(last));
$("moments").addEventListener("click", (event) => {
  const button = event.target.closest("[data-at]");
  if (button) goAndTell(Number(button.dataset.at));
});
const step = Math.max(100, Math.min(900, 120000 / (last + 1)));
$("play").addEventListener("click", () => {
  if (timer) {
    stop();
    return tell();
  }
  if (at === last) show(0);
  $("play").textContent = "❚❚";
  $("play").setAttribute("aria-label", "Pause");
  timer = setInterval(() => {
    if (at < last) show(at + 1);
    if (at < last) return;
    stop();
    remember();
    tell();
  }, step);
});

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const isInList = event.target.closest("[data-at]");
  const moments = {
    ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: last,
    ...isInList && { ArrowUp: at - 1, ArrowDown: at + 1 },
  };
  if (!(event.key in moments) || event.target.closest("input, select, .scroll:focus, pre")) return;
  event.preventDefault();
  if (!isInList) return goAndTell(moments[event.key]);
  go(moments[event.key]);
  (current ?? buttons[0]).focus();
});
const asked = () => {
  const moment = data.labels.indexOf(location.hash.slice(1));
  return moment < 0 ? last : moment;
};
addEventListener("hashchange", () => goAndTell(asked()));

// On paper is the end.
let before = null;
addEventListener("beforeprint", () => {
  before = at;
  stop();
  show(last);
});
addEventListener("afterprint", () => {
  if (before != null) show(before);
  before = null;
});

// Where commands begin.
if (last > 0 && last <= 400) {
  data.moments.forEach(([command], index) => {
    if (index === 0 || command === data.moments[index - 1][0]) return;
    const mark = make("i");
    mark.style.left = (100 * index) / last + "%";
    $("marks").append(mark);
  });
}
addEventListener("resize", fit);
$("overview").addEventListener("change", fit);
show(asked());
fit();
