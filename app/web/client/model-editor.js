// <model-editor>: bpmn-js with the properties that a designer of procedures knows, and what is wrong beside the elements. What is
// changed stays in this browser until it is deployed.
import Modeler from "bpmn-js/lib/Modeler";
import "bpmn-js/dist/assets/diagram-js.css";
import "bpmn-js/dist/assets/bpmn-js.css";
import "bpmn-js/dist/assets/bpmn-font/css/bpmn-codes.css";
import camunda from "camunda-bpmn-moddle/resources/camunda.json";
import "./styles/models.css";
import "./styles/model-editor.css";
import { element } from "./parts/element.js";
import { speaker } from "./parts/form-words.js";
import { Change } from "./parts/model-change.js";
import { ModelDraft } from "./parts/model-draft.js";
import { Fields } from "./parts/model-fields.js";
import { Findings } from "./parts/model-findings.js";
import { translated } from "./parts/model-language.js";
import { Panel } from "./parts/model-panel.js";
import { Saving } from "./parts/model-save.js";
import { inspect } from "./parts/model-server.js";

const PAUSE = 700;
const NEARER = 1.25;
const PALETTE = 130; // what it takes at the left
const MARGIN = 20;
const SMALLEST = 0.25; // what is smaller cannot be read: it begins at its upper left
// Aligning comes with pictures that have styles of their own, which the pages forbid.
const WITHOUT = ["alignElementsContextPadProvider", "alignElementsMenuProvider", "distributeElementsMenuProvider"];

class ModelEditor extends HTMLElement {
  async connectedCallback() {
    const given = JSON.parse(this.querySelector("script").textContent);
    this.say = speaker(given.words);
    this.draft = new ModelDraft(this.dataset.keep);
    this.spot = (name) => this.querySelector(`[data-part=${name}]`);
    this.modeler = this.made(given.words);
    this.findings = new Findings(this.modeler, this.spot("findings"), this.say);
    const fields = new Fields(new Change(this.modeler), given, this.say);
    this.panel = new Panel(this.modeler, this.spot("panel"), fields, this.findings, this.say);
    const { draft, say } = this;
    this.saving = new Saving({
      draft, say, address: this.dataset.save, name: this.dataset.file, text: () => draft.data.xml ?? given.xml,
      refused: ({ what, findings }) => { this.told(what); this.found(findings); },
    });
    this.tools();
    await this.open(draft.data.xml ?? given.xml);
    this.modeler.on("commandStack.changed", () => this.changed());
    window.addEventListener("pagehide", () => { if (this.unkept) this.kept(); });
    this.draftState();
    this.look();
  }

  made(words) {
    const look = getComputedStyle(this);
    const colour = (name) => look.getPropertyValue(name).trim();
    return new Modeler({
      container: this.spot("canvas"),
      moddleExtensions: { camunda },
      additionalModules: [translated(words), Object.fromEntries(WITHOUT.map((name) => [name, ["value", null]]))],
      bpmnRenderer: { defaultFillColor: colour("--paper"), defaultStrokeColor: colour("--ink"), defaultLabelColor: colour("--ink") },
    });
  }

  async open(xml) {
    try {
      await this.modeler.importXML(xml);
    } catch (error) {
      this.told(`${this.say("The diagram cannot be shown")}: ${error.message}`);
    }
    this.fit();
    const canvas = this.spot("canvas");
    canvas.querySelector("svg[tabindex], svg")?.setAttribute("aria-label", canvas.getAttribute("aria-label"));
  }

  fit() {
    const canvas = this.modeler.get("canvas");
    const { inner, outer } = canvas.viewbox();
    const free = { width: outer.width - PALETTE - 2 * MARGIN, height: outer.height - 2 * MARGIN };
    const scale = Math.min(Math.max(Math.min(free.width / inner.width, free.height / inner.height), SMALLEST), 1);
    canvas.viewbox({
      x: inner.x - (PALETTE + MARGIN + Math.max(free.width - inner.width * scale, 0) / 2) / scale,
      y: inner.y - (MARGIN + Math.max(free.height - inner.height * scale, 0) / 2) / scale,
      width: outer.width / scale,
      height: outer.height / scale,
    });
  }

  tools() {
    const stack = this.modeler.get("commandStack");
    const zoom = (by) => { const canvas = this.modeler.get("canvas"); canvas.zoom(Math.min(Math.max(canvas.zoom() * by, 0.2), 4), "auto"); };
    const acts = {
      undo: () => stack.undo(), redo: () => stack.redo(), nearer: () => zoom(NEARER), farther: () => zoom(1 / NEARER), whole: () => this.fit(),
      save: () => this.save(), drop: () => this.drop(),
    };
    for (const [name, act] of Object.entries(acts)) this.querySelector(`[data-act=${name}]`).addEventListener("click", act);
    this.addEventListener("keydown", (event) => {
      if (!(event.ctrlKey || event.metaKey) || event.code !== "KeyS") return;
      event.preventDefault();
      this.save();
    });
  }

  changed() {
    this.unkept = true;
    this.draftState();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.kept().then(() => this.look()), PAUSE);
  }

  async kept() {
    clearTimeout(this.timer);
    this.unkept = false;
    const { xml } = await this.modeler.saveXML({ format: true });
    if (!this.draft.change({ xml })) this.told(this.say("This browser has no room to keep your changes: deploy or download them before you leave."));
    this.draftState();
  }

  draftState() {
    const stack = this.modeler.get("commandStack");
    this.querySelector("[data-act=undo]").disabled = !stack.canUndo();
    this.querySelector("[data-act=redo]").disabled = !stack.canRedo();
    const { data, at } = this.draft;
    const forms = Object.keys(data.forms ?? {});
    const changed = data.xml !== undefined || forms.length > 0;
    this.querySelector("[data-act=save]").disabled = !changed && !stack.canUndo() && !("new" in this.dataset);
    this.querySelector("[data-act=drop]").hidden = !changed;
    const when = at && new Date(at).toLocaleString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", day: "numeric", month: "long" });
    const words = [changed && this.say("Changes of {when} are kept in this browser, not deployed.", { when }), forms.length && this.say("Changed forms: {forms}", { forms: forms.join(", ") })];
    this.spot("state").textContent = words.filter(Boolean).join(" ");
  }

  // What is wrong with it now; the newest question alone is answered.
  async look() {
    this.asked = (this.asked ?? 0) + 1;
    const number = this.asked;
    const { xml } = await this.modeler.saveXML();
    const { status, said } = await inspect(this.dataset.findings, { xml, forms: this.draft.data.forms });
    if (number !== this.asked || status === 0) return;
    if (status === 200) {
      this.told("");
      this.found(said.findings);
    } else this.told(said.said ?? [said.what, said.do].filter(Boolean).join(". "), status === 401);
  }

  found(findings) {
    this.findings.show(findings);
    if (!this.panel.place.contains(document.activeElement)) this.panel.show();
  }

  told(words, door = false) {
    const place = this.spot("problem");
    place.replaceChildren(words, ...door ? [" ", element("a", { href: "/sign-in", target: "_blank" }, this.say("Sign in"))] : []);
    place.hidden = !words;
  }

  async save() {
    if (this.querySelector("[data-act=save]").disabled) return;
    document.activeElement?.blur();
    await this.kept();
    this.saving.ask();
  }

  drop() {
    this.draft.end();
    window.location.reload();
  }
}
customElements.define("model-editor", ModelEditor);
