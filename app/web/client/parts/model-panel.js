// The properties of the chosen element, or of the process where none is: the ones that a designer of procedures knows.
import { getBusinessObject } from "bpmn-js/lib/util/ModelUtil";
import { element } from "./element.js";

const UNITS = ["workingDays", "calendarDays", "hours", "minutes", "elapsedMinutes"];
const TERM = /^\$\{(\w+)\((\d+)\)\}$/;
let number = 0;

export class Panel {
  constructor(modeler, place, fields, findings, say) {
    Object.assign(this, { modeler, place, fields, findings, say });
    const events = modeler.get("eventBus");
    events.on("selection.changed", () => this.show());
    events.on(["commandStack.changed", "root.set"], () => this.show());
  }

  get chosen() {
    const selected = this.modeler.get("selection").get();
    return selected.length === 1 ? selected[0] : this.modeler.get("canvas").getRootElement();
  }

  // What is being typed in stays as it is: only another element, or a change from elsewhere, makes it anew.
  show(force = false) {
    if (this.writing && !force) return;
    const shape = this.chosen.labelTarget ?? this.chosen;
    const bo = getBusinessObject(shape);
    if (!bo.$type) return; // nothing is open yet
    const focus = this.place.contains(document.activeElement) && this.shown === bo ? document.activeElement.dataset.label : undefined;
    this.shown = bo;
    const groups = this.fields.of(shape);
    this.place.replaceChildren(
      element("h2", {}, this.title(bo)),
      ...this.told(bo),
      ...groups.map(([title, fields]) => element("fieldset", {}, element("legend", {}, title), ...fields.flatMap((one) => this.field(one)))),
    );
    if (focus) [...this.place.querySelectorAll("[data-label]")].find((one) => one.dataset.label === focus)?.focus();
  }

  title(bo) {
    return bo.name || this.say(bo.$type.replace("bpmn:", "").replace(/(?<=.)[A-Z]/g, (one) => ` ${one.toLowerCase()}`));
  }

  told(bo) {
    return this.findings.of(bo.processRef?.id ?? bo.id).map(({ severity, message, hint }) =>
      element("p", { className: `finding ${severity}` }, message, " ", element("span", {}, hint)));
  }

  write(field, value) {
    if (value === field.get()) return;
    this.writing = true;
    try {
      field.set(value);
    } finally {
      this.writing = false;
    }
    this.show(true);
  }

  field(field) {
    const made = { text: "input", date: "date", area: "area", among: "input", check: "check", choice: "choice", term: "term", shown: "fixed" }[field.kind];
    return this[made](field);
  }

  labelled(field, control, ...more) {
    number += 1;
    control.id = `model-field-${number}`;
    control.dataset.label = field.label;
    return [element("div", {}, element("label", { htmlFor: control.id }, field.label), control, ...more)];
  }

  typed(field, tag, given) {
    const control = element(tag, { value: field.get(), placeholder: field.hint ?? "", spellcheck: false, ...given });
    control.addEventListener("change", () => this.write(field, control.value.trim()));
    return control;
  }

  input(field) {
    number += 1;
    const list = field.options && element("datalist", { id: `model-options-${number}` }, ...field.options.map((one) => element("option", { value: one })));
    const control = this.typed(field, "input", { type: "text", list: list?.id });
    const [href, words] = (field.get() && field.link?.(field.get())) || [];
    return this.labelled(field, control, list, href && element("a", { href, className: "beside" }, words));
  }

  date(field) {
    return this.labelled(field, this.typed(field, "input", { type: "date" }));
  }

  area(field) {
    return this.labelled(field, this.typed(field, "textarea", { rows: 2 }));
  }

  check(field) {
    const control = element("input", { type: "checkbox", checked: field.get(), onchange: () => this.write(field, control.checked) });
    control.dataset.label = field.label;
    return [element("label", { className: "check" }, control, " ", field.label)];
  }

  fixed(field) {
    return [element("p", { className: "fixed" }, element("b", {}, field.label), " ", element("code", {}, field.get()))];
  }

  // own: what is not among the options is written as an expression.
  choice(field) {
    const value = field.get();
    const known = field.options.some(([key]) => key === value);
    const option = (key, words) => element("option", { value: key, textContent: words, selected: key === value });
    const others = field.own ? [option("", "–"), ...known || !value ? [] : [option(value, value)]] : known ? [] : [option(value, value || "–")];
    const control = element("select", { onchange: () => this.write(field, control.value) }, ...others, ...field.options.map(([key, words]) => option(key, words)));
    return this.labelled(field, control);
  }

  // A time limit: so many days or hours of working time or of the calendar, none, or an expression of one's own.
  term(field) {
    const { say } = this;
    const words = { workingDays: say("working days"), calendarDays: say("calendar days"), hours: say("working hours"), minutes: say("working minutes"), elapsedMinutes: say("minutes, day and night") };
    const value = field.get();
    const [, unit, amount] = TERM.exec(value) ?? [];
    const now = !value ? "none" : UNITS.includes(unit) ? unit : "own";
    const kinds = [["none", say("no limit")], ...UNITS.map((one) => [one, words[one]]), ["own", say("an expression")]];
    const written = now === "own" ? element("input", { type: "text", value, spellcheck: false }) : element("input", { type: "number", min: 1, max: 9999, value: amount ?? "", hidden: now === "none" });
    written.setAttribute("aria-label", now === "own" ? say("an expression") : say("How many"));
    const select = element("select", {}, ...kinds.map(([key, text]) => element("option", { value: key, textContent: text, selected: key === now })));
    const read = () => {
      if (select.value === "none") return "";
      if (select.value === "own") return now === "own" ? written.value.trim() : value || "${workingDays(1)}";
      return `\${${select.value}(${now === "own" ? 1 : written.value || 1})}`;
    };
    if (now === "none") written.value = "1";
    for (const one of [written, select]) one.addEventListener("change", () => this.write(field, select.value === "own" && now !== "own" ? ownOf(value) : read()));
    written.dataset.label = `${field.label}/`;
    return this.labelled(field, select, written);
  }
}

// The same term, so written that it is an expression of one's own.
const ownOf = (value) => (TERM.test(value) ? value.replace(/\)\}$/, ", now())}") : "${workingDays(1, now())}");
