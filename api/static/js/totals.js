// A total's sheet: arrows go between its cells, a cell opens where it comes from in a panel beside the table.
const table = document.getElementById("total");
const panel = document.getElementById("cell");
const TRACE = /^\/van-ban\/\d+\/o\/\d+$/;
let from = null;

document.querySelector("[data-print]")?.addEventListener("click", () => print());
document.addEventListener("submit", (event) => {
  const told = event.target.matches("[data-run]") && event.target.querySelector("[data-running]");
  if (told) { told.hidden = false; event.target.querySelector("button").disabled = true; }
});

// ── one stop for Tab, arrows inside ──
const links = table ? [...table.querySelectorAll("tbody td:not(.where) a, tfoot td:not(.where) a")] : [];
links.forEach((it, at) => { it.tabIndex = at ? -1 : 0; });

table?.addEventListener("keydown", (event) => {
  const cell = event.target.closest("td");
  if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
  const to = goal(cell, event.key);
  if (!to) return;
  event.preventDefault();
  stop(to);
  to.focus();
});

function stop(link) {
  links.forEach((it) => { if (it.tabIndex === 0) it.tabIndex = -1; });
  link.tabIndex = 0;
}

function goal(cell, key) {
  const row = cell.parentElement;
  if (key === "ArrowLeft" || key === "ArrowRight") return along(cell, key === "ArrowLeft" ? "previousElementSibling" : "nextElementSibling");
  if (key === "Home") return row.querySelector("td a");
  if (key === "End") return [...row.querySelectorAll("td:not(.where) a")].pop();
  if (key !== "ArrowUp" && key !== "ArrowDown") return null;
  const all = [...table.querySelectorAll("tbody tr, tfoot tr")];
  const step = key === "ArrowUp" ? -1 : 1;
  for (let at = all.indexOf(row) + step; all[at]; at += step) {
    const found = all[at].cells[cell.cellIndex]?.querySelector("a");
    if (found && !found.closest(".where")) return found;
  }
  return null;
}

function along(cell, way) {
  for (let it = cell[way]; it; it = it[way]) {
    const found = it.tagName === "TD" && !it.classList.contains("where") && it.querySelector("a");
    if (found) return found;
  }
  return null;
}

// ── where a cell comes from ──
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-shut]") && panel?.open) { event.preventDefault(); return shut(); }
  const link = event.target.closest("a");
  if (!panel || !link || !TRACE.test(link.pathname) || link.origin !== location.origin) return;
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  if (!panel.contains(link) && !table?.contains(link)) return;
  event.preventDefault();
  if (table?.contains(link)) { from = link; stop(link); }
  open(link.href);
});
addEventListener("keydown", (event) => { if (event.key === "Escape" && panel?.open) { event.preventDefault(); shut(); } });

async function open(address) {
  table?.querySelectorAll("td a[aria-current]").forEach((it) => it.removeAttribute("aria-current"));
  from?.setAttribute("aria-current", "true");
  panel.setAttribute("aria-busy", "true");
  const put = (html) => { panel.innerHTML = html; panel.removeAttribute("aria-busy"); panel.querySelectorAll("[data-here]").forEach((it) => { it.value = location.pathname + location.search; }); if (!panel.open) panel.show(); panel.scrollTop = 0; panel.querySelector("h2, [data-shut]")?.focus(); };
  try {
    const answer = await fetch(address, { headers: { "HX-Request": "true", Accept: "text/html" } });
    if (answer.redirected) return location.assign(address);
    put(await answer.text());
  } catch {
    const said = document.createElement("p");
    said.className = "body";
    const link = Object.assign(document.createElement("a"), { href: address, textContent: panel.dataset.error });
    said.append(link);
    put("");
    panel.append(said);
    link.focus();
  }
}

function shut() {
  panel.close();
  table?.querySelectorAll("td a[aria-current]").forEach((it) => it.removeAttribute("aria-current"));
  from?.focus();
}
