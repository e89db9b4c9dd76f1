// An editor that says all it says in English, in the language of the page: its words are changed where they stand, what people
// have written is not touched. within: gives whether a piece of the page is the editor's own.
export function speak(place, words, within) {
  const texts = (root) => {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) change(node);
  };
  const change = (node) => {
    const said = node.data.trim();
    const other = words[said];
    if (other && other !== said && within(node.parentElement)) node.data = node.data.replace(said, other);
  };
  const attributes = (root) => {
    for (const one of root.querySelectorAll("[title], [placeholder], [aria-label]")) {
      for (const name of ["title", "placeholder", "aria-label"]) {
        const other = words[one.getAttribute(name)];
        if (other && other !== one.getAttribute(name) && within(one)) one.setAttribute(name, other);
      }
    }
  };
  const whole = (root) => { texts(root); attributes(root); };
  whole(place);
  new MutationObserver((changes) => {
    for (const { target, type, addedNodes } of changes) {
      if (type === "characterData") change(target);
      for (const one of addedNodes) {
        if (one.nodeType === Node.TEXT_NODE) change(one);
        else if (one.nodeType === Node.ELEMENT_NODE) whole(one.parentElement ?? one);
      }
    }
  }).observe(place, { childList: true, subtree: true, characterData: true });
}
