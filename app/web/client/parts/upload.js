// A file on its way to the server: announced, sent in pieces, then looked at there. A lost connection is waited for, and
// the upload goes on with the piece that it stopped at.
const PAUSES = [1, 2, 4, 8, 15, 30, 30];
const STOPPED = "The upload has stopped: there is no connection. What has arrived is kept; try again.";
const LOST = "The connection was lost. The upload goes on where it stopped as soon as it is back.";
const UNREADABLE = "The file cannot be read any more: it was moved or changed. Choose it again.";

let turn = Promise.resolve();

export class Refused extends Error {}
class Cut extends Error {}
class Halted extends Error {}

function request(method, address, body, type, { signal, progress }) {
  return new Promise((resolve, reject) => {
    const asked = new XMLHttpRequest();
    asked.open(method, address);
    asked.timeout = 60_000;
    asked.setRequestHeader("Accept", "application/json");
    if (type) asked.setRequestHeader("Content-Type", type);
    if (progress) asked.upload.addEventListener("progress", (event) => progress(event.loaded));
    const cut = () => reject(new Cut());
    for (const name of ["error", "timeout"]) asked.addEventListener(name, cut);
    asked.addEventListener("abort", () => reject(new DOMException("", "AbortError")));
    asked.addEventListener("load", () => {
      let said = {};
      try { said = asked.responseText ? JSON.parse(asked.responseText) : {}; } catch { /* the door: nobody is signed in */ }
      if (asked.status === 503 && said.said) return reject(new Halted(said.said));
      if (asked.status >= 500 || asked.status === 408) return cut();
      if (asked.status < 300 && asked.responseURL.includes(address)) resolve(said);
      else {
        const words = said.said ?? ([said.what, said.do].filter(Boolean).join(". ") || STOPPED);
        reject(asked.status === 401 ? new Halted(words) : new Refused(words));
      }
    });
    signal.addEventListener("abort", () => asked.abort(), { once: true });
    asked.send(body);
  });
}

const pause = (seconds, signal) => new Promise((resolve) => {
  const go = () => { clearTimeout(timer); window.removeEventListener("online", go); resolve(); };
  const timer = setTimeout(go, seconds * 1000);
  window.addEventListener("online", go, { once: true });
  signal.addEventListener("abort", go, { once: true });
});

export class Upload {
  // tell({ percent, state, said }): state is going, waiting, checking, stopped, refused or done
  constructor(file, task, tell) {
    Object.assign(this, { file, task, tell, next: 0, stop: new AbortController() });
  }

  // One file after the other, in the order in which they were chosen.
  run() {
    turn = turn.then(() => (this.stop.signal.aborted ? undefined : this.carry()));
    return turn;
  }

  // Gives what a form names the document by, again if the task had the same before, or undefined if it was refused, cancelled or has stopped for now.
  async carry() {
    try {
      this.known ??= await this.tried("POST", "/documents", () => JSON.stringify(
        { name: this.file.name, size: this.file.size, ...(this.task && { task: this.task }) }), "application/json");
      const { id, piece } = this.known;
      for (; this.next * piece < this.file.size; this.next += 1) {
        const sent = this.next * piece;
        const body = await this.file.slice(sent, sent + piece).arrayBuffer();
        await this.tried("PUT", `/documents/${id}/pieces/${this.next}`, () => body, "application/octet-stream",
          (loaded) => this.say("going", { sent: sent + loaded }));
      }
      this.say("checking");
      const added = await this.tried("POST", `/documents/${id}/arrived`, () => null);
      const again = added.id !== id;
      if (again) forget(id);
      this.say("done");
      return { again, ...added };
    } catch (error) {
      if (error.name === "AbortError") return undefined;
      if (error instanceof Refused) this.say("refused", { said: error.message });
      else if (error instanceof Halted) this.say("stopped", { said: error.message });
      else this.say("stopped", { said: error instanceof Cut ? STOPPED : UNREADABLE });
      return undefined;
    }
  }

  async tried(method, address, body, type, progress) {
    for (const seconds of [...PAUSES, undefined]) {
      try {
        return await request(method, address, body(), type, { signal: this.stop.signal, progress });
      } catch (error) {
        if (!(error instanceof Cut) || seconds === undefined) throw error;
        this.say("waiting", { said: LOST });
        await pause(seconds, this.stop.signal);
        this.stop.signal.throwIfAborted();
      }
    }
    return undefined;
  }

  say(state, { sent = this.sent ?? 0, said } = {}) {
    this.sent = sent;
    this.refused = state === "refused";
    this.tell({ state, said, percent: Math.floor(100 * Math.min(sent / Math.max(this.file.size, 1), 1)) });
  }

  // What the server has refused it has forgotten already.
  cancel() {
    this.stop.abort();
    if (this.known && !this.refused) forget(this.known.id);
  }
}

export const AGAIN = "{name} is there already, it has not been added again";

export const forget = (id) =>
  fetch(`/documents/${id}`, { method: "DELETE", headers: { Accept: "application/json" } }).catch(() => undefined);

// What is shown of a document in several places of a page: each tells the others that it was added or is gone.
export const tell = (change) => document.dispatchEvent(new CustomEvent("papers", { detail: change }));

// The line of a file on its way, marked as arriving until it is refused; gives the document once it is there.
export async function line(list, file, task, say) {
  const item = list.appendChild(document.createElement("li"));
  item.toggleAttribute("data-arriving", true);
  item.innerHTML = '<span class="name"></span><progress max="100" value="0"></progress>' +
    '<span class="state quiet-text"></span><button type="button" class="quiet again" hidden></button>' +
    '<button type="button" class="quiet end"></button>';
  const part = (name) => item.querySelector(name);
  const [bar, state, retry, end] = [".name ~ progress", ".state", ".again", ".end"].map(part);
  part(".name").textContent = file.name;
  bar.setAttribute("aria-label", say("Uploading {name}", { name: file.name }));
  retry.textContent = say("Try again");
  end.textContent = say("Cancel");
  const upload = new Upload(file, task, (told) => {
    item.dataset.state = told.state;
    item.toggleAttribute("data-arriving", told.state !== "refused");
    bar.value = told.percent;
    const wrong = ["refused", "stopped"].includes(told.state);
    bar.hidden = told.state === "refused";
    retry.hidden = told.state !== "stopped";
    end.textContent = say(told.state === "refused" ? "Close" : "Cancel");
    state.setAttribute("role", wrong ? "alert" : "presentation");
    state.textContent = told.said ? say(told.said)
      : told.state === "checking" ? say("Being checked") : say("{percent} %", { percent: told.percent });
  });
  const gone = new Promise((resolve) => {
    end.addEventListener("click", () => { upload.cancel(); resolve(undefined); });
    retry.addEventListener("click", () => start());
    async function start() {
      retry.hidden = true;
      const done = await upload.run();
      if (done) resolve(done);
    }
    start();
  });
  const added = await gone;
  item.remove();
  return added;
}
