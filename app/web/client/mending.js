// Mending: a click on the diagram chooses the step of the first line that has none; a variable brings its type and value.
document.addEventListener("choose", ({ detail }) => {
  const selects = [...document.querySelectorAll("select[name=at]")];
  const known = selects.filter((one) => [...one.options].some(({ value }) => value === detail));
  const free = known.find((one) => !one.value) ?? known.at(-1);
  if (!free) return;
  free.value = detail;
  free.focus({ preventScroll: true });
}, true);
document.addEventListener("change", ({ target }) => {
  if (!target.matches("[data-variables]")) return;
  const { type, value } = target.selectedOptions[0].dataset;
  if (type === undefined) return;
  const { type: types, value: field, new_name: name } = target.form.elements;
  if ([...types.options].some((one) => one.value === type)) types.value = type;
  field.value = value;
  name.value = "";
});
