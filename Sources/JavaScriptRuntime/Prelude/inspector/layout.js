// Layout: one line if it fits, columns for long arrays, else a line an entry.
const lengthOf = (st, text) => (st.colors ? withoutColors(text).length : text.length);

function fitsOneLine(st, entries, start, base) {
  let total = entries.length + start;
  if (total + entries.length > st.breakLength) return false;
  for (const entry of entries) {
    total += lengthOf(st, entry);
    if (total > st.breakLength) return false;
  }
  return base === "" || !base.includes("\n");
}

/** How many columns make the block about 2.5 times as wide as high, within the line. */
function columnCount(st, widths, count) {
  const separator = 2;
  const widest = Math.max(...widths) + separator;
  const total = widths.reduce((sum, width) => sum + width + separator, 0);
  const mayGroup = widest * 3 + st.indent < st.breakLength
    && (total / widest > 5 || widest - separator <= 6);
  if (!mayGroup) return 1;
  const spread = Math.sqrt(widest - total / count.all);
  const usual = Math.max(widest - 3 - spread, 1);
  return Math.min(
    Math.round(Math.sqrt(2.5 * usual * count.grouped) / usual),
    Math.floor((st.breakLength - st.indent) / widest),
    st.compact * 4,
    15);
}

const isNumeric = (value) => typeof value === "number" || typeof value === "bigint";

/** Entries of an array set in columns; numbers to the right, all else to the left. */
function inColumns(st, entries, value, hasMore) {
  const grouped = hasMore ? entries.length - 1 : entries.length;
  const widths = entries.slice(0, grouped)
    .map((entry) => widthOf(st.colors ? withoutColors(entry) : entry));
  const columns = columnCount(st, widths, { all: entries.length, grouped });
  if (columns <= 1) return entries;
  const columnWidths = [];
  for (let column = 0; column < columns; column += 1) {
    let widest = 0;
    for (let i = column; i < grouped; i += columns) widest = Math.max(widest, widths[i]);
    columnWidths.push(widest);
  }
  const toRight = value !== undefined && entries.every((_, i) => isNumeric(value[i]));
  const rows = [];
  for (let start = 0; start < grouped; start += columns) {
    const end = Math.min(start + columns, grouped);
    let row = "";
    for (let i = start; i < end; i += 1) {
      const space = " ".repeat(columnWidths[i - start] - widths[i]);
      const separator = i === end - 1 ? "" : ", ";
      if (toRight) row += space + entries[i] + separator;
      else row += entries[i] + separator + (separator === "" ? "" : space);
    }
    rows.push(row);
  }
  if (hasMore) rows.push(entries[grouped]);
  return rows;
}

function layOut(st, view, depth, value) {
  const { base, open, close } = view;
  let { entries } = view;
  const head = base === "" ? "" : `${base} `;
  const indentation = `\n${" ".repeat(st.indent)}`;
  if (st.compact === true) return layOutCompact(st, view, indentation);
  if (typeof st.compact === "number" && st.compact >= 1) {
    const ungrouped = entries;
    if (view.isList && entries.length > 6) {
      entries = inColumns(st, entries, value, view.entries.length > st.maxArrayLength);
    }
    if (st.currentDepth - depth < st.compact && entries === ungrouped) {
      const start = entries.length + st.indent + open.length + base.length + 10;
      if (fitsOneLine(st, entries, start, base)) {
        const joined = entries.join(", ");
        if (!joined.includes("\n")) return `${head}${open} ${joined} ${close}`;
      }
    }
  }
  const lines = entries.join(`,${indentation}  `);
  return `${head}${open}${indentation}  ${lines}${indentation}${close}`;
}

function layOutCompact(st, { base, open, close, entries }, indentation) {
  const head = base === "" ? "" : ` ${base}`;
  if (fitsOneLine(st, entries, 0, base)) return `${open}${head} ${entries.join(", ")} ${close}`;
  const start = base === "" && open.length === 1 ? " " : `${head}${indentation}  `;
  return `${open}${start}${entries.join(`,${indentation}  `)} ${close}`;
}
