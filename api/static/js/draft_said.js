// What is said beside fields and the computed sums, as the server sent them: nothing is read or summed here.

const ICONS = { bad: "alert-triangle", refuse: "alert-triangle", explain: "help-circle", doubt: "help-circle", note: "info-circle", read: "eye" };
const WRONG = ["bad", "refuse", "explain", "doubt"];
const heard = new Map(); // how a field was read, for as long as it says the same

export function show(form, told) {
  const places = new Map([...form.querySelectorAll("[id^='says-']:not(tr)")].map((place) => [place.id, []]));
  for (const field of form.querySelectorAll("[data-says]")) {
    const notes = [...(told.notes[field.name] ?? [])];
    keep(field, notes);
    mark(field, notes);
    for (const [tone, words] of notes) places.get(field.dataset.says)?.push([tone, words, field.dataset.col]);
  }
  for (const place of form.querySelectorAll("[data-for]")) {
    for (const [tone, words] of told.notes[place.dataset.for] ?? []) places.get(place.id)?.push([tone, words, ""]);
  }
  for (const [id, notes] of places) fill(form.querySelector(`#${CSS.escape(id)}`), notes);
  for (const [id, sum] of Object.entries(told.sums)) {
    const place = form.querySelector(`#${CSS.escape(id)}`);
    if (place) place.textContent = sum || "–";
  }
}

export const wordsOf = (told, field) => (told.notes[field?.name] ?? []).map(([, words]) => words).join(". ");

function keep(field, notes) {
  const read = notes.find(([tone]) => tone === "read");
  if (read) heard.set(field.name, [field.value, read]);
  else if (heard.get(field.name)?.[0] === field.value && !notes.some(([tone]) => tone === "doubt")) notes.push(heard.get(field.name)[1]);
}

function mark(field, notes) {
  const tones = notes.map(([tone]) => tone);
  const worst = WRONG.find((tone) => tones.includes(tone));
  const cell = field.closest("td.cell");
  if (cell) { cell.classList.remove(...WRONG); if (worst) cell.classList.add(worst); }
  if (worst === "bad" || worst === "refuse") field.setAttribute("aria-invalid", "true");
  else field.removeAttribute("aria-invalid");
  field.closest(".field.text")?.classList.toggle("wrong", worst === "refuse");
}

function fill(place, notes) {
  const row = place.closest("tr.says");
  if (row) row.hidden = !notes.length;
  const said = JSON.stringify(notes);
  if (place.dataset.said === said) return;
  place.dataset.said = said;
  place.replaceChildren(...notes.map(([tone, words, heading]) => {
    const line = document.createElement("p");
    line.className = `said is-${tone}`;
    const text = document.createElement("span");
    if (heading && row) text.append(Object.assign(document.createElement("strong"), { textContent: `${heading}: ` }));
    text.append(words);
    line.append(icon(ICONS[tone]), text);
    return line;
  }));
}

function icon(name) {
  const sprite = document.querySelector("svg.icon use").getAttribute("href").split("#")[0];
  const made = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  made.setAttribute("class", "icon");
  made.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${sprite}#i-${name}`);
  made.append(use);
  return made;
}
