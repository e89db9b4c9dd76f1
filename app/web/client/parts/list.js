// The task list: choosing rows, keys, and the place that it keeps when tasks go or the page is left.
import htmx from "htmx.org";

const SWITCH = "reglament-keys";
const PLACE = "reglament-place";
const chosen = new Set();
let last;
let leaving;

const list = () => document.getElementById("list");
const rows = () => [...list().querySelectorAll("tbody tr")];
const picks = () => [...list().querySelectorAll("input[name=task]")];
const rowOf = (element) => element?.closest?.("#list tbody tr");

function show() {
  const all = picks();
  for (const pick of all) {
    pick.closest("tr").classList.toggle("chosen", pick.checked);
  }
  const number = all.filter((pick) => pick.checked).length;
  const every = document.getElementById("select-all");
  if (every) {
    every.checked = number > 0 && number === all.length;
    every.indeterminate = number > 0 && number < all.length;
  }
  const said = document.querySelector("[data-selected]");
  said.textContent = said.dataset.say.replace("{n}", number);
}

function pick(input, on) {
  input.checked = on;
  if (on) chosen.add(input.value);
  else chosen.delete(input.value);
}

function onClick(event) {
  const { target } = event;
  if (target.matches("input[name=task]")) {
    const all = picks();
    const [from, to] = [all.findIndex((one) => one.value === last), all.indexOf(target)].sort((a, b) => a - b);
    if (event.shiftKey && from >= 0) for (const one of all.slice(from, to + 1)) pick(one, target.checked);
    pick(target, target.checked);
    last = target.value;
    show();
  } else if (target.id === "select-all" || target.closest("[data-select-all]")) {
    for (const one of picks()) pick(one, target.checked ?? true);
    show();
  } else if (target.closest("[data-unselect]")) {
    for (const one of picks()) pick(one, false);
    chosen.clear();
    show();
    focusRow(rows()[0]);
  } else if (target.name === "only") {
    event.preventDefault();
    const again = { source: "#bulk-claim", target: "#list", swap: "morph:outerHTML", select: "#list" };
    htmx.ajax("POST", target.form.action, { ...again, values: { only: target.value } });
  } else if (target.closest("[data-keys]")) document.getElementById("keys").showModal();
}

const focusRow = (row) => row?.querySelector(".who a")?.focus();

// Keys by their place, so that they are the same on a Kazakh, a Russian and an English keyboard.
const KEYS = {
  KeyJ: () => step(1),
  KeyK: () => step(-1),
  KeyX: (row) => row?.querySelector("input[name=task]").click(),
  KeyC: (row) => row?.querySelector(".assignee button")?.click(),
  Slash: () => document.getElementById("search").focus(),
};

function step(by) {
  const all = rows();
  const at = all.indexOf(rowOf(document.activeElement));
  focusRow(all[at < 0 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1)]);
}

function onKey(event) {
  const { target } = event;
  const typing = target.matches("input:not([type=checkbox]), select, textarea") || target.isContentEditable;
  if (typing || event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
  const row = rowOf(target);
  let act;
  if (row && ["ArrowDown", "ArrowUp"].includes(event.key)) act = () => step(event.key === "ArrowDown" ? 1 : -1);
  else if (localStorage.getItem(SWITCH) === "off") return;
  else if (event.key === "?" || (event.code === "Slash" && event.shiftKey)) act = () => document.getElementById("keys").showModal();
  else if (event.key === "/") act = KEYS.Slash;
  else if (!event.shiftKey) act = KEYS[event.code];
  if (!act) return;
  event.preventDefault();
  act(row);
}

// What is chosen and what has the focus stay so when the list comes anew; after something was done to the chosen ones,
// the server says what is still chosen.
function beforeSwap() {
  const row = rowOf(document.activeElement);
  leaving = row ? rows().indexOf(row) : undefined;
}

function afterSwap({ detail }) {
  if (detail.requestConfig.verb === "post") {
    chosen.clear();
    for (const one of picks()) if (one.checked) chosen.add(one.value);
    document.querySelector("#results [tabindex]")?.scrollIntoView({ block: "nearest" });
  }
  for (const one of picks()) one.checked = chosen.has(one.value);
  if (leaving !== undefined && !rowOf(document.activeElement)) focusRow(rows()[Math.min(leaving, rows().length - 1)]);
  leaving = undefined;
  show();
}

// Where one was is found again on the way back: the same rows on the screen, and the focus on the task or on the next one.
function remember() {
  const row = rowOf(document.activeElement);
  const place = { at: here(), y: scrollY, row: row?.id, number: row ? rows().indexOf(row) : -1 };
  sessionStorage.setItem(PLACE, JSON.stringify(place));
}

function comeBack() {
  const place = JSON.parse(sessionStorage.getItem(PLACE) ?? "{}");
  sessionStorage.removeItem(PLACE);
  if (place.at !== here()) return;
  const row = document.getElementById(place.row) ?? (place.number < 0 ? undefined : rows()[Math.min(place.number, rows().length - 1)]);
  row?.querySelector(".who a")?.focus({ preventScroll: true });
  scrollTo(0, place.y);
}

const here = () => document.getElementById("work").dataset.list;

export function keepList() {
  const work = document.getElementById("work");
  if (location.pathname + location.search !== here()) history.replaceState(null, "", here());
  for (const one of picks()) if (one.checked) chosen.add(one.value);
  show();
  comeBack();
  document.querySelector("#results [tabindex]")?.focus();
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", onKey);
  work.addEventListener("htmx:beforeSwap", beforeSwap);
  work.addEventListener("htmx:afterSwap", afterSwap);
  window.addEventListener("pagehide", remember);
  const on = document.querySelector("[data-keys-on]");
  on.checked = localStorage.getItem(SWITCH) !== "off";
  on.addEventListener("change", () => localStorage.setItem(SWITCH, on.checked ? "on" : "off"));
}
