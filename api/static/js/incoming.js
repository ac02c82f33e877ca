// Nhận văn bản: files dropped on the form, the place marked in the paper, what stands otherwise than in the file.
const drop = document.getElementById("drop");
if (drop) {
  const files = drop.querySelector("input[type='file']");
  const said = drop.querySelector("[data-said]");
  const check = () => {
    const size = [...files.files].reduce((sum, one) => sum + one.size, 0);
    said.textContent = size > drop.dataset.most * 1048576 ? drop.dataset.large : "";
    return !said.textContent;
  };
  const over = (event) => { if ([...(event.dataTransfer?.types ?? [])].includes("Files")) { event.preventDefault(); drop.classList.add("over"); } };
  drop.addEventListener("dragover", over);
  drop.addEventListener("dragenter", over);
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    if (!event.dataTransfer.files.length) return;
    files.files = event.dataTransfer.files;
    if (check()) drop.requestSubmit();
  });
  files.addEventListener("change", check);
  drop.addEventListener("submit", (event) => { if (!check()) event.preventDefault(); });
}

const paper = document.querySelector(".inc-scroll");
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-place]");
  const place = link && document.getElementById(link.hash.slice(1));
  if (!place || !paper) return;
  event.preventDefault();
  paper.querySelectorAll(".marked").forEach((it) => it.classList.remove("marked"));
  place.classList.add("marked");
  // Only the paper moves; on a narrow page, where it stands above, the page does too.
  const box = paper.getBoundingClientRect();
  if (box.bottom < 80 || box.top > innerHeight - 80) paper.scrollIntoView({ block: "start" });
  paper.scrollTop += place.getBoundingClientRect().top - paper.getBoundingClientRect().top - paper.clientHeight / 3;
});

const form = document.getElementById("fields");
if (form) {
  const plain = (words) => words.normalize("NFC").replace(/\s+/g, " ").trim().toLowerCase();
  form.addEventListener("input", (event) => {
    const told = event.target.closest(".inc-field")?.querySelector("[data-differs]");
    if (told && event.target.dataset.read !== undefined) told.hidden = plain(event.target.value) === plain(event.target.dataset.read);
  });
  form.querySelector("[data-choose]")?.addEventListener("change", () => form.requestSubmit(form.querySelector("button[value='look']")));
}
