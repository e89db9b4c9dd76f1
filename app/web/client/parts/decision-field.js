// The field that decides: its options as large buttons, one of which is pressed. Arrow keys move between them.
import { Description, Errors, Radio } from "@bpmn-io/form-js-viewer";
import { h } from "preact";

const CLAUSE = /^(\d+(?:[.)-]\d+)*[.)]?)\s+(.*)$/s;

const SHORT = 70;

// Many options, and long ones, are read one below the other.
const list = (values) => values.length > 3 || values.some(({ label }) => label.length > SHORT);

export function DecisionField({ field, value, onChange, onBlur, onFocus, domId, errors = [], disabled, readonly }) {
  const option = ({ value: one, label }, index) => {
    const [, clause, words] = CLAUSE.exec(label) ?? [undefined, undefined, label];
    return h("label", { key: one, class: "choice-card" },
      h("input", {
        type: "radio", id: `${domId}-${index}`, name: domId, checked: one === value, disabled: disabled || readonly,
        onClick: () => onChange({ value: one }), onBlur: () => onBlur?.(), onFocus: () => onFocus?.(),
      }),
      h("span", {}, clause && h("b", {}, clause), words));
  };
  return h("div", {
    class: `fjs-form-field decision${errors.length ? " fjs-has-errors" : ""}`, role: "radiogroup",
    "aria-labelledby": `${domId}-label`, "aria-required": "true", "aria-invalid": String(errors.length > 0),
    "aria-describedby": `${domId}-description ${domId}-error-message`,
  },
  h("p", { class: "decision-label", id: `${domId}-label` }, field.label),
  h("div", { class: list(field.values) ? "choice-cards list" : "choice-cards" }, field.values.map(option)),
  h(Description, { id: `${domId}-description`, description: field.description }),
  h(Errors, { id: `${domId}-error-message`, errors }));
}
DecisionField.config = { ...Radio.config, type: "decision" };

// What has been chosen, in its words; undefined while nothing is.
export function chosen(form) {
  const field = form.get("formFieldRegistry").getAll().find((one) => one.type === "decision");
  return field?.values?.find((one) => one.value === form._getState().data[field.key])?.label;
}
