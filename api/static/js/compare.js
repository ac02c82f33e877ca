// From change to change by N and P.
const changes = [...document.querySelectorAll(".change")];
let at = -1;

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-jump]");
  if (!button || !changes.length) return;
  at = Math.max(0, Math.min(changes.length - 1, at + Number(button.dataset.jump)));
  changes.forEach((it, n) => it.classList.toggle("here", n === at));
  changes[at].focus({ preventScroll: true });
  changes[at].scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
});
