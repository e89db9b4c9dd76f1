// A word on the page when the server cannot be reached. An answer that was under way when the network went says nothing.
export const lost = (is) => { document.querySelector(".offline").hidden = !is && navigator.onLine; };
