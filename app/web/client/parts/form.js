// A form-js form in our clothes: our fields, and the words of the page's language.
import { Form } from "@bpmn-io/form-js-viewer";
import "@bpmn-io/form-js-viewer/dist/assets/form-js.css";
import { DecisionField } from "./decision-field.js";
import { fileField } from "./file-field.js";
import { translations } from "./form-language.js";
import { speaker } from "./form-words.js";
import { selectField } from "./select-field.js";

const isEmpty = (value) => value === undefined || value === null || value === "" || value === false || value?.length === 0;

// task: to which the files of the form belong; undefined before there is one.
export function formIn(container, words, task) {
  const say = speaker(words);
  const form = new Form({ container, debounce: false, additionalModules: [translations(words)] });
  form.get("formFields").register("filepicker", fileField(task, say));
  form.get("formFields").register("decision", DecisionField);
  form.get("formFields").register("select", selectField(say));
  // What is missing is told when the form is sent, not to who only passes by.
  const commands = form.get("viewerCommands");
  const check = commands.updateFieldInstanceValidation.bind(commands);
  commands.updateFieldInstanceValidation = (field, value) => { if (!isEmpty(value)) check(field, value); };
  return form;
}
