// A line of the list shows its element in both diagrams; where one is under the other, the newer that has it comes into sight.
document.addEventListener("click", async (event) => {
  const chosen = event.target.closest?.("[data-element]");
  if (!chosen) return;
  for (const one of document.querySelectorAll("[data-element][aria-current]")) one.removeAttribute("aria-current");
  chosen.setAttribute("aria-current", "true");
  const views = [...document.querySelectorAll("diagram-view")];
  const found = await Promise.all(views.map((view) => view.show(chosen.dataset.element)));
  views.filter((_, number) => found[number]).at(-1)?.parentElement.scrollIntoView({ block: "nearest" });
});
