// What is wrong with a model, beside its elements: a mark at each on the diagram, and a list that leads to them.
import { element } from "./element.js";

export class Findings {
  constructor(modeler, place, say) {
    Object.assign(this, { place, say, known: [] });
    for (const name of ["canvas", "elementRegistry", "overlays", "selection"]) this[name] = modeler.get(name);
  }

  show(found) {
    this.known = found;
    this.overlays.remove({ type: "finding" });
    const at = Map.groupBy?.(found, (one) => one.element) ?? grouped(found);
    for (const [id, here] of at) if (id) this.mark(id, here);
    this.place.replaceChildren(...this.lines(found));
  }

  of(id) {
    return this.known.filter((one) => one.element === id);
  }

  mark(id, here) {
    const shape = this.elementRegistry.get(id);
    if (!shape || shape === this.canvas.getRootElement()) return;
    const severe = here.some((one) => one.severity === "error");
    const words = here.map((one) => one.message).join("\n");
    const mark = element("button", {
      type: "button", className: `finding-mark ${severe ? "late" : "soon"}`, title: words, textContent: String(here.length),
      "aria-label": words, tabIndex: -1, onclick: () => this.go(id),
    });
    this.overlays.add(id, "finding", { position: shape.waypoints ? { top: -12, left: 0 } : { top: -12, left: -12 }, html: mark });
  }

  go(id) {
    const shape = this.elementRegistry.get(id);
    if (!shape) return;
    this.canvas.scrollToElement(shape);
    if (shape === this.canvas.getRootElement()) this.selection.deselect(this.selection.get());
    else this.selection.select(shape);
  }

  lines(found) {
    const { say } = this;
    if (!found.length) return [element("p", { className: "none" }, say("Nothing is wrong."))];
    const errors = found.filter((one) => one.severity === "error").length;
    const words = say("Errors: {errors}, warnings: {warnings}", { errors, warnings: found.length - errors });
    const list = element("ul", { className: "findings" }, ...found.map((one) => this.line(one)));
    return [element("p", {}, words), list];
  }

  line({ element: id, name, file, severity, message, hint }) {
    const here = id && this.elementRegistry.get(id);
    const named = name || id || file;
    return element("li", { className: severity },
      here ? element("button", { type: "button", className: "quiet", textContent: named, onclick: () => this.go(id) }) : element("b", {}, named),
      " ", message, " ", element("span", { className: "quiet-text" }, hint));
  }
}

function grouped(found) {
  const at = new Map();
  for (const one of found) at.set(one.element, [...at.get(one.element) ?? [], one]);
  return at;
}
