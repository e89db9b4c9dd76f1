// A simulation: where its tokens stand, the way they came and the longest way, on diagrams that stay while they move.
const views = () => [...document.querySelectorAll("diagram-view")];
let longest = [];

function show(view) {
  if (!view.registry) return;
  const { walked, here } = marks()[view.dataset.process] ?? { walked: [], here: [] };
  view.mark(walked, "walked");
  view.mark(here, "here");
  view.mark(view.dataset.process === document.getElementById("longest")?.dataset.process ? longest : [], "longest");
}

const marks = () => JSON.parse(document.getElementById("marks").textContent);

// Where a token stands is worth a look.
function showAll() {
  const standing = marks();
  for (const view of views()) {
    if (standing[view.dataset.process]?.here.length) view.closest("details").open = true;
    show(view);
  }
}

document.addEventListener("drawn", ({ target }) => show(target));
document.addEventListener("click", ({ target }) => {
  const chosen = target.closest("[data-show]");
  if (!chosen) return;
  longest = JSON.parse(chosen.dataset.show);
  showAll();
  views()[0].scrollIntoView({ block: "nearest" });
});
document.addEventListener("htmx:afterSwap", ({ detail }) => {
  if (detail.target.closest("#longest")) {
    longest = JSON.parse(document.querySelector("[data-longest]")?.dataset.longest ?? "[]");
  } else if (detail.target.id === "stage") {
    document.getElementById("standing")?.focus({ preventScroll: true });
  } else return;
  showAll();
});
if (document.getElementById("standing")) showAll();
