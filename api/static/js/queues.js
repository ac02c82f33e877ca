// Choosing several lines of a queue: all at once, how many, and «x» for the line that one stands on.
const form = document.getElementById("together");
const picks = () => [...form.querySelectorAll("input[name='chon']")];
const all = document.getElementById("all");
const told = document.getElementById("picked");

const tell = () => {
  const n = picks().filter((it) => it.checked).length;
  told.textContent = n ? told.dataset.words.replace("{n}", n) : "";
  if (all) { all.checked = n > 0 && n === picks().length; all.indeterminate = n > 0 && n < picks().length; }
};

if (form) {
  all?.addEventListener("change", () => { picks().forEach((it) => { it.checked = all.checked; }); tell(); });
  form.addEventListener("change", tell);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "x" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("textarea, select, input:not([type='checkbox'])")) return;
    const pick = form.querySelector("tr.at input[name='chon']");
    if (pick) { pick.checked = !pick.checked; tell(); }
  });
  tell();
}
