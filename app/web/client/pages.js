// What every page has: htmx, news of what others change, and a word when the server cannot be reached.
import "htmx.org";
import "idiomorph/dist/idiomorph-ext.esm.js";
import { lost } from "./parts/connection.js";
import { keepList } from "./parts/list.js";
import { follow } from "./parts/live.js";
import { closeMenus } from "./parts/menus.js";
import { sendSafely } from "./parts/sending.js";

document.addEventListener("htmx:sendError", () => lost(true));
document.addEventListener("htmx:afterOnLoad", () => lost(false));
window.addEventListener("offline", () => lost(true));
window.addEventListener("online", () => { lost(false); document.body.dispatchEvent(new Event("changed")); });
// A page asks for news after the session has ended, too: that must not lead away from what somebody writes.
const written = () => document.querySelector("form.task[data-safely]") ||
  [...document.querySelectorAll("form[data-safely] :is(textarea, input)")].some((one) => one.value !== one.defaultValue);
document.addEventListener("htmx:beforeOnLoad", (event) => {
  if (event.detail.xhr.status === 401 && written()) event.preventDefault();
});
document.addEventListener("click", ({ target }) => { if (target.closest("[data-print]")) window.print(); });
document.addEventListener("click", ({ target }) => {
  const all = target.closest("[data-choose-all]");
  if (all) for (const one of all.form.querySelectorAll("[name=task]")) one.checked = all.checked ?? true;
  if (target.matches("[data-choose-instances]")) {
    for (const one of document.querySelectorAll("[name=instance]")) one.checked = target.checked;
  }
});
if (document.querySelector("[data-live]")) follow();
const said = document.getElementById("done"); // what a live region holds from the beginning is not announced
if (said) setTimeout(() => said.replaceChildren(said.textContent), 300);
if (document.getElementById("work")) keepList();
closeMenus();
sendSafely();
