// What a designer has changed and not deployed yet: {xml, forms, comment}, kept in this browser. The editor of the model and
// those of its forms, in other tabs perhaps, share it, so that each changes its part of what is there at the moment.
import { forget, forgetOld, keep, recall } from "./kept.js";

export class ModelDraft {
  constructor(name) {
    this.name = name;
    forgetOld();
  }

  get data() {
    return recall(this.name)?.data ?? {};
  }

  get at() {
    return recall(this.name)?.at;
  }

  // Gives whether the browser could keep it.
  change(part) {
    const { data } = this;
    return keep(this.name, { ...data, ...part, forms: { ...data.forms, ...part.forms } });
  }

  end() {
    forget(this.name);
  }
}
