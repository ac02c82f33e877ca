// A table's grid by keyboard: up, down, across; blocks from Excel; rows that come and go; what was pasted can be undone.

const columns = (row) => [
  row.querySelector("th .word"),
  ...[...row.querySelectorAll("td.cell, td.none")].map((cell) => cell.querySelector("input")),
];
const rows = (table) => [...table.tBodies[0].querySelectorAll("tr[data-row]")];
const free = (table) => table.hasAttribute("data-free");
const fill = (words, facts) => words.replace(/\{(\w+)\}/g, (_, name) => facts[name]);

let undone = null; // what takes the last paste or deletion back

export function work(root, words, changed) {
  root.addEventListener("keydown", (event) => {
    const input = event.target.closest("table.grid :is(input, .word)");
    if (!input || input.readOnly || event.isComposing) return plainEnter(event);
    if ((event.ctrlKey || event.metaKey) && event.key === "z" && undone?.fresh()) {
      event.preventDefault();
      undone.back();
    } else if (!event.ctrlKey && !event.metaKey && !event.altKey) steer(event, input);
  });
  root.addEventListener("paste", (event) => {
    const input = event.target.closest("table.grid :is(input, .word)");
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!input || input.readOnly || !/[\t\n]/.test(text.replace(/\r?\n$/, ""))) return;
    event.preventDefault();
    put(input, text);
  });
  root.addEventListener("click", (event) => {
    const add = event.target.closest("[data-add]");
    const drop = event.target.closest("[data-drop]");
    const paste = event.target.closest("[data-paste]");
    if (add) { event.preventDefault(); addRow(grid(add.dataset.add)).querySelector(".word").focus(); }
    if (drop) { event.preventDefault(); dropRow(drop.closest("tr")); }
    if (paste) read(grid(paste.dataset.paste));
  });

  const grid = (number) => root.querySelector(`table[data-grid="${number}"]`);

  function steer(event, input) {
    const down = event.key === "ArrowDown" || (event.key === "Enter" && !event.shiftKey);
    const up = event.key === "ArrowUp" || (event.key === "Enter" && event.shiftKey);
    const edge = input.selectionStart === input.selectionEnd;
    if (event.key === "Enter" || down || up) { event.preventDefault(); vertical(input, up ? -1 : 1, event.key === "Enter"); }
    else if (event.key === "ArrowRight" && edge && input.selectionEnd === input.value.length) across(event, input, 1);
    else if (event.key === "ArrowLeft" && edge && input.selectionStart === 0) across(event, input, -1);
  }

  function vertical(input, step, grows) {
    const row = input.closest("tr"), table = row.closest("table"), all = rows(table), column = columns(row).indexOf(input);
    for (let at = all.indexOf(row) + step; all[at]; at += step) {
      const next = columns(all[at])[column];
      if (next) return go(next);
    }
    const written = columns(row).some((one) => one?.value.trim());
    if (step > 0 && grows && free(table) && written) go(columns(addRow(table))[column] ?? columns(rows(table).at(-1))[0]);
  }

  function across(event, input, step) {
    const all = rows(input.closest("table")).flatMap(columns).filter(Boolean);
    const next = all[all.indexOf(input) + step];
    if (next) { event.preventDefault(); go(next); }
  }

  const go = (input) => { input.focus(); input.select(); };

  function put(start, text) {
    const row = start.closest("tr"), table = row.closest("table");
    const block = cells(text), from = columns(row).indexOf(start), at = rows(table).indexOf(row);
    const before = [], added = [];
    let over = 0, done = 0;
    block.forEach((line, down) => {
      let target = rows(table)[at + down];
      if (!target && free(table)) { target = addRow(table); added.push(target); }
      line.forEach((value, right) => {
        const field = target && columns(target)[from + right];
        if (!field || field.readOnly) { over += value ? 1 : 0; return; }
        before.push([field, field.value]);
        field.value = value;
        done += 1;
      });
    });
    const wide = Math.max(...block.map((line) => line.length));
    const words1 = fill(words.pasted, { n: done, rows: block.length, cols: wide });
    remember(table, before, () => added.forEach(away));
    tell(table, over ? `${words1} ${fill(words.over, { n: over })}` : words1);
    changed(start);
  }

  function remember(table, before, more) {
    const after = before.map(([field]) => field.value);
    undone = {
      fresh: () => before.every(([field], at) => field.value === after[at]),
      back: () => {
        before.forEach(([field, value]) => { field.value = value; });
        more();
        undone = null;
        tell(table, words.undone, false);
        changed(before[0]?.[0]);
      },
    };
  }

  function tell(table, said, back = true) {
    const place = root.querySelector(`[data-pasted="${table.dataset.grid}"]`);
    if (!place) return;
    place.textContent = said;
    if (!back) return;
    const button = Object.assign(document.createElement("button"), { type: "button", className: "btn small", textContent: words.undo });
    button.addEventListener("click", () => undone?.back());
    place.append(button);
  }

  function dropRow(row) {
    const table = row.closest("table"), next = row.nextElementSibling, place = next.nextElementSibling;
    const focus = rows(table)[Math.max(0, rows(table).indexOf(row) - 1)];
    away(row);
    remember(table, [], () => { table.tBodies[0].insertBefore(row, place); table.tBodies[0].insertBefore(next, place); });
    tell(table, words.dropped);
    (columns(focus)[0] ?? columns(focus)[1])?.focus();
    changed(null);
  }

  async function read(table) {
    const first = columns(rows(table)[0]).find((input, at) => at && input);
    const start = table.contains(document.activeElement) ? document.activeElement : first;
    start.focus();
    try { put(start, await navigator.clipboard.readText()); }
    catch { tell(table, words.clipboard, false); }
  }
}

export function addRow(table, key) {
  const template = document.querySelector(`template[data-spare="${table.dataset.grid}"]`);
  const start = `r.${table.dataset.grid}.`;
  const used = new Set(rows(table).map((row) => row.dataset.name?.slice(start.length)));
  let number = 1;
  while (used.has(`x${number}`)) number += 1;
  const holder = document.createElement("tbody");
  holder.innerHTML = template.innerHTML.replaceAll("NEW", key ?? `x${number}`);
  const made = holder.firstElementChild;
  table.tBodies[0].append(...holder.children);
  return made;
}

function away(row) {
  row.nextElementSibling?.remove();
  row.remove();
}

// Enter in a plain field must not press the form's first button.
function plainEnter(event) {
  if (event.key === "Enter" && event.target.matches("input:not([type=checkbox], [type=radio], [type=submit])")) event.preventDefault();
}

// A block as a spreadsheet copies it: tabs and lines, cells with either in quotes.
export function cells(text) {
  const lines = [[]];
  let cell = "", quoted = false, begun = false;
  const end = () => { lines.at(-1).push(cell.replace(/[\s\u00a0]+/g, " ").trim()); cell = ""; begun = false; };
  for (let at = 0; at < text.length; at += 1) {
    const letter = text[at];
    if (quoted) {
      if (letter === '"' && text[at + 1] === '"') { cell += '"'; at += 1; }
      else if (letter === '"') quoted = false;
      else cell += letter;
    } else if (letter === '"' && !begun) { quoted = true; begun = true; }
    else if (letter === "\t") end();
    else if (letter === "\n") { end(); lines.push([]); }
    else if (letter !== "\r") { cell += letter; begun = true; }
  }
  if (cell || lines.at(-1).length) end();
  if (!lines.at(-1).length) lines.pop();
  return lines;
}
