// Changes that others make: one connection a browser, however many pages are open. The page that holds it tells the rest.
const CHANNEL = "reglament-changes";
const PAUSE = 15_000;
const EVENTS = ["changed", "team"];
const tellHere = (names) => names.forEach((name) => document.body.dispatchEvent(new Event(name)));

// What happened while there was no connection is not known, so that opening it tells of a change too. A refusal, as of a
// server that starts anew, ends it for good: another one is tried.
function listen(tell) {
  const events = new EventSource("/events");
  events.addEventListener("open", () => tell(EVENTS));
  for (const name of EVENTS) events.addEventListener(name, () => tell([name]));
  events.addEventListener("error", () => { if (events.readyState === EventSource.CLOSED) setTimeout(listen, PAUSE, tell); });
}

export function follow() {
  if (!navigator.locks) {
    listen(tellHere);
    return;
  }
  const others = new BroadcastChannel(CHANNEL);
  others.addEventListener("message", ({ data }) => tellHere(data));
  const hold = () => {
    listen((names) => { tellHere(names); others.postMessage(names); });
    return new Promise(() => {});
  };
  navigator.locks.request(CHANNEL, { ifAvailable: true }, (lock) => {
    if (lock) return hold();
    tellHere(EVENTS);
    return navigator.locks.request(CHANNEL, hold);
  });
}
