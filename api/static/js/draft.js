// Saving while one types: sends the form, shows what the server says, keeps what could not be sent and tries again.
import { addRow, work } from "./draft_grid.js";
import { Kept } from "./draft_kept.js";
import { show, wordsOf } from "./draft_said.js";

const form = document.getElementById("draft");
const words = JSON.parse(form.dataset.words);
const kept = new Kept(form.dataset.key);
const saved = document.getElementById("saved");
const ASIDE = /^(version|base|seq|why\.|pick:|do$|to_office)/;

const entries = () => [...new FormData(form)].map(([name, value]) => [name, String(value)]);
const content = (all) => new Map(all.filter(([name]) => !ASIDE.test(name)));
const differ = (a, b) => [...new Set([...a.keys(), ...b.keys()])].filter((name) => (a.get(name) ?? "") !== (b.get(name) ?? ""));

// What the server has; of a page that it refused to save, nothing is known to be there.
let last = "unsaved" in form.dataset ? new Map() : content(entries());
let timer = 0, busy = false, again = null, delay = 1000, clash = Boolean(document.getElementById("clash")), edited = null;

const dirty = () => differ(content(entries()), last).length;
const later = (after) => { clearTimeout(timer); timer = setTimeout(send, after); };

function say(text, tone = "") {
  saved.dataset.tone = tone;
  if (saved.textContent.trim() !== text) saved.textContent = text;
}

function changed(field) {
  edited = field;
  const count = dirty();
  if (!count) return;
  const safe = kept.put({ version: form.version.value, base: form.base.value, at: Date.now(), count, entries: entries() });
  onbeforeunload = safe ? null : (event) => event.preventDefault();
  if (clash) return;
  say(words.unsaved, "wait");
  later(1000);
}

form.addEventListener("input", (event) => { if (!ASIDE.test(event.target.name)) changed(event.target); });
form.addEventListener("change", (event) => { if (!ASIDE.test(event.target.name) && dirty()) { changed(event.target); later(150); } });
form.addEventListener("focusout", () => { if (!clash && dirty()) later(150); });
form.addEventListener("submit", () => { clearTimeout(timer); onbeforeunload = null; kept.sent(); });
form.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-live]");
  if (!button) return;
  event.preventDefault();
  act(button.value);
});
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden" && dirty() && !clash) send({}, true);
  else if (document.visibilityState === "visible") look();
});
addEventListener("online", () => { if (dirty()) { delay = 1000; later(0); } });
addEventListener("offline", () => { if (dirty()) say(words.offline, "bad"); });

async function send(more = {}, leaving = false) {
  if (busy) { again = { ...again, ...more }; return; } // a press is not forgotten for a save that comes after it
  if (clash) return;
  clearTimeout(timer);
  busy = true;
  const all = entries(), body = new URLSearchParams([...all.filter(([name]) => name !== "do"), ...Object.entries(more)]);
  say(words.saving, "wait");
  try {
    const answer = await fetch(form.dataset.save, {
      method: "POST", body, headers: { Accept: "application/json" }, credentials: "same-origin",
      keepalive: leaving && body.toString().length < 60000, signal: leaving ? undefined : AbortSignal.timeout(20000),
    });
    await heardBack(answer, all);
    return answer.ok;
  } catch { retry(); return false; }
  finally {
    busy = false;
    if (again) { const next = again; again = null; send(next); }
  }
}

async function heardBack(answer, all) {
  if (answer.status >= 500 || answer.status === 429) return retry();
  const told = await answer.json();
  if (answer.status === 401) return say(words.signin, "bad");
  if (!told.parts) return say(`${words.refused}: ${told.detail}`, "bad");
  delay = 1000;
  take(told, all);
}

function retry() {
  say(navigator.onLine ? words.retrying : words.offline, "bad");
  later(delay);
  delay = Math.min(delay * 2, 30000);
}

function take(told, all) {
  form.version.value = told.version;
  form.base.value = told.base;
  const since = differ(content(entries()), content(all)); // typed while it was on its way
  const typed = new Map(since.map((name) => [name, content(entries()).get(name) ?? ""]));
  if (told.parts.fields) swapFields(told.parts.fields, typed);
  last = told.parts.fields ? content(entries().filter(([name]) => !typed.has(name)).concat(all.filter(([name]) => typed.has(name)))) : content(all);
  swap("steps", told.parts.steps);
  const checks = document.getElementById("checks");
  if (![...checks.querySelectorAll("textarea")].some((box) => box.value || box === document.activeElement)) swap("checks", told.parts.checks);
  show(form, told);
  document.getElementById("heard").textContent = wordsOf(told, edited);
  if (told.parts.clash) return stop(told);
  if (told.came?.length) note(`${words.came} ${told.came.slice(0, 5).join("; ")}`);
  say(told.said, told.unread.length ? "wait" : "");
  if (!typed.size && !told.unread.length) kept.clear();
  else if (typed.size) changed(edited);
  onbeforeunload = null;
}

function stop(told) {
  clash = true;
  const place = document.getElementById("clash-place");
  place.innerHTML = told.parts.clash;
  kept.put({ version: told.version, base: told.base, at: Date.now(), count: dirty(), entries: entries() });
  say(told.said, "bad");
  place.firstElementChild.focus();
}

// A part is drawn anew; whoever stood in it stands at the same place again.
function swap(id, html) {
  const old = document.getElementById(id), stops = "a, button, input, textarea, select, summary";
  const at = [...old.querySelectorAll(stops)].indexOf(document.activeElement);
  old.outerHTML = html;
  if (at >= 0) document.getElementById(id).querySelectorAll(stops)[at]?.focus({ preventScroll: true });
}

function swapFields(html, typed) {
  const at = document.activeElement, name = form.contains(at) ? at.name : "", caret = at?.selectionStart;
  swap("fields", html);
  for (const [field, value] of typed) {
    if (!form.elements[field]) grow(field);
    const there = form.elements[field];
    if (there?.type === "checkbox") there.checked = Boolean(value);
    else if (there) there.value = value;
  }
  const back = name && form.elements[name];
  if (back?.focus) {
    back.focus({ preventScroll: true });
    try { back.setSelectionRange(caret, caret); } catch { /* a field without a caret */ }
  }
}

// A row that was added while the answer was on its way.
function grow(field) {
  const [kind, number, key] = field.split(".");
  const table = kind === "r" && form.querySelector(`table[data-grid="${number}"][data-free]`);
  if (table) addRow(table, key);
}

async function act(what) {
  const before = entries();
  if (!(await send({ do: what, all: "1" })) || what.startsWith("add:")) return;
  const back = note("");
  const button = Object.assign(document.createElement("button"), { type: "button", className: "btn small", textContent: words.undo });
  button.addEventListener("click", () => { restore(before); back.remove(); });
  back.append(button);
}

// All fields as they were: the server draws them, so that rows come back as well.
async function restore(all) {
  const now = [["version", form.version.value], ["base", form.base.value]];
  return post([...all.filter(([name]) => !["version", "base"].includes(name)), ...now]);
}

async function post(all) {
  try {
    const body = new URLSearchParams([...all.filter(([name]) => name !== "do"), ["all", "1"]]);
    const answer = await fetch(form.dataset.save, { method: "POST", body, headers: { Accept: "application/json" } });
    await heardBack(answer, entries());
    return answer.ok || answer.status === 409;
  } catch { return false; }
}

function note(text) {
  const line = Object.assign(document.createElement("div"), { className: "note info", textContent: text });
  document.getElementById("restored").replaceChildren(line);
  return line;
}

async function returned() {
  const pending = kept.get();
  if (!pending) return;
  const answered = "answer" in form.dataset || Number(form.version.value) > Number(pending.version);
  const done = pending.submitted && answered && !("unsaved" in form.dataset);
  if (done || !differ(content(pending.entries), content(entries())).length) return kept.clear();
  const at = new Date(pending.at).toLocaleTimeString("vi-VN", { hour: "2-digit", minute: "2-digit" });
  const said = words.restored.replace("{n}", pending.count).replace("{at}", at);
  if (await post(pending.entries)) return note(said);
  for (const [name, value] of content(pending.entries)) {
    if (!form.elements[name]) grow(name);
    if (form.elements[name] && form.elements[name].type !== "checkbox") form.elements[name].value = value;
  }
  note(said);
  retry();
}

// Whether somebody else has saved; asked while one looks at the page.
async function look() {
  if (clash || busy || document.visibilityState !== "visible") return;
  try {
    const answer = await fetch(`${form.dataset.newer}&version=${form.version.value}`, { headers: { Accept: "application/json" } });
    if (answer.status === 200) send({ all: "1" });
  } catch { /* asked again later */ }
}

work(form, words, changed);
returned();
setInterval(look, 20000);
