// What is entered into a form stays in this browser until it is sent: also when the session ends or the network breaks.
const PREFIX = "reglament-form/";
const LASTS = 7 * 24 * 60 * 60 * 1000;

export function recall(name) {
  try {
    const kept = JSON.parse(localStorage.getItem(PREFIX + name));
    return kept && Date.now() - kept.at < LASTS ? kept : undefined;
  } catch {
    return undefined;
  }
}

export function keep(name, data, address) {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify({ at: Date.now(), data, address }));
    return true;
  } catch {
    return false; // the browser lets nothing be kept, or has no room
  }
}

export const forget = (name) => localStorage.removeItem(PREFIX + name);

export function forgetOld() {
  for (const key of Object.keys(localStorage).filter((one) => one.startsWith(PREFIX))) {
    const name = key.slice(PREFIX.length);
    if (!recall(name)) forget(name);
  }
}
