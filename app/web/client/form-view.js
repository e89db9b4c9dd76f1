// <form-view>: a form-js form with the data that the server gave. It is sent as JSON; what the server refuses is shown
// beside the fields and gathered above them, in the person's language. data-draft: drafts go to the server, too. data-look: it is
// only looked at.
import { chosen } from "./parts/decision-field.js";
import { lost } from "./parts/connection.js";
import { Draft } from "./parts/drafts.js";
import { formIn } from "./parts/form.js";
import { speaker } from "./parts/form-words.js";
import { forget, forgetOld, keep, recall } from "./parts/kept.js";
import { clear, tell } from "./parts/problem.js";

const LONGEST = 90;
const AGAIN = 3000;
const ENDS = /[?!.:]$/;
const FILLED_IN = "input, textarea, select, [tabindex='0']";
const signIn = (page) => `/sign-in?next=${encodeURIComponent(page ?? window.location.pathname)}`;

class FormView extends HTMLElement {
  async connectedCallback() {
    const given = JSON.parse(this.querySelector("script").textContent);
    if ("look" in this.dataset) return this.show(given);
    this.problem = this.querySelector("[role=alert]");
    this.button = this.querySelector("[data-action=complete]");
    this.usual = this.button.textContent;
    const place = document.createElement("div");
    this.problem.after(place);
    this.form = formIn(place, given.words, this.dataset.task);
    this.say = speaker(given.words);
    if (this.dataset.draft) {
      this.drafted = new Draft(this.dataset.keep, this.dataset.draft, () => this.data(), (said) => this.draftHeard(said));
    }
    const recalled = this.drafted ? this.drafted.recalled(given.drafted) : this.recalled();
    await this.form.importSchema(given.schema, { ...given.data, ...recalled });
    this.entered = JSON.stringify(this.data());
    this.form.on("submit", (event) => this.send(event));
    this.button.addEventListener("click", () => this.form.submit());
    this.form.on("changed", () => this.changed());
    document.addEventListener("htmx:beforeOnLoad", (event) => this.stay(event));
    this.name();
    if (!this.drafted) window.addEventListener("pagehide", () => this.keep());
    // who has just taken the task goes on with its form
    const taken = document.getElementById("done") && !window.location.hash;
    if (taken) requestAnimationFrame(() => place.querySelector(FILLED_IN)?.focus());
  }

  show({ schema, data, words }) {
    const form = formIn(this.appendChild(document.createElement("div")), words, this.dataset.task);
    form.setProperty("readOnly", true);
    return form.importSchema(schema, data);
  }

  data() {
    return this.form._getState().data;
  }

  changed() {
    this.name();
    if (this.gathered) this.mended();
    const entered = JSON.stringify(this.data());
    if (this.completed || entered === this.entered) return;
    this.entered = entered;
    this.tried = false;
    this.again = clearTimeout(this.again);
    if (this.drafted) this.drafted.changed();
    else {
      this.unkept = true;
      this.timer ??= setTimeout(() => { this.timer = undefined; this.keep(); }, 1000);
    }
  }

  // The button says what will happen.
  name() {
    const words = chosen(this.form);
    const short = words?.length > LONGEST ? `${words.slice(0, LONGEST).replace(/\s+\S*$/, "")}…` : words;
    this.button.textContent = short ? `${this.usual}: ${short}` : this.usual;
  }

  // What this browser has kept of the form, sent under the address that it was opened with: were it sent already, and the
  // answer lost, it would be known there.
  recalled() {
    if (!this.dataset.keep) return {};
    forgetOld();
    const kept = recall(this.dataset.keep);
    if (!kept) return {};
    const discard = this.querySelector("[data-action=discard]");
    discard.hidden = false;
    discard.addEventListener("click", () => {
      this.completed = true;
      forget(this.dataset.keep);
      window.location.reload();
    });
    this.dataset.complete = kept.address;
    return kept.data;
  }

  keep() {
    if (!this.unkept || this.completed || !this.dataset.keep) return;
    this.unkept = false;
    const kept = keep(this.dataset.keep, this.data(), this.dataset.complete);
    this.state(kept);
  }

  state(kept) {
    const state = this.querySelector("[role=status][data-draft]");
    state.textContent = kept ? state.dataset.draft : "";
  }

  draftHeard(said) {
    lost(said === null);
    if (said === null) return;
    this.state(said.status === undefined);
    if (said.status) this.refuse({ ...said, fields: [] }, said.status, true);
  }

  async send({ data, errors }) {
    if (this.sending || this.completed) return;
    if (this.again) this.again = clearTimeout(this.again);
    else {
      this.gathered = clear(this.problem);
      this.trying = false;
    }
    if (Object.keys(errors).length) return this.gather(this.say("Mend these fields:"), errors);
    if (this.querySelector("[data-arriving]")) {
      return tell(this.problem, { what: this.say("Wait until all files have arrived.") });
    }
    this.busy(true);
    try {
      const answer = await fetch(this.dataset.complete, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json", ...this.tried && { "Reglament-Again": "1" } },
        body: JSON.stringify(data),
      });
      lost(false);
      const said = await answer.json();
      if (answer.ok) return this.leave(said.next);
      if (answer.status === 401) return this.signIn();
      this.refuse(said, answer.status);
    } catch {
      lost(true);
      this.tried = true;
      if (this.drafted) {
        const what = this.say("No connection: it is sent by itself as soon as the server answers. Change the form to stop that.");
        tell(this.problem, { what, quietly: this.trying });
        this.trying = true;
        this.again = setTimeout(() => this.form.submit(), AGAIN);
      }
    }
    this.busy(false);
  }

  busy(is) {
    this.sending = this.button.disabled = is;
    if (this.drafted) this.drafted.still(is);
  }

  leave(next) {
    this.completed = true;
    if (this.drafted) this.drafted.end();
    else if (this.dataset.keep) forget(this.dataset.keep);
    window.location.assign(next);
  }

  // News of others must not lead away from a form that is being filled in.
  stay(event) {
    if (event.detail.xhr.status !== 401) return;
    event.preventDefault();
    const advice = this.say("Sign in again in a new tab and come back here: nothing you have entered is lost.");
    this.refuse({ what: this.say("Your session has ended"), do: advice }, 401, true);
  }

  // What was entered waits in this browser until the person is back.
  signIn() {
    if (this.dataset.keep) keep(this.dataset.keep, this.data(), this.drafted ? this.drafted.base : this.dataset.complete);
    window.location.assign(signIn(this.dataset.page));
  }

  refuse({ what, do: advice, said, fields = [], links = [] }, status, quietly = false) {
    const known = new Map(this.form.get("formFieldRegistry").getAll().map((field) => [field.key, field.id]));
    const errors = {};
    const others = [];
    for (const { field, message } of fields) {
      if (known.has(field)) errors[known.get(field)] = [message];
      else others.push({ text: message });
    }
    if (fields.length) return this.gather(this.say("Mend these fields:"), errors, others);
    if (status === 401) links.push({ href: signIn(this.dataset.page), text: this.say("Sign in and come back") });
    tell(this.problem, { what: said ?? `${what.replace(/\.$/, "")}. ${advice}`, links, quietly });
  }

  // Beside the fields, and above them with links.
  gather(what, errors, others = []) {
    this.gathered = undefined;
    this.form._setState({ errors });
    this.gathered = this.allLines();
    tell(this.problem, { what, lines: [...this.gathered, ...others] });
  }

  // What has been mended is no longer told.
  mended() {
    const lines = this.allLines();
    if (lines.length === this.gathered.length) return;
    this.gathered = lines.length ? lines : undefined;
    if (lines.length) tell(this.problem, { what: this.say("Mend these fields:"), lines, quietly: true });
    else clear(this.problem);
  }

  allLines() {
    return Object.entries(this.form._getState().errors).flatMap(([id, found]) => this.lines(id, id, found));
  }

  // Of a field in a list there are several, by their number. What the server says names its field already.
  lines(id, place, found) {
    if (!Array.isArray(found) || typeof found[0] !== "string") {
      return Object.entries(found).flatMap(([number, inner]) => inner ? this.lines(id, `${place}_${number}`, inner) : []);
    }
    const name = CSS.escape(place);
    const field = this.querySelector(`[id$="-${name}"]:not(label), [id$="-${name}-0"], [id$="-${name}-search"]`);
    const label = this.form.get("formFieldRegistry").get(id)?.label ?? "";
    const named = label && found[0].includes(label);
    return [{ text: named ? found[0] : `${label}${ENDS.test(label) ? "" : ":"} ${found[0]}`, field }];
  }
}
customElements.define("form-view", FormView);

// A page that the browser has kept is not as the task is now.
window.addEventListener("pageshow", (event) => { if (event.persisted) window.location.reload(); });
