// Signing many: each one told as it is signed. Without this the same form answers when all are done.
const part = (id) => document.getElementById(id);

const lock = (form, on) => {
  form.querySelectorAll("button, input").forEach((one) => { if (one.type !== "hidden") one.disabled = on; });
  part("run").hidden = !on;
};

const put = (inside) => {
  const main = part("main");
  main.innerHTML = inside;
  main.focus();
  main.scrollIntoView();
};

// The rail's count was right before: what was signed waits no longer.
const recount = () => {
  const count = document.querySelector("a[href='/viec/presented'] .count");
  const left = Number(count?.textContent) - document.querySelectorAll("#main .outcomes li:not(.bad)").length;
  if (count && left > 0) count.textContent = left; else count?.remove();
};

// A message is lines "event: …" and "data: …", ended by an empty line.
const hear = (text) => {
  const lines = text.split("\n");
  const data = lines.filter((line) => line.startsWith("data: ")).map((line) => line.slice(6)).join("\n");
  if (lines[0] === "event: xong") { put(data); recount(); return; }
  const { n, of } = JSON.parse(data);
  part("run-bar").max = of;
  part("run-bar").value = n;
  part("run-told").textContent = part("run").dataset.words.replace("{n}", n).replace("{of}", of);
};

const listen = async (answer) => {
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) break;
    const parts = (rest + value).split("\n\n");
    rest = parts.pop();
    parts.forEach(hear);
  }
  if (part("run")) throw new Error("the end did not come");
};

const send = async (form) => {
  const body = new URLSearchParams(new FormData(form));
  lock(form, true);
  try {
    const headers = { Accept: "text/event-stream, text/html" };
    const answer = await fetch(form.action, { method: "POST", body, headers });
    if (answer.headers.get("content-type")?.startsWith("text/event-stream")) {
      await listen(answer);
    } else if (answer.redirected) {
      location.assign(answer.url);
    } else {
      put(new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("main").innerHTML);
    }
  } catch {
    part("run-bar").hidden = true;
    part("run-told").textContent = part("run").dataset.lost;
  }
};

document.addEventListener("submit", (event) => {
  if (event.target.id !== "together-form" || !part("run")) return;
  event.preventDefault();
  send(event.target);
});
