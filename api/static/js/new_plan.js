// The form of a new plan tells what is chosen while one chooses: the same page is asked for, its live parts put in place.
const form = document.getElementById("plan");
let waiting = 0, asked = 0;

async function refresh() {
  const sent = new URLSearchParams(new FormData(form));
  sent.set("viec", "xem");
  const turn = ++asked;
  const answer = await fetch(form.action, { method: "POST", body: sent, headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer?.ok || turn !== asked) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of form.querySelectorAll("[data-live]")) {
    const fresh = page.getElementById(part.id);
    if (fresh) part.replaceChildren(...fresh.childNodes);
  }
}

// A unit with all below it covers what is below: those boxes are ticked and can't be chosen twice.
function cover(box) {
  const line = box.closest("li");
  for (const it of line.querySelectorAll(':scope ul input[name="nhan"]')) { it.disabled = box.checked; it.checked = box.checked; }
}

form?.addEventListener("change", (event) => {
  if (event.target.name === "nhan" && event.target.value.endsWith(":ca")) cover(event.target);
  clearTimeout(waiting);
  waiting = setTimeout(refresh, 250);
});

// A branch that opens below a chosen unit is covered as well.
form?.addEventListener("htmx:after:swap", () => form.querySelectorAll('.branch > .boxes input[value$=":ca"]:checked').forEach(cover));

form?.addEventListener("click", (event) => {
  const away = event.target.closest('button[name="bo-don-vi"]');
  if (!away) return;
  event.preventDefault();
  for (const box of form.querySelectorAll(`input[name="nhan"][value^="${away.value}:"]`)) { box.checked = false; if (box.value.endsWith(":ca")) cover(box); }
  away.closest("li").remove();
  refresh();
});

const bare = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase();
document.getElementById("loc")?.addEventListener("input", (event) => {
  const wanted = bare(event.target.value.trim());
  for (const line of form.querySelectorAll(".pick ul > li[data-name]")) line.hidden = Boolean(wanted) && !bare(line.textContent).includes(wanted);
});
document.getElementById("loc")?.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
