// The draft of a task: kept in this browser at once and on the server a second later. What the server has not taken yet is
// found again when the page is opened anew, also after the session has ended.
import { forget, forgetOld, keep, recall } from "./kept.js";

const AFTER = 1000;
const AGAIN = 5000;

export class Draft {
  // name: under which this browser keeps it; at: where the server does; data: gives it; heard: told of each answer, null
  // where there was none.
  constructor(name, at, data, heard) {
    Object.assign(this, { name, at, data, heard, changes: 0, sent: 0 });
    window.addEventListener("pagehide", () => this.send(true));
    window.addEventListener("online", () => this.soon(0));
  }

  // What this browser has and the server, which keeps a draft of a moment, does not. What was begun upon that draft is newer
  // than it, whatever the clocks say.
  recalled(base) {
    this.base = base;
    forgetOld();
    const kept = recall(this.name);
    if (!kept || (base && kept.address !== base && Date.parse(base) > kept.at)) return {};
    this.changes += 1;
    this.soon(AFTER);
    return kept.data;
  }

  changed() {
    this.changes += 1;
    keep(this.name, this.data(), this.base);
    this.soon(AFTER);
  }

  soon(after) {
    this.timer ??= setTimeout(() => { this.timer = undefined; this.send(false); }, after);
  }

  // While the task is being completed.
  still(is) {
    this.paused = is;
    if (!is) this.soon(AFTER);
  }

  // One after the other, so that the newest is the last to arrive.
  async send(leaving) {
    if (this.done || this.paused || this.sent === this.changes || (this.going && !leaving)) return;
    const number = this.changes;
    this.sent = number;
    this.going = true;
    try {
      const answer = await fetch(this.at, {
        method: "PUT",
        keepalive: leaving,
        headers: { "Content-Type": "application/json", Accept: "application/json" },
        body: JSON.stringify(this.data()),
      });
      const said = await answer.json();
      if (answer.ok) this.base = said.at;
      if (answer.ok && number === this.changes) forget(this.name);
      if (!this.done && !this.paused) this.heard(answer.ok ? {} : { status: answer.status, ...said });
      this.going = false;
      if (number !== this.changes) this.soon(AFTER);
    } catch {
      this.going = false;
      if (leaving) return;
      this.sent = -1;
      this.soon(AGAIN);
      if (!this.done) this.heard(null);
    }
  }

  end() {
    this.done = true;
    forget(this.name);
  }
}
