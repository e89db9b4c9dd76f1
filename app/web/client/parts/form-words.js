// What form-js says by itself, in the language of the page.
export const translations = (words) => ({
  translate: ["value", (template, values = {}) =>
    (words[template] ?? template).replace(/{([^}]+)}/g, (whole, name) => values[name] ?? whole)],
});
