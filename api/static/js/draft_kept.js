// What was typed and is not yet saved, kept on this machine (localStorage): by document and person, gone once saved.

export class Kept {
  constructor(key) { this.key = `dondoc-draft-${key}`; }

  // False where the browser keeps nothing: then leaving the page must be asked about.
  put(pending) {
    try { localStorage.setItem(this.key, JSON.stringify(pending)); return true; } catch { return false; }
  }

  get() {
    try { return JSON.parse(localStorage.getItem(this.key) ?? "null"); } catch { return null; }
  }

  // The next page is the answer to what was sent: it holds it, if its version is newer.
  sent() {
    const pending = this.get();
    if (pending) this.put({ ...pending, submitted: true });
  }

  clear() {
    try { localStorage.removeItem(this.key); } catch { /* nothing was kept */ }
  }
}
