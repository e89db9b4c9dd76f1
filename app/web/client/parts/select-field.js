// The list of form-js, which asks in the language of the page for what is looked for in it.
import { Select } from "@bpmn-io/form-js-viewer";
import { h } from "preact";
import { useEffect, useRef } from "preact/hooks";

export function selectField(say) {
  function SelectField(props) {
    const around = useRef(null);
    useEffect(() => {
      const search = around.current.querySelector("input[placeholder]");
      if (search) search.placeholder = say("Search");
    });
    return h("div", { ref: around }, h(Select, props));
  }
  SelectField.config = Select.config;
  return SelectField;
}
