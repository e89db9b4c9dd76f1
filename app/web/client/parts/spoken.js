// An editor that says all it says in English, in the language of the page: its words are changed where they stand, what people
// have written is not touched. words: other words by the English ones, which may have a {gap} for one of them or for what is
// the same in each language. within: gives whether a piece of the page is the editor's own.
export function speak(place, words, within) {
  const gapped = Object.keys(words).filter((one) => one.includes("{")).map((one) => [new RegExp(`^${one.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{(\w+)\}/g, "(?<$1>.+)")}$`), words[one]]);
  const translated = (said) => {
    if (!said || words[said]) return words[said];
    for (const [pattern, other] of gapped) {
      const found = pattern.exec(said);
      if (found) return other.replace(/\{(\w+)\}/g, (_, gap) => words[found.groups[gap]] ?? found.groups[gap]);
    }
    return undefined;
  };
  const texts = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) change(node);
  };
  const change = (node) => {
    const said = node.data.trim();
    const other = within(node.parentElement) ? translated(said) : undefined;
    if (other && other !== said) node.data = node.data.replace(said, other);
  };
  const attributes = (root) => {
    for (const one of root.querySelectorAll("[title], [placeholder], [aria-label]")) {
      for (const name of ["title", "placeholder", "aria-label"]) {
        const other = one.hasAttribute(name) && within(one.parentElement) ? translated(one.getAttribute(name)) : undefined;
        if (other && other !== one.getAttribute(name)) one.setAttribute(name, other);
      }
    }
  };
  const whole = (root) => { texts(root); attributes(root); };
  whole(place);
  new MutationObserver((changes) => {
    for (const { target, type, addedNodes } of changes) {
      if (type === "attributes") attributes(target.parentElement ?? target);
      if (type === "characterData") change(target);
      for (const one of addedNodes) {
        if (one.nodeType === Node.TEXT_NODE) change(one);
        else if (one.nodeType === Node.ELEMENT_NODE) whole(one.parentElement ?? one);
      }
    }
  }).observe(place, { childList: true, subtree: true, characterData: true, attributeFilter: ["title", "placeholder", "aria-label"] });
}
