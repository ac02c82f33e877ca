// The journal: the newest bars in sight, digests copied whole.
document.querySelectorAll("[data-end]").forEach((it) => { it.scrollLeft = it.scrollWidth; });

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(button.dataset.copy);
  button.classList.add("copied");
  setTimeout(() => button.classList.remove("copied"), 1500);
});
