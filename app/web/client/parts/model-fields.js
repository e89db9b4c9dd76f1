// Which properties of an element a designer sees, in which order, and how each is read and written.
// A field: { label, kind, get, set, options, hint, link }. kind: text, date, area, choice, among (text with suggestions), check, term.
import { getBusinessObject, is, isAny } from "bpmn-js/lib/util/ModelUtil";

const TIMERS = { timeDuration: "after a time", timeDate: "at a moment", timeCycle: "again and again" };
const NAMED = {
  "bpmn:MessageEventDefinition": { label: "Message", ref: "messageRef", type: "bpmn:Message", by: "name" },
  "bpmn:SignalEventDefinition": { label: "Signal", ref: "signalRef", type: "bpmn:Signal", by: "name" },
  "bpmn:ErrorEventDefinition": { label: "Code of the error", ref: "errorRef", type: "bpmn:Error", by: "errorCode" },
  "bpmn:EscalationEventDefinition": { label: "Code of the escalation", ref: "escalationRef", type: "bpmn:Escalation", by: "escalationCode" },
};
const CONDITIONAL = ["bpmn:ExclusiveGateway", "bpmn:InclusiveGateway", "bpmn:ComplexGateway"];
const BOUND = ["latest", "deployment", "version", "versionTag"];

export class Fields {
  constructor(change, choices, say) {
    Object.assign(this, { change, choices, say });
  }

  // Groups of fields: [title, fields].
  of(element) {
    const bo = getBusinessObject(element);
    const process = processOf(bo);
    const { say } = this;
    const groups = [
      [say("Name"), this.name(element, bo)],
      [say("Process"), process ? this.process(element, process) : []],
      [say("Work"), is(bo, "bpmn:UserTask") ? this.work(element, bo) : []],
      [say("What it does"), this.does(element, bo)],
      [say("When"), this.event(element, bo)],
      [say("Way"), is(bo, "bpmn:SequenceFlow") ? this.flow(element, bo) : []],
      [say("Law"), is(bo, "bpmn:FlowNode") ? this.law(element, bo) : []],
      [say("Other languages"), this.names(element, bo)],
      [say("Repeated"), this.loop(element, bo)],
      [say("Technical"), is(bo, "bpmn:FlowNode") ? this.technical(element, bo) : []],
    ];
    return groups.filter(([, fields]) => fields.length);
  }

  attribute(element, of, name, label, more = {}) {
    return {
      label, kind: "text", get: () => String(of.get(name) ?? ""),
      set: (value) => this.change.set(element, of, { [name]: value || undefined }), ...more,
    };
  }

  flag(element, of, name, label, inverse = false) {
    return {
      label, kind: "check", get: () => Boolean(of.get(name)) !== inverse,
      set: (value) => this.change.set(element, of, { [name]: value !== inverse }),
    };
  }

  property(element, of, name, label, more = {}) {
    return {
      label, kind: "text", get: () => this.change.property(of, name),
      set: (value) => this.change.setProperty(element, of, name, value), ...more,
    };
  }

  expression(element, of, name, label, more = {}) {
    return {
      label, kind: "area", get: () => of.get(name)?.body ?? "",
      set: (value) => this.change.setExpression(element, of, name, value), ...more,
    };
  }

  name(element, bo) {
    const { say } = this;
    if (is(bo, "bpmn:TextAnnotation")) return [this.attribute(element, bo, "text", say("Text"), { kind: "area" })];
    return isNamed(bo) ? [this.attribute(element, bo, "name", say("Name in Kazakh"))] : [];
  }

  names(element, bo) {
    const { say } = this;
    if (!isNamed(bo)) return [];
    return [
      this.property(element, bo, "name.ru", say("Name in Russian")),
      this.property(element, bo, "name.en", say("Name in English")),
      this.note(element, bo),
    ];
  }

  note(element, bo) {
    return {
      label: this.say("Note"), kind: "area", get: () => bo.get("documentation")[0]?.text ?? "",
      set: (text) => this.change.set(element, bo, {
        documentation: text ? [this.change.make("bpmn:Documentation", { text }, bo)] : [],
      }),
    };
  }

  process(element, process) {
    const { say } = this;
    return [
      { label: say("Key of the process"), kind: "shown", get: () => process.id },
      this.property(element, process, "law.edition", say("Edition")),
      this.property(element, process, "law.inForceFrom", say("In force from"), { kind: "date" }),
      this.property(element, process, "law.inForceUntil", say("Until, not included"), { kind: "date" }),
      this.attribute(element, process, "camunda:versionTag", say("Tag of the version")),
      this.property(element, process, "law.act", say("Act")),
      this.property(element, process, "law.service", say("Service")),
      this.property(element, process, "law.total", say("Term of the whole case"), { hint: "workingDays(5, submittedAt)" }),
      this.property(element, process, "law.totalClause", say("Its clause")),
      this.property(element, process, "law.pause", say("Clauses that let the clock stand still")),
      this.attribute(element, process, "camunda:historyTimeToLive", say("Kept after the end for"), { hint: "P1825D" }),
    ];
  }

  work(element, bo) {
    const { say, choices } = this;
    return [
      { ...this.attribute(element, bo, "camunda:candidateGroups", say("Role")), kind: "choice", own: true,
        options: choices.roles.map(({ key, name }) => [key, name]) },
      this.attribute(element, bo, "camunda:assignee", say("Person, if one alone"), { hint: "${executor}" }),
      { ...this.attribute(element, bo, "camunda:dueDate", say("Time limit")), kind: "term" },
      ...this.form(element, bo),
      this.property(element, bo, "law.notBy", say("Not by those who worked"), { hint: say("ids of steps, parted by ;") }),
    ];
  }

  form(element, bo) {
    const { say, choices } = this;
    const ref = this.attribute(element, bo, "camunda:formRef", say("Form"));
    const set = (value) => this.change.set(element, bo, {
      "camunda:formRef": value || undefined,
      "camunda:formRefBinding": value ? bo.get("camunda:formRefBinding") ?? "latest" : undefined,
    });
    const link = (id) => (/^[A-Za-z_][\w.-]*$/.test(id) ? [choices.form.replace("FORM", id), say("Edit the form")] : undefined);
    return [{ ...ref, set, kind: "among", options: choices.forms, link }, ...this.bound(element, bo, "camunda:formRef", "camunda:formRefBinding", "camunda:formRefVersion", "camunda:formRefVersionTag")];
  }

  // Which version of what is named is meant; asked only where something is named.
  bound(element, bo, ref, binding, version, tag) {
    const { say } = this;
    if (!bo.get(ref)) return [];
    const words = { latest: say("the newest"), deployment: say("that of the same deployment"), version: say("a version"), versionTag: say("an edition") };
    const now = bo.get(binding) ?? "latest";
    const numbered = now === "version" ? version : now === "versionTag" ? tag : undefined;
    return [
      { ...this.attribute(element, bo, binding, say("Which of them")), get: () => now, kind: "choice", options: BOUND.map((one) => [one, words[one]]) },
      ...numbered ? [this.attribute(element, bo, numbered, words[now])] : [],
    ];
  }

  does(element, bo) {
    const { say, choices } = this;
    if (is(bo, "bpmn:CallActivity")) {
      return [{ ...this.attribute(element, bo, "calledElement", say("Called process")), kind: "among", options: choices.processes },
        ...this.bound(element, bo, "calledElement", "camunda:calledElementBinding", "camunda:calledElementVersion", "camunda:calledElementVersionTag")];
    }
    if (is(bo, "bpmn:BusinessRuleTask")) {
      return [{ ...this.attribute(element, bo, "camunda:decisionRef", say("Decision")), kind: "among", options: choices.decisions },
        ...this.bound(element, bo, "camunda:decisionRef", "camunda:decisionRefBinding", "camunda:decisionRefVersion", "camunda:decisionRefVersionTag"),
        this.attribute(element, bo, "camunda:resultVariable", say("Variable of the result"))];
    }
    if (is(bo, "bpmn:ScriptTask")) {
      return [this.attribute(element, bo, "scriptFormat", say("Language of the script"), { hint: "juel, feel" }),
        this.attribute(element, bo, "script", say("Script"), { kind: "area" }),
        this.attribute(element, bo, "camunda:resultVariable", say("Variable of the result"))];
    }
    if (isAny(bo, ["bpmn:ServiceTask", "bpmn:SendTask"])) return this.service(element, bo);
    if (is(bo, "bpmn:StartEvent") && !bo.get("eventDefinitions").length) {
      return [...this.form(element, bo), this.attribute(element, bo, "camunda:initiator", say("Variable of who starts"))];
    }
    return [];
  }

  service(element, bo) {
    const { say, choices } = this;
    const delegates = choices.delegates.map((name) => `\${${name}}`);
    const external = {
      label: say("Topic for a worker outside"), kind: "text", get: () => bo.get("camunda:topic") ?? "",
      set: (topic) => this.change.set(element, bo, { "camunda:topic": topic || undefined, "camunda:type": topic ? "external" : undefined }),
    };
    return [
      { ...this.attribute(element, bo, "camunda:delegateExpression", say("Function of the service")), kind: "among", options: delegates },
      external,
      this.attribute(element, bo, "camunda:expression", say("Expression")),
      ...bo.get("camunda:expression") ? [this.attribute(element, bo, "camunda:resultVariable", say("Variable of the result"))] : [],
    ];
  }

  event(element, bo) {
    const definition = bo.get?.("eventDefinitions")?.[0];
    if (!definition) return is(bo, "bpmn:ReceiveTask") ? [this.named(element, bo, NAMED["bpmn:MessageEventDefinition"])] : [];
    if (is(definition, "bpmn:TimerEventDefinition")) return this.timer(element, definition);
    if (is(definition, "bpmn:ConditionalEventDefinition")) return [this.expression(element, definition, "condition", this.say("Condition"))];
    const named = NAMED[definition.$type];
    return named ? [this.named(element, definition, named)] : [];
  }

  named(element, of, how) {
    return { label: this.say(how.label), kind: "text", get: () => of.get(how.ref)?.get(how.by) ?? "", set: (value) => this.change.setNamed(element, of, how, value) };
  }

  timer(element, definition) {
    const { say, change } = this;
    const kind = Object.keys(TIMERS).find((one) => definition.get(one)) ?? "timeDuration";
    const body = () => definition.get(kind)?.body ?? "";
    const write = (next, text) => change.set(element, definition, Object.fromEntries(Object.keys(TIMERS).map((one) =>
      [one, one === next && text ? change.make("bpmn:FormalExpression", { body: text }, definition) : undefined])));
    return [
      { label: say("Timer"), kind: "choice", get: () => kind, set: (next) => write(next, body() || "PT1H"), options: Object.entries(TIMERS).map(([key, words]) => [key, say(words)]) },
      { label: say("Time"), kind: "text", get: body, set: (text) => write(kind, text), hint: "${workingDays(3)}, PT1H" },
    ];
  }

  flow(element, bo) {
    const { say, change } = this;
    const source = element.source;
    const from = getBusinessObject(source);
    if (!isAny(from, [...CONDITIONAL, "bpmn:Activity"])) return [];
    const condition = this.expression(element, bo, "conditionExpression", say("Condition"), { hint: "${decision == 'issued'}" });
    const otherwise = {
      label: say("Where no other condition holds"), kind: "check", get: () => from.get("default") === bo,
      set: (is_) => change.several(
        () => is_ && change.set(element, bo, { conditionExpression: undefined }),
        () => change.set(source, from, { default: is_ ? bo : undefined }),
      ),
    };
    return from.get("default") === bo ? [otherwise] : [condition, otherwise];
  }

  law(element, bo) {
    const { say } = this;
    const clauses = [this.property(element, bo, "law.clause", say("Clause"))];
    if (is(bo, "bpmn:EndEvent")) return [...clauses, this.property(element, bo, "law.result", say("Result of the service"))];
    if (!is(bo, "bpmn:UserTask")) return clauses;
    return [...clauses,
      this.property(element, bo, "law.limitClause", say("Clause of the limit, if another")),
      this.property(element, bo, "law.pause", say("Clauses that let the clock stand still")),
      this.property(element, bo, "law.extend", say("May be extended by"), { hint: "workingDays:10" }),
      this.property(element, bo, "law.extendClause", say("Clause of the extension"))];
  }

  loop(element, bo) {
    const { say } = this;
    const loop = bo.get?.("loopCharacteristics");
    if (!loop || !is(loop, "bpmn:MultiInstanceLoopCharacteristics")) return [];
    return [
      this.attribute(element, loop, "camunda:collection", say("For each of"), { hint: "${membersOf('commission')}" }),
      this.attribute(element, loop, "camunda:elementVariable", say("Variable of the one")),
      this.expression(element, loop, "completionCondition", say("Until")),
    ];
  }

  technical(element, bo) {
    const { say } = this;
    const shown = { label: say("Id"), kind: "shown", get: () => bo.id };
    if (!isAny(bo, ["bpmn:Activity", "bpmn:Event", "bpmn:Gateway"])) return [shown];
    return [shown, this.flag(element, bo, "camunda:asyncBefore", say("In a job of its own")), this.flag(element, bo, "camunda:asyncAfter", say("Goes on in a job of its own"))];
  }
}

const isNamed = (bo) => Boolean(bo.$descriptor.propertiesByName.name) && !is(bo, "bpmn:Collaboration");

// Of a pool its own, of a diagram with pools that of the first that has one.
function processOf(bo) {
  if (is(bo, "bpmn:Collaboration")) return bo.get("participants").map((one) => one.processRef).find(Boolean);
  if (is(bo, "bpmn:Participant")) return bo.processRef;
  return is(bo, "bpmn:Process") ? bo : undefined;
}
