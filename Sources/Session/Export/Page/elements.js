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
