// What bpmn-js says, in the language of the page.
import { speaker } from "./form-words.js";

export const translated = (words) => ({ translate: ["value", speaker(words)] });
