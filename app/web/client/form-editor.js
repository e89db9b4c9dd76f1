// <form-editor>: the editor of form-js. What is changed stays in this browser, with the model, until both are deployed.
import "./parts/style-sheets.js";
import { FormEditor } from "@bpmn-io/form-js-editor";
import "../../../node_modules/@bpmn-io/form-js-editor/node_modules/@bpmn-io/form-js-viewer/dist/assets/form-js.css";
import "@bpmn-io/form-js-editor/dist/assets/form-js-editor.css";
import "@bpmn-io/form-js-editor/dist/assets/properties-panel.css";
import "./styles/models.css";
import "./styles/model-editor.css";
import "./styles/form-editor.css";
import { speaker } from "./parts/form-words.js";
import { ModelDraft } from "./parts/model-draft.js";
import { Saving } from "./parts/model-save.js";
import { speak } from "./parts/spoken.js";

const OWN = [
  ".fjs-palette-container", ".fjs-properties-container", ".bio-properties-panel-popup", ".fjs-empty-editor", ".fjs-context-pad",
  ".fjs-filepicker-container", ".fjs-form-field-placeholder", ".fjs-iframe-placeholder-text", ".fjs-documentPreview-placeholder-text",
  ".fjs-table-empty", ".fjs-repeat-render-add",
].join();

class FormEditorView extends HTMLElement {
  async connectedCallback() {
    const given = JSON.parse(this.querySelector("script").textContent);
    this.id_ = given.id;
    this.say = speaker(given.words);
    this.draft = new ModelDraft(this.dataset.keep);
    this.spot = (name) => this.querySelector(`[data-part=${name}]`);
    const source = this.draft.data.forms?.[given.id] ?? given.source;
    this.editor = new FormEditor({ container: this.spot("form") });
    try {
      await this.editor.importSchema(source ? JSON.parse(source) : { type: "default", id: given.id, components: [] });
    } catch (error) {
      return this.told(`${this.say("The form cannot be shown")}: ${error.message}`);
    }
    speak(this.spot("form"), given.words, (one) => one?.closest(OWN) && !one.closest("[contenteditable=true], textarea"));
    this.saving = new Saving({
      draft: this.draft, say: this.say, address: this.dataset.save, name: this.dataset.file, text: () => this.text(),
      refused: ({ what, findings }) => this.told([what, ...findings.map(({ name, message, hint }) => `${name ?? ""}: ${message} ${hint}`)].join("\n")),
    });
    this.tools();
    return this.state();
  }

  // The id of the form is the one by which steps name it.
  text() {
    return JSON.stringify({ ...this.editor.getSchema(), id: this.id_ }, null, 2);
  }

  tools() {
    const stack = this.editor.get("commandStack");
    const acts = { undo: () => stack.undo(), redo: () => stack.redo(), save: () => this.saving.ask() };
    for (const [name, act] of Object.entries(acts)) this.querySelector(`[data-act=${name}]`)?.addEventListener("click", act);
    this.editor.on("commandStack.changed", () => this.changed());
  }

  changed() {
    if (!this.draft.change({ forms: { [this.id_]: this.text() } })) {
      this.told(this.say("This browser has no room to keep your changes: deploy or download them before you leave."));
    }
    this.state();
  }

  state() {
    const stack = this.editor.get("commandStack");
    this.querySelector("[data-act=undo]").disabled = !stack.canUndo();
    this.querySelector("[data-act=redo]").disabled = !stack.canRedo();
    const { data, at } = this.draft;
    const save = this.querySelector("[data-act=save]");
    const changed = data.forms?.[this.id_] !== undefined;
    if (save) save.disabled = !changed;
    const when = at && new Date(at).toLocaleString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit", day: "numeric", month: "long" });
    this.spot("state").textContent = changed ? this.say("Changes of {when} are kept in this browser, not deployed.", { when }) : "";
  }

  told(words) {
    const place = this.spot("problem");
    place.textContent = words;
    place.hidden = !words;
  }
}
customElements.define("form-editor", FormEditorView);
