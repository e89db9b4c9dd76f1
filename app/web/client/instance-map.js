// <instance-map>: what the table beside a diagram says of its elements, on the diagram: numbers that lead to their lists, what
// is late and in trouble, and how much more it is than elsewhere.
class InstanceMap extends HTMLElement {
  connectedCallback() {
    const diagram = this.querySelector("diagram-view");
    diagram.drawn().then(() => diagram.registry && this.tell(diagram));
  }

  tell(diagram) {
    const scale = { min: 0.6, max: 1.25 };
    for (const row of this.querySelectorAll("tr[data-element]")) {
      const id = row.dataset.element;
      if (!diagram.registry.get(id)) continue;
      if (row.dataset.level) diagram.canvas.addMarker(id, `heat-${row.dataset.level}`);
      const [number, late, troubled] = ["here", "late", "troubled"].map((name) => this.badge(row, name));
      if (number) diagram.overlays.add(id, { position: { bottom: 12, left: -8 }, html: number, scale });
      if (late) diagram.overlays.add(id, { position: { top: -12, right: 20 }, html: late, scale });
      if (troubled) diagram.overlays.add(id, { position: { top: -12, left: -8 }, html: troubled, scale });
    }
  }

  // A number of the row as a link, with the signs of its level.
  badge(row, name) {
    const link = row.querySelector(`[data-badge=${name}] a`);
    if (!link) return null;
    const badge = link.cloneNode(true);
    badge.className = `badge ${name}`;
    if (name !== "here") badge.prepend(name === "late" ? "◷ " : "⚠ ");
    const level = name === "here" && row.querySelector(".level .heat");
    const said = name === "here" && row.closest("table").dataset.said;
    if (said) {
      badge.textContent = row.querySelector(`td.${said}`).textContent;
      badge.setAttribute("aria-label", `${badge.textContent} · ${badge.getAttribute("aria-label")}`);
    }
    if (level) {
      const signs = document.createElement("span");
      signs.setAttribute("aria-hidden", "true");
      signs.textContent = ` ${level.textContent}`;
      badge.append(signs);
    }
    return badge;
  }
}
customElements.define("instance-map", InstanceMap);
