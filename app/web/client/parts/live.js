// Changes that others make: one connection a browser, however many pages are open. The page that holds it tells the rest.
const CHANNEL = "reglament-changes";
const changed = () => document.body.dispatchEvent(new Event("changed"));

function listen(tell) {
  const events = new EventSource("/events");
  events.addEventListener("changed", tell);
  return events;
}

export function follow() {
  if (!navigator.locks) {
    listen(changed);
    return;
  }
  const others = new BroadcastChannel(CHANNEL);
  others.addEventListener("message", changed);
  navigator.locks.request(CHANNEL, () => {
    listen(() => { changed(); others.postMessage("changed"); });
    return new Promise(() => {});
  });
}
