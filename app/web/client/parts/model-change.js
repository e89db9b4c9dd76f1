// Changes of what stands in a model, each one step of undo and redo.
import { getBusinessObject, is } from "bpmn-js/lib/util/ModelUtil";

const PROPERTIES = "camunda:Properties";

export class Change {
  constructor(modeler) {
    for (const name of ["modeling", "bpmnFactory", "commandStack"]) this[name] = modeler.get(name);
    this.commandStack.registerHandler("model.several", Several);
  }

  // of: what of the element is changed; itself, or something that belongs to it.
  set(element, of, values) {
    if (of === getBusinessObject(element)) this.modeling.updateProperties(element, values);
    else this.modeling.updateModdleProperties(element, of, values);
  }

  several(...acts) {
    this.commandStack.execute("model.several", { acts });
  }

  make(type, values, parent) {
    const made = this.bpmnFactory.create(type, values);
    made.$parent = parent;
    return made;
  }

  property(of, name) {
    return properties(of)?.get("values").find((one) => one.name === name)?.value ?? "";
  }

  // An extension property; empty: it is taken away, and what is empty then with it.
  setProperty(element, of, name, value) {
    const old = properties(of);
    const values = (old?.get("values") ?? []).filter((one) => one.name !== name);
    const at = (old?.get("values") ?? []).findIndex((one) => one.name === name);
    if (value) values.splice(at < 0 ? values.length : at, 0, this.make("camunda:Property", { name, value }));
    const made = values.length ? this.make(PROPERTIES, { values }) : undefined;
    values.forEach((one) => { one.$parent = made; });
    this.setExtension(element, of, old, made);
  }

  setExtension(element, of, old, made) {
    const before = of.get("extensionElements")?.get("values") ?? [];
    const values = old ? before.map((one) => (one === old ? made : one)).filter(Boolean) : [...before, made].filter(Boolean);
    const extensionElements = values.length ? this.make("bpmn:ExtensionElements", { values }, of) : undefined;
    values.forEach((one) => { one.$parent = extensionElements; });
    this.set(element, of, { extensionElements });
  }

  // An expression that belongs to something, as its body.
  setExpression(element, of, name, body) {
    this.set(element, of, { [name]: body ? this.make("bpmn:FormalExpression", { body }, of) : undefined });
  }

  // What an event names, a message for example: the one of that name in the file, or a new one.
  setNamed(element, definition, { ref, type, by }, value) {
    if (!value) return this.set(element, definition, { [ref]: undefined });
    const root = definitionsOf(definition);
    const known = root.get("rootElements").find((one) => is(one, type) && one.get(by) === value);
    if (known) return this.set(element, definition, { [ref]: known });
    const made = this.make(type, { name: value, [by]: value }, root);
    return this.several(
      () => this.set(element, root, { rootElements: [...root.get("rootElements"), made] }),
      () => this.set(element, definition, { [ref]: made }),
    );
  }
}

class Several {
  preExecute({ acts }) {
    acts.forEach((act) => act());
  }
}

const properties = (of) => of.get("extensionElements")?.get("values").find((one) => is(one, PROPERTIES));

function definitionsOf(of) {
  let root = of;
  while (root.$parent) root = root.$parent;
  return root;
}
