// A simulation: where its tokens stand, the way they came and the longest way, on the diagram that stays while they move.
const diagram = () => document.querySelector("diagram-view");
let longest = [];

function show() {
  const view = diagram();
  if (!view?.registry) return;
  const { walked, here } = JSON.parse(document.getElementById("marks").textContent);
  view.mark(walked, "walked");
  view.mark(here, "here");
  view.mark(longest, "longest");
}

document.addEventListener("drawn", show);
document.addEventListener("click", ({ target }) => {
  const chosen = target.closest("[data-show]");
  if (!chosen) return;
  longest = JSON.parse(chosen.dataset.show);
  show();
  diagram().scrollIntoView({ block: "nearest" });
});
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  const told = detail.target.querySelector?.("[data-longest]");
  if (told) longest = JSON.parse(told.dataset.longest);
  else document.getElementById("standing")?.focus({ preventScroll: true });
  show();
});
