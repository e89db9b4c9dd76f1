// A form whose answer is another page. It is sent when the server is there and knows the person, and once: until then
// what was entered stays on this page.
import { lost } from "./connection.js";
import { clear, tell } from "./problem.js";

async function send(form) {
  const problem = form.querySelector("[role=alert]");
  const button = form.querySelector("[data-action=send]") ?? form.querySelector("button");
  clear(problem);
  button.disabled = true;
  try {
    const { status } = await fetch("/api/session");
    lost(false);
    if (status !== 401) {
      form.submit();
      return;
    }
    tell(problem, { what: problem.dataset.ended, links: [{ href: "/sign-in", text: problem.dataset.enter }] });
    problem.querySelector("a").target = "_blank";
  } catch {
    lost(true);
  }
  button.disabled = false;
}

// On the document, so that what is in the form can object first.
export function sendSafely() {
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || !event.target.matches("[data-safely]")) return;
    event.preventDefault();
    send(event.target);
  });
}
