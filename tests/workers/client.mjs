// A worker made with the dialect's own client for Node.js: node client.mjs URL PERSON PASSWORD
import { BasicAuthInterceptor, Client, File, Variables } from "camunda-external-task-client-js";

const [url, username, password] = process.argv.slice(2);
const client = new Client({
  baseUrl: `${url}/engine-rest`,
  workerId: "node",
  interceptors: new BasicAuthInterceptor({ username, password }),
  maxTasks: 5,
  interval: 10,
  lockDuration: 60_000,
  asyncResponseTimeout: 600_000,
});
client.on("poll:error", (error) => console.error(error));
client.on("handler:error", (error) => console.error(error));

client.subscribe("charge", { includeExtensionProperties: true }, async ({ task, taskService }) => {
  const amount = task.variables.get("amount");
  if (amount > 1000) {
    await taskService.handleBpmnError(task, "NO_MONEY", "none left", new Variables().set("left", 0));
  } else if (amount === 13 && task.retries === null) {
    await taskService.extendLock(task, 120_000);
    await taskService.handleFailure(task, { errorMessage: "no luck", errorDetails: "at all", retries: 1, retryTimeout: 10 });
  } else {
    const given = new Variables().setAll({
      whole: 7, large: 2 ** 40, part: 1.5, sure: true, words: "қолма-қол", rows: [{ a: [1] }], nothing: null,
      moment: new Date("2026-01-02T03:04:05.000Z"),
    });
    const file = new File({ typedValue: { valueInfo: { filename: "a.txt", mimetype: "text/plain" } } });
    file.content = Buffer.from(task.extensionProperties.currency);
    given.set("receipt", file).setTransient("secret", "x");
    await taskService.complete(task, given, new Variables().set("own", 1));
  }
});

client.subscribe("notify", async ({ task, taskService }) => {
  const file = await task.variables.get("receipt").load();
  const { whole, large, part, sure, words, rows, nothing, moment } = task.variables.getAll();
  const seen = [whole, large, part, sure, words, rows[0].a[0], nothing, moment.toISOString(), file.content.toString()];
  await taskService.complete(task, new Variables().set("seen", JSON.stringify(seen)));
});
