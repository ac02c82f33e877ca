// How many minutes of a signing are left, told again as they pass; and the page of the token knows that its file went out.
const left = document.getElementById("left");

if (left) {
  // The server's clock counts, not this machine's.
  const until = Date.parse(left.dataset.until) - Date.parse(left.dataset.now) + performance.now();
  const words = left.querySelector("span");
  const tell = () => {
    const minutes = Math.max(0, Math.ceil((until - performance.now()) / 60000));
    const told = minutes ? left.dataset.words.replace("{n}", minutes) : left.dataset.over;
    if (words.textContent !== told) words.textContent = told;
    left.classList.toggle("over", !minutes);
  };
  setInterval(tell, 5000);
  tell();
}
document.querySelector("a[href*='/tep.pdf']")?.addEventListener("click", () => setTimeout(() => location.reload(), 2500));
