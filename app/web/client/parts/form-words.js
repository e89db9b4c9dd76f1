// Words in the language of the page, by their English ones; what stands in braces is filled in.
export const speaker = (words) => (template, values = {}) =>
  (words[template] ?? template).replace(/{([^}]+)}/g, (whole, name) => values[name] ?? whole);
