// The text fields of the form editor write their styles into a <style>, which the pages forbid. A style sheet that a script
// constructs is its own, and is allowed.
import { StyleModule } from "style-mod";

const adopted = new Set();

StyleModule.mount = (root, modules) => {
  const news = [modules].flat().filter((one) => !adopted.has(one));
  if (!news.length) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(news.map((one) => one.getRules()).join("\n"));
  news.forEach((one) => adopted.add(one));
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
};
