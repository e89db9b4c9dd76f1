// What the editors of models and forms ask the server for: what is wrong, and to deploy. A lost connection and an ended session
// are told; nothing is lost by them, for the draft is in the browser.
import { lost } from "./connection.js";

async function post(address, body) {
  try {
    const answer = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify(body),
    });
    lost(false);
    return { status: answer.status, said: await answer.json() };
  } catch {
    lost(true);
    return { status: 0, said: {} };
  }
}

export const inspect = (address, draft) => post(address, { xml: draft.xml, forms: draft.forms });
export const deploy = (address, draft) => post(address, draft);
