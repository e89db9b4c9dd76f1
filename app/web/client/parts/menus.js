// What a button opens over a page: it closes on a click outside, and on Escape, which gives the focus back to the button.
const opened = () => document.querySelectorAll("details.more[open]");

export function closeMenus() {
  document.addEventListener("click", ({ target }) => {
    for (const one of opened()) if (!one.contains(target)) one.open = false;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]")) return;
    for (const one of opened()) {
      one.open = false;
      one.querySelector("summary").focus();
    }
  });
}
