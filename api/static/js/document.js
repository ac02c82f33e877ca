// A document's page: forms in a dialog, paper or text by the width, keys of its own, the place that was pointed at.
const box = document.getElementById("form-box");

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-form]");
  if (!link || !box || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  link.closest("details[data-menu]")?.removeAttribute("open");
  try {
    const answer = await fetch(link.href, { headers: { "hx-request": "true", accept: "text/html" } });
    if (!answer.ok || answer.redirected) throw new Error(answer.statusText);
    box.innerHTML = await answer.text();
    box.setAttribute("aria-label", box.querySelector("h2")?.textContent ?? "");
    box.showModal();
    (box.querySelector("[autofocus]") ?? box.querySelector(".act-form select, .act-form textarea, .act-form input[type='password']") ?? box.querySelector("button.primary, button.danger"))?.focus();
  } catch {
    location.assign(link.href);
  }
});
box?.addEventListener("click", (event) => {
  const close = event.target.closest("a[data-close]");
  if (close || event.target === box) { event.preventDefault(); box.close(); }
});
box?.addEventListener("close", () => { box.innerHTML = ""; });

// The keys that the page shows come before those of lists: «k» signs here.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.key.length > 1) return;
  if (event.target.closest("input, textarea, select, [contenteditable]") || document.querySelector("dialog[open]")) return;
  const named = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (named && named.offsetParent) { event.preventDefault(); event.stopImmediatePropagation(); named.click(); }
}, true);

// Paper on a wide screen, text on a narrow one, until somebody chooses.
const wide = matchMedia("(min-width: 60rem)");
const ways = [...document.querySelectorAll("input[name='xem']")];
if (ways.length && !ways.some((it) => it.checked)) (wide.matches ? ways[0] : ways[1]).checked = true;

// Under the first page of paper the others follow, once somebody has read as far as its end.
const sheets = document.querySelector("#sheets[data-more]");
const reader = new IntersectionObserver(async ([end]) => {
  if (!end.isIntersecting) return;
  reader.disconnect();
  const answer = await fetch(sheets.dataset.more, { headers: { "hx-request": "true", accept: "text/html" } }).catch(() => null);
  if (answer?.ok && !answer.redirected) sheets.outerHTML = await answer.text();
});
if (sheets?.nextElementSibling) reader.observe(sheets.nextElementSibling);

// A link to a place shows the text, where the place is.
const point = (id) => {
  const place = id && document.getElementById(id);
  if (!place || !place.closest(".doc-text")) return;
  const text = document.getElementById("xem-chu");
  if (text) text.checked = true;
  document.querySelectorAll(".doc-text .pointed").forEach((it) => it.classList.remove("pointed"));
  place.classList.add("pointed");
  place.scrollIntoView({ block: "center" });
};
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-spot]");
  if (link) point(decodeURIComponent(link.hash.slice(1)));
});
point(decodeURIComponent(location.hash.slice(1)));
