// What every page has: htmx, news of what others change, and a word when the server cannot be reached.
import "htmx.org";
import "idiomorph/dist/idiomorph-ext.esm.js";
import { keepList } from "./parts/list.js";
import { follow } from "./parts/live.js";

const offline = (is) => { document.querySelector(".offline").hidden = !is; };
document.addEventListener("htmx:sendError", () => offline(true));
document.addEventListener("htmx:afterOnLoad", () => offline(false));
window.addEventListener("offline", () => offline(true));
window.addEventListener("online", () => { offline(false); document.body.dispatchEvent(new Event("changed")); });
document.addEventListener("click", ({ target }) => { if (target.closest("[data-print]")) window.print(); });
if (document.querySelector("[data-live]")) follow();
if (document.getElementById("work")) keepList();
