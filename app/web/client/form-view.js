// <form-view>: a form-js form with the data that the server gave. It is sent as JSON; what the server refuses is shown
// beside the fields and gathered above them, in the person's language. data-draft: drafts go to the server, too.
import { Form } from "@bpmn-io/form-js-viewer";
import "@bpmn-io/form-js-viewer/dist/assets/form-js.css";
import { chosen, DecisionField } from "./parts/decision-field.js";
import { Draft } from "./parts/drafts.js";
import { fileField } from "./parts/file-field.js";
import { translations } from "./parts/form-words.js";
import { forget, forgetOld, keep, recall } from "./parts/kept.js";
import { clear, tell } from "./parts/problem.js";
import { speaker } from "./parts/upload.js";

const LONGEST = 90;
const AGAIN = 3000;
const signIn = (page) => `/sign-in?next=${encodeURIComponent(page ?? window.location.pathname)}`;

class FormView extends HTMLElement {
  async connectedCallback() {
    const given = JSON.parse(this.querySelector("script").textContent);
    this.problem = this.querySelector("[role=alert]");
    this.button = this.querySelector("[data-action=complete]");
    this.usual = this.button.textContent;
    const place = document.createElement("div");
    this.problem.after(place);
    this.form = new Form({ container: place, additionalModules: [translations(given.words)] });
    this.say = speaker(given.words);
    this.form.get("formFields").register("filepicker", fileField(this.dataset.task, this.say));
    this.form.get("formFields").register("decision", DecisionField);
    const data = () => this.form._getState().data;
    if (this.dataset.draft) {
      this.drafted = new Draft(this.dataset.keep, this.dataset.draft, data, (said) => this.draftHeard(said));
    }
    const recalled = this.drafted ? this.drafted.recalled(given.drafted) : this.recalled();
    await this.form.importSchema(given.schema, { ...given.data, ...recalled });
    this.form.on("submit", (event) => this.send(event));
    this.button.addEventListener("click", () => this.form.submit());
    this.form.on("changed", () => this.changed());
    this.name();
    if (!this.drafted) window.addEventListener("pagehide", () => this.keep());
  }

  changed() {
    this.again = clearTimeout(this.again);
    this.name();
    if (this.completed) return;
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
    const kept = keep(this.dataset.keep, this.form._getState().data, this.dataset.complete);
    this.state(kept);
  }

  state(kept) {
    const state = this.querySelector("[role=status]");
    state.textContent = kept ? state.dataset.draft : "";
  }

  draftHeard(said) {
    document.querySelector(".offline").hidden = said !== null;
    if (said === null) return;
    this.state(said.status === undefined);
    if (said.status) this.refuse({ ...said, fields: [] }, said.status, true);
  }

  async send({ data, errors }) {
    if (this.sending || this.completed) return;
    clear(this.problem);
    if (Object.keys(errors).length) return this.gather(this.say("Mend these fields:"), errors);
    if (this.querySelector("[data-arriving]")) {
      return tell(this.problem, { what: this.say("Wait until all files have arrived.") });
    }
    this.sending = this.button.disabled = true;
    try {
      const answer = await fetch(this.dataset.complete, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json", ...this.tried && { "Reglament-Again": "1" } },
        body: JSON.stringify(data),
      });
      document.querySelector(".offline").hidden = true;
      const said = await answer.json();
      if (answer.ok) return this.leave(said.next);
      if (answer.status === 401) return this.signIn();
      this.refuse(said, answer.status);
    } catch {
      document.querySelector(".offline").hidden = false;
      this.tried = true;
      if (this.drafted) {
        tell(this.problem, { what: this.say("No connection: it is sent by itself as soon as the server answers. Change the form to stop that.") });
        this.again = setTimeout(() => this.form.submit(), AGAIN);
      }
    }
    this.sending = this.button.disabled = false;
  }

  leave(next) {
    this.completed = true;
    if (this.drafted) this.drafted.end();
    else if (this.dataset.keep) forget(this.dataset.keep);
    window.location.assign(next);
  }

  // What was entered waits in this browser until the person is back.
  signIn() {
    if (this.dataset.keep) keep(this.dataset.keep, this.form._getState().data, this.drafted ? this.drafted.base : this.dataset.complete);
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
    this.form._setState({ errors });
    const lines = Object.entries(errors).flatMap(([id, found]) => this.lines(id, id, found));
    tell(this.problem, { what, lines: [...lines, ...others] });
  }

  // Of a field in a list there are several, by their number.
  lines(id, place, found) {
    if (!Array.isArray(found) || typeof found[0] !== "string") {
      return Object.entries(found).flatMap(([number, inner]) => inner ? this.lines(id, `${place}_${number}`, inner) : []);
    }
    const name = CSS.escape(place);
    const field = this.querySelector(`[id$="-${name}"]:not(label), [id$="-${name}-0"], [id$="-${name}-search"]`);
    return [{ text: `${this.form.get("formFieldRegistry").get(id)?.label ?? ""}: ${found[0]}`, field }];
  }
}
customElements.define("form-view", FormView);

// A page that the browser has kept is not as the task is now.
window.addEventListener("pageshow", (event) => { if (event.persisted) window.location.reload(); });
