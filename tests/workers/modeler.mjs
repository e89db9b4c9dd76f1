// What Camunda Modeler 5 asks of a service from its dialogs, request by request: node modeler.mjs URL SENT, where SENT is JSON:
// { diagram, attachments: { name: text }, name, tenant, authorization, language, start }. It writes what it was answered.
const [url, given] = process.argv.slice(2);
const { diagram, attachments, name, tenant, authorization, language, start } = JSON.parse(given);
// Its window is a page of Electron, which is of the origin file://.
const window = { origin: "file://", "sec-fetch-site": "cross-site", "sec-fetch-mode": "cors", "accept-language": language };
const ask = async (path, options = {}) => {
  const headers = { ...options.headers, accept: "application/json", ...authorization && { authorization }, ...window };
  const answer = await fetch(url + path, { ...options, headers });
  return { status: answer.status, body: await answer.json().catch(() => ({})) };
};

// The dialog of a deployment: the address is tried without credentials, then with them; then the version, then the files.
const answers = { check: await ask("/deployment?maxResults=0"), version: await ask("/version") };
const form = new FormData();
form.append("deployment-name", name);
form.append("deployment-source", "Camunda Modeler");
form.append("enable-duplicate-filtering", "true");
if (tenant) form.append("tenant-id", tenant);
form.append("model.bpmn", new Blob([diagram], { type: "text/xml" }), "model.bpmn");
for (const [file, text] of Object.entries(attachments)) form.append(file, new Blob([new File([text], file)]), file);
answers.deployed = await ask("/deployment/create", { method: "POST", body: form });

// The dialog of an instance: the variables are JSON as it was typed there, null where nothing was.
const [definition] = Object.values(answers.deployed.body.deployedProcessDefinitions ?? {});
if (definition && start) {
  answers.started = await ask(`/process-definition/${definition.id}/start`, {
    method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(start),
  });
}
// What it shows then leads to the web application that the server names.
answers.links = await (await fetch(new URL("/.well-known/camunda-automation-platform/webapps", url))).json();
console.log(JSON.stringify(answers));
