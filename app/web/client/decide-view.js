// <decide-view>: one form-js form for many tasks. What was entered goes with the form of the page around it, as JSON.
import { Form } from "@bpmn-io/form-js-viewer";
import { translations } from "./parts/form-words.js";
import "@bpmn-io/form-js-viewer/dist/assets/form-js.css";

class DecideView extends HTMLElement {
  async connectedCallback() {
    const given = JSON.parse(this.querySelector("script").textContent);
    const place = this.appendChild(document.createElement("div"));
    this.viewer = new Form({ container: place, additionalModules: [translations(given.words)] });
    await this.viewer.importSchema(given.schema, given.data);
    const around = this.closest("form");
    around.addEventListener("submit", (event) => {
      event.preventDefault();
      const { data, errors } = this.viewer.submit();
      if (Object.keys(errors).length) {
        this.querySelector("[aria-invalid=true], .fjs-has-errors input, .fjs-has-errors textarea")?.focus();
        return;
      }
      around.elements.data.value = JSON.stringify(data);
      around.querySelector("[data-action=send]").disabled = true;
      around.submit();
    });
  }
}
customElements.define("decide-view", DecideView);
