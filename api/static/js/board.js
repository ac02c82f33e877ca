// The board: a line's sheet opens in a dialog (its link leads to the same page), printing, and the word that a stream ended.
const dialog = document.getElementById("to");
const inside = document.getElementById("to-trong");
let opener = null;

document.addEventListener("click", async (event) => {
  if (event.target.closest("[data-print]")) return print();
  const link = event.target.closest("a[data-sheet]");
  if (!link || !dialog || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  opener = link.id || link.getAttribute("href");
  const answer = await fetch(link.href, { headers: { "HX-Request": "true", Accept: "text/html" } }).catch(() => null);
  if (!answer?.ok) return location.assign(link.href);
  inside.innerHTML = await answer.text();
  dialog.showModal();
  inside.querySelector("#to-ten")?.focus();
});

// The list may have been fetched anew meanwhile: the focus goes back to the link that leads to the same place.
dialog?.addEventListener("close", () => {
  inside.replaceChildren();
  document.querySelector(`a[data-sheet][href="${CSS.escape(opener ?? "")}"]`)?.focus();
});
dialog?.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });

const live = document.documentElement.classList;
for (const [event, on] of [["htmx:sse:after:connection", true], ["htmx:sse:error", false], ["htmx:sse:close", false]]) {
  document.addEventListener(event, () => live.toggle("live-on", on));
}
