// <model-view>: the diagram of a model; of the element that is clicked its row of the table of elements is shown beside it. What
// has findings is marked.
import "./styles/models.css";

class ModelView extends HTMLElement {
  connectedCallback() {
    const diagram = this.querySelector("diagram-view");
    const found = JSON.parse(this.querySelector("script").textContent);
    diagram.addEventListener("choose", ({ detail }) => this.show(detail));
    diagram.drawn().then(() => found.forEach((id) => diagram.registry?.get(id) && diagram.canvas.addMarker(id, "found")));
  }

  // The diagram has another width beside the properties.
  fit() {
    const diagram = this.querySelector("diagram-view");
    diagram.canvas.resized();
    diagram.fit();
  }

  show(id) {
    const row = document.querySelector(`[data-element="${CSS.escape(id)}"]`);
    const place = this.querySelector(".element");
    const narrower = place.hidden === Boolean(row);
    place.hidden = !row;
    if (narrower) this.fit();
    if (!row) return;
    const title = document.createElement("h3");
    title.append(...row.querySelector("th").cloneNode(true).childNodes);
    const facts = document.createElement("dl");
    facts.className = "facts";
    for (const cell of row.querySelectorAll("td")) {
      if (!cell.textContent.trim()) continue;
      facts.append(Object.assign(document.createElement("dt"), { textContent: cell.dataset.label }), Object.assign(document.createElement("dd"), { innerHTML: cell.innerHTML }));
    }
    place.replaceChildren(title, facts);
  }
}
customElements.define("model-view", ModelView);
