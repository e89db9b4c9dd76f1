// What is wrong, gathered above the form: each line leads to its field, or on to another page.
// quietly: nobody has asked for it just now, so that the focus stays where somebody types.
export function tell(place, { what, lines = [], links = [], quietly = false }) {
  const told = place.querySelectorAll("li").length === lines.length + links.length;
  if (quietly && !place.hidden && told && place.firstElementChild?.textContent === what) return;
  place.replaceChildren();
  const said = document.createElement("p");
  said.textContent = what;
  place.append(said);
  const list = document.createElement("ul");
  for (const { text, field } of lines) list.append(line(text, field));
  for (const { text, href } of links) {
    const link = document.createElement("a");
    Object.assign(link, { href, textContent: text });
    list.append(item(link));
  }
  if (list.children.length) place.append(list);
  place.hidden = false;
  place.tabIndex = -1;
  if (!quietly) place.focus();
}

function line(text, field) {
  if (!field) return item(document.createTextNode(text));
  const link = document.createElement("a");
  Object.assign(link, { href: `#${field.id}`, textContent: text });
  link.addEventListener("click", (event) => { event.preventDefault(); field.focus(); });
  return item(link);
}

function item(content) {
  const found = document.createElement("li");
  found.append(content);
  return found;
}

export function clear(place) {
  place.hidden = true;
  place.replaceChildren();
}
