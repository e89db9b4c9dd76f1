// <decide-view>: one form-js form for many tasks. What was entered goes with the form of the page around it, as JSON.
import { formIn } from "./parts/form.js";
import { speaker } from "./parts/form-words.js";
import { tell } from "./parts/problem.js";

class DecideView extends HTMLElement {
  async connectedCallback() {
    const given = JSON.parse(this.querySelector("script").textContent);
    this.say = speaker(given.words);
    this.viewer = formIn(this.appendChild(document.createElement("div")), given.words);
    await this.viewer.importSchema(given.schema, given.data);
    this.around = this.closest("form");
    this.around.addEventListener("submit", (event) => { if (!this.give()) event.preventDefault(); });
    this.around.querySelector("[data-action=send]").disabled = false;
  }

  // Whether everything is there.
  give() {
    const { data, errors } = this.viewer.submit();
    if (this.querySelector("[data-arriving]")) {
      tell(this.around.querySelector("[role=alert]"), { what: this.say("Wait until all files have arrived.") });
    } else if (Object.keys(errors).length) {
      this.querySelector(".fjs-has-errors :is(input, textarea, select, [tabindex])")?.focus();
    } else {
      this.around.elements.data.value = JSON.stringify(data);
      return true;
    }
    return false;
  }
}
customElements.define("decide-view", DecideView);
