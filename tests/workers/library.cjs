// What the dialect's own library for JavaScript does: node library.cjs URL PERSON PASSWORD ORGANISATION < {name: file}
const assert = require("node:assert/strict");
const { readFileSync } = require("node:fs");
const { Client } = require("camunda-bpm-sdk-js");

const [url, person, password, tenantId] = process.argv.slice(2);
const files = Object.entries(JSON.parse(readFileSync(0, "utf8"))).map(([name, content]) => ({ name, content }));
const authorization = `Basic ${Buffer.from(`${person}:${password}`).toString("base64")}`;
const client = new Client({ mock: false, apiUri: `${url}/engine-rest`, headers: { Authorization: authorization } });
const [Deployment, Definition, Decision, Instance, Execution, Variable, Task, Filter, History, User] = [
  "deployment", "process-definition", "decision-definition", "process-instance", "execution", "variable", "task", "filter",
  "history", "user",
].map((name) => client.resource(name));
const names = (rows) => rows.map((row) => row.name);

async function models() {
  const made = await Deployment.create({ deploymentName: "library", tenantId, files });
  const [definition] = Object.values(made.deployedProcessDefinitions);
  const [decision] = Object.values(made.deployedDecisionDefinitions);
  const listed = await Definition.list({ key: "review", latestVersion: true });
  assert.deepEqual([listed.count, listed.items.map((row) => row.id)], [1, [definition.id]]);
  assert.equal((await Definition.xml({ id: definition.id })).bpmn20Xml, files[0].content);
  assert.deepEqual(await Decision.get(decision.id), decision);
  const [result] = await Decision.evaluate({ id: decision.id, variables: { pages: { value: 3 } } });
  assert.deepEqual(Object.values(result).map((variable) => variable.value), ["small"]);
  return definition;
}

async function begun(definition) {
  const variables = { pages: { value: 3, type: "Integer" } };
  const { id } = await Definition.start({ id: definition.id, businessKey: "library-1", variables });
  const found = await Instance.list({ businessKey: "library-1", maxResults: 5 });
  assert.deepEqual(found.map((row) => row.id), [id]);
  const asked = { processInstanceIdIn: [id], variableValues: [{ name: "pages", operator: "lt", value: 5 }], maxResults: 5 };
  assert.deepEqual(names(await Variable.instances(asked)), ["pages"]);
  return id;
}

async function work(processInstanceId) {
  const kept = await Filter.create({
    name: "Library", resourceType: "Task", properties: { color: "#555" }, query: { processInstanceId },
  });
  assert.deepEqual(await Filter.get(kept.id), kept);
  assert.equal((await Filter.list({ itemCount: true }))[0].itemCount, 1);
  const [task] = await Filter.getTasks({ id: kept.id, sorting: [{ sortBy: "created", sortOrder: "desc" }] });
  await Filter.save({ ...kept, name: "Of the library" });
  await Filter.delete(kept.id);

  await Task.claim({ taskId: task.id, userId: person }, () => {});
  await Task.createComment(task.id, "read");
  assert.deepEqual((await Task.comments(task.id)).map((row) => row.message), ["read"]);
  await Task.localVariable({ id: task.id, varId: "own", value: 1, type: "Integer" });
  await Execution.modifyVariables({ id: task.executionId, modifications: { here: { value: 2 } }, deletions: ["none"] });
  assert.deepEqual(Object.keys(await Task.localVariables(task.id)).sort(), ["here", "own"]);
  await Execution.deleteVariable({ id: task.executionId, varId: "here" });
  assert.equal((await Task.localVariables(task.id)).own.value, 1);
  await Task.complete({ id: task.id, variables: { seen: { value: true } } });
  const [next] = await Task.list({ processInstanceId, sortBy: "created", sortOrder: "asc" });
  await Task.complete({ id: next.id });
}

async function past(processInstanceId) {
  const [instance] = await History.processInstance({ processInstanceId, finished: true, maxResults: 1 });
  assert.equal(instance.state, "COMPLETED");
  assert.deepEqual(await History.taskCount({ processInstanceId }), { count: 2 });
  const rows = await History.variableInstance({ processInstanceIdIn: [processInstanceId] });
  assert.deepEqual(names(rows).sort(), ["pages", "seen"]);
  assert.ok((await History.taskReport({})).length > 0);
  const [report] = await History.report({ reportType: "duration", periodUnit: "month", processDefinitionKeyIn: "review" });
  assert.ok(report.maximum >= report.minimum);
  const operations = await History.userOperation({ processInstanceId, operationType: "Claim" });
  assert.deepEqual(operations.map((row) => row.userId), [person]);
}

async function main() {
  assert.equal((await User.profile({ id: person })).id, person);
  await assert.rejects(Task.get("00000000-0000-0000-0000-000000000000"), /No matching task/);
  const id = await begun(await models());
  await work(id);
  await past(id);
  console.log("led to its end");
}

main();
