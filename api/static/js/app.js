// What every page gets beyond links and forms: keys, a word when the line is down, menus that close.
document.documentElement.classList.add("js");

const typing = (it) => it.closest("input, textarea, select, [contenteditable]");
const rows = () => [...document.querySelectorAll("[data-rows] > :not([hidden])")].filter((it) => it.offsetParent);
let gone = "";

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key === "Escape") return closeMenus();
  if (typing(event.target)) return;
  if (document.querySelector("dialog[open]")) return;
  // A key that this page gives to one of its buttons goes before the lists'.
  const named = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (named && named.offsetParent && !gone) { event.preventDefault(); return named.click(); }
  const act = keys[gone + event.key] ?? keys[event.key];
  gone = event.key === "g" ? "g" : "";
  if (act) act(event);
});

const keys = {
  "/": (event) => { event.preventDefault(); document.getElementById("find")?.focus(); },
  "?": () => document.getElementById("keys")?.showModal(),
  j: () => move(1),
  k: () => move(-1),
  Enter: (event) => {
    if (event.target.closest("a, button, summary")) return;
    document.querySelector("[data-rows] > .at a")?.click();
  },
  gh: () => location.assign("/"),
  gb: () => location.assign("/bang"),
};

function move(step) {
  const all = rows();
  if (!all.length) return;
  const now = all.findIndex((it) => it.classList.contains("at"));
  const next = all[Math.max(0, Math.min(all.length - 1, now + step))];
  all.forEach((it) => it.classList.toggle("at", it === next));
  (next.querySelector("a, button, input") ?? next).focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
}

function closeMenus(except) {
  document.querySelectorAll("details[data-menu][open]").forEach((it) => { if (it !== except) it.open = false; });
  if (location.hash === "#rail") history.replaceState(null, "", location.pathname + location.search);
}
document.addEventListener("click", (event) => closeMenus(event.target.closest("details[data-menu]")));

// A button opens its dialog; without JavaScript the same form stands on a page of its own.
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  const dialog = opener && document.getElementById(opener.dataset.dialog);
  if (dialog) { event.preventDefault(); dialog.showModal(); }
  if (event.target.closest("[data-close]")) event.target.closest("dialog")?.close();
});

// One act, once: a second press while the first is on its way does nothing.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || form.dataset.again !== undefined) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 4000);
});
addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((it) => delete it.dataset.sent));

const offline = document.getElementById("offline");
const tell = () => { if (offline) offline.hidden = navigator.onLine; };
addEventListener("online", tell);
addEventListener("offline", tell);
tell();

document.querySelector("[data-focus]")?.focus();

// Filters that apply themselves when something is chosen; the button stays for those without JavaScript.
document.addEventListener("change", (event) => { if (event.target.closest("form[data-self]")) event.target.form.requestSubmit(); });
