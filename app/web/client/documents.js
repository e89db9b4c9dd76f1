// <document-upload>: files that are chosen or dropped are sent at once; without this script its form does the same slowly.
import { speaker } from "./parts/form-words.js";
import { AGAIN, line, tell } from "./parts/upload.js";

const told = ({ said, what }) => said ?? what;

class DocumentUpload extends HTMLElement {
  connectedCallback() {
    this.say = speaker(JSON.parse(this.querySelector("script").textContent));
    this.arriving = this.querySelector(".arriving");
    this.heard = this.querySelector(".heard");
    const form = this.querySelector("form");
    const input = form.querySelector("input");
    form.querySelector("button").hidden = true;
    form.querySelector("label").classList.add("button");
    this.classList.add("scripted-upload");
    form.addEventListener("submit", (event) => event.preventDefault());
    input.addEventListener("change", () => { this.take(input.files); input.value = ""; });
    for (const name of ["dragover", "dragleave", "drop"]) {
      form.addEventListener(name, (event) => {
        event.preventDefault();
        form.classList.toggle("over", name === "dragover");
        if (name === "drop") this.take(event.dataTransfer.files);
      });
    }
    const list = document.getElementById("document-list");
    list.addEventListener("submit", (event) => this.remove(event));
    document.addEventListener("papers", () => this.refresh());
  }

  take(files) {
    for (const file of [...files]) this.send(file);
  }

  async send(file) {
    const added = await line(this.arriving, file, this.dataset.task, this.say);
    if (!added) return;
    this.heard.textContent = this.say(added.again ? AGAIN : "{name} has been added", { name: added.filename });
    tell({ added: added.id });
  }

  async remove(event) {
    const form = event.target.closest("[data-delete]");
    if (!form) return;
    event.preventDefault();
    if (!window.confirm(this.say("Delete {name}?", { name: form.dataset.name }))) return;
    const answer = await fetch(form.dataset.delete, { method: "DELETE", headers: { Accept: "application/json" } });
    this.heard.textContent = answer.ok ? "" : told(await answer.json());
    tell(answer.ok ? { gone: form.dataset.document } : {});
  }

  async refresh() {
    const answer = await fetch(this.dataset.list);
    if (!answer.ok) return;
    const shown = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("document-list");
    if (shown) document.getElementById("document-list").replaceChildren(...shown.childNodes);
  }
}
customElements.define("document-upload", DocumentUpload);
