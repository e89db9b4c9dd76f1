import flatpickr from "flatpickr";
import { speaker } from "./form-words.js";

// What form-js says by itself, and the calendar of its date fields.
export function translations(words) {
  const say = speaker(words);
  const { months, weekdays } = flatpickr.l10ns.en;
  flatpickr.localize({
    firstDayOfWeek: 1, yearAriaLabel: say("Year"), monthAriaLabel: say("Month"),
    months: { ...months, longhand: months.longhand.map((name) => say(name)) },
    weekdays: { ...weekdays, shorthand: weekdays.shorthand.map((name) => say(name)) },
  });
  return { translate: ["value", say] };
}
