// <diagram-view>: a BPMN diagram with where the case is and the way it came, and the same in words; fetched when it is first
// seen.
import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";
import "bpmn-js/dist/assets/diagram-js.css";
import "bpmn-js/dist/assets/bpmn-js.css";

const FAR = 80;
const MOVES = { ArrowLeft: { dx: FAR, dy: 0 }, ArrowRight: { dx: -FAR, dy: 0 }, ArrowUp: { dx: 0, dy: FAR }, ArrowDown: { dx: 0, dy: -FAR } };
const NEARER = 1.25;
const READABLE = 0.6;

class DiagramView extends HTMLElement {
  connectedCallback() {
    const seen = new IntersectionObserver(([entry]) => {
      if (!entry.isIntersecting) return;
      seen.disconnect();
      this.drawn();
    });
    seen.observe(this);
  }

  drawn() {
    return (this.drawing ??= this.draw());
  }

  /** Bring an element to the middle and ring it, where it is in the diagram; gives whether it is. */
  async show(id) {
    await this.drawn();
    if (!this.canvas) return false;
    if (this.shown) this.canvas.removeMarker(this.shown, "shown");
    this.shown = this.registry.get(id) ? id : null;
    if (!this.shown) return false;
    this.canvas.addMarker(id, "shown");
    if (this.canvas.zoom() < READABLE) this.canvas.zoom(READABLE);
    const view = this.canvas.viewbox();
    const box = this.canvas.getAbsoluteBBox(this.registry.get(id));
    this.canvas.scroll({
      dx: (view.outer.width - box.width) / 2 - box.x,
      dy: (view.outer.height - box.height) / 2 - box.y,
    });
    return true;
  }

  async draw() {
    const answer = await fetch(this.dataset.src, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const { xml, walked, here, done, open, marked = {}, badges = {} } = await answer.json();
    if (this.dataset.done && done.length + open.length) this.tellSteps(done, open);
    const place = document.createElement("div");
    place.className = "drawing";
    const tools = this.tools();
    this.append(tools, place);
    const look = getComputedStyle(this);
    const viewer = new NavigatedViewer({
      container: place,
      bpmnRenderer: {
        defaultFillColor: look.getPropertyValue("--paper").trim(),
        defaultStrokeColor: look.getPropertyValue("--ink").trim(),
        defaultLabelColor: look.getPropertyValue("--ink").trim(),
      },
    });
    try {
      await viewer.importXML(xml);
    } catch { // a model without a drawing
      this.remove();
      return;
    }
    this.canvas = viewer.get("canvas");
    this.registry = viewer.get("elementRegistry");
    this.overlays = viewer.get("overlays");
    this.mark(walked, "walked");
    this.mark(here, "here");
    for (const [marker, names] of Object.entries(marked)) this.mark(names, marker);
    this.badge(viewer.get("overlays"), badges);
    this.fit();
    place.tabIndex = 0;
    place.setAttribute("role", "group");
    place.setAttribute("aria-label", this.getAttribute("aria-label"));
    this.choose(viewer);
    this.dispatchEvent(new Event("drawn", { bubbles: true }));
    this.removeAttribute("role");
    this.removeAttribute("aria-label");
    place.addEventListener("keydown", (event) => this.key(event));
  }

  // These elements, and no others, have the marker.
  mark(names, marker) {
    const marked = new Set(names);
    for (const { id } of this.registry.getAll()) {
      if (marked.has(id) !== this.canvas.hasMarker(id, marker)) this.canvas.toggleMarker(id, marker);
    }
  }

  // What is said at the corners of elements, by their ids: [[kind, text]].
  badge(overlays, badges) {
    const corners = {
      tokens: { top: -12, right: 14 },
      walked: { bottom: 10, left: -6 },
      troubles: { top: -12, left: -8 },
    };
    for (const [id, said] of Object.entries(badges)) {
      if (!this.registry.get(id)) continue;
      for (const [kind, text] of said) {
        const html = document.createElement("span");
        html.className = `tally ${kind}`;
        html.textContent = text;
        overlays.add(id, { position: corners[kind], html, scale: { min: 0.5 } });
      }
    }
  }

  // data-choose: what is clicked is told, by its id.
  choose(viewer) {
    if (!("choose" in this.dataset)) return;
    viewer.get("eventBus").on("element.click", ({ element }) =>
      this.dispatchEvent(new CustomEvent("choose", { detail: (element.labelTarget ?? element).id })));
  }

  fit() {
    this.canvas.zoom("fit-viewport", "auto");
    this.canvas.zoom(Math.min(this.canvas.zoom() * 0.95, 1), "auto");
  }

  zoom(by) {
    this.canvas.zoom(Math.min(Math.max(this.canvas.zoom() * by, 0.2), 4), "auto");
  }

  key(event) {
    const acts = { "+": () => this.zoom(NEARER), "=": () => this.zoom(NEARER), "-": () => this.zoom(1 / NEARER), 0: () => this.fit() };
    const act = MOVES[event.key] ? () => this.canvas.scroll(MOVES[event.key]) : acts[event.key];
    if (!act || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    act();
  }

  tools() {
    const bar = document.createElement("div");
    bar.className = "diagram-tools";
    const button = (sign, label, act) => {
      const made = document.createElement("button");
      Object.assign(made, { type: "button", textContent: sign, title: label });
      made.setAttribute("aria-label", label);
      made.addEventListener("click", act);
      bar.append(made);
    };
    if (!this.dataset.nearer) return bar;
    button("+", this.dataset.nearer, () => this.zoom(NEARER));
    button("−", this.dataset.farther, () => this.zoom(1 / NEARER));
    button("⤢", this.dataset.whole, () => this.fit());
    for (const [sign, name, key] of [["←", "left", "ArrowLeft"], ["→", "right", "ArrowRight"], ["↑", "up", "ArrowUp"], ["↓", "down", "ArrowDown"]]) {
      button(sign, this.dataset[name], () => this.canvas.scroll(MOVES[key]));
    }
    return bar;
  }

  tellSteps(done, open) {
    const lang = document.documentElement.lang;
    const told = document.createElement("details");
    const summary = document.createElement("summary");
    summary.textContent = this.dataset.inWords;
    told.append(summary);
    for (const [title, steps, kind] of [[this.dataset.done, done, "ol"], [this.dataset.open, open, "ul"]]) {
      if (!steps.length) continue;
      const heading = document.createElement("h3");
      heading.textContent = title;
      const list = document.createElement(kind);
      list.className = kind === "ol" ? "steps" : "steps open-steps";
      for (const step of steps) list.appendChild(document.createElement("li")).textContent = step[lang];
      told.append(heading, list);
    }
    this.after(told);
  }
}
customElements.define("diagram-view", DiagramView);
