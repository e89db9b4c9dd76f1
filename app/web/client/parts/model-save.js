// Deploying the draft as a new version: a word on what was changed, then what became of it. Somebody else's newer version is
// told with both texts at hand: one's own to download, theirs to look at, and what the two differ in.
import { element } from "./element.js";
import { deploy } from "./model-server.js";

export class Saving {
  // text: gives the file of the model as it is here; refused: is told of findings; name: of the file.
  constructor({ draft, address, say, text, refused, name }) {
    Object.assign(this, { draft, address, say, text, refused, name });
    this.dialog = element("dialog", { className: "saving" });
    document.body.append(this.dialog);
  }

  show(...content) {
    this.dialog.replaceChildren(...content);
    if (!this.dialog.open) this.dialog.showModal();
  }

  ask() {
    const { say } = this;
    const comment = element("textarea", { rows: 3, maxLength: 1000, value: this.draft.data.comment ?? "" });
    const save = element("button", { className: "main", type: "button", textContent: say("Deploy"), onclick: () => this.send(comment.value, save) });
    this.show(
      element("h2", {}, say("Save as a new version")),
      element("p", { className: "quiet-text" }, say("New cases begin with it; those that run keep the version that they began with.")),
      element("label", {}, say("What has changed"), comment),
      element("p", { className: "problem", role: "alert", hidden: true }),
      element("div", { className: "actions" }, save, this.closing(say("Cancel"))),
    );
    comment.focus();
  }

  closing(words) {
    return element("button", { className: "quiet", type: "button", textContent: words, onclick: () => this.dialog.close() });
  }

  async send(comment, button) {
    this.draft.change({ comment });
    button.disabled = true;
    const { status, said } = await deploy(this.address, { ...this.draft.data, over: this.over });
    button.disabled = false;
    if (status === 200) return this.done(said.next);
    if (status === 409 && said.newest) return this.conflict(said);
    if (said.findings) {
      this.dialog.close();
      return this.refused(said);
    }
    this.tell(status, said);
  }

  done(next) {
    this.draft.end();
    window.location.assign(next);
  }

  tell(status, said) {
    const { say } = this;
    const place = this.dialog.querySelector("[role=alert]");
    const words = status === 0 ? say("No connection: nothing was deployed, and nothing is lost. Try again when it is back.")
      : said.said ?? [said.what, said.do].filter(Boolean).join(". ");
    place.replaceChildren(words);
    if (status === 401) place.append(" ", element("a", { href: "/sign-in", target: "_blank" }, say("Sign in")));
    place.hidden = false;
  }

  conflict({ what, newest, theirs, difference }) {
    const { say } = this;
    const link = (href, words, more) => element("a", { className: "button", href, target: "_blank", ...more }, words);
    const mine = URL.createObjectURL(new Blob([this.text()], { type: "application/xml" }));
    const again = element("button", {
      type: "button", textContent: say("Deploy mine after it"),
      onclick: () => { this.over = newest; this.send(this.draft.data.comment ?? "", again); },
    });
    this.show(
      element("h2", {}, say("Somebody has deployed a newer version")),
      element("p", {}, what),
      element("div", { className: "actions" },
        link(mine, say("Download mine"), { download: this.name, target: "" }),
        link(theirs, say("Look at theirs")),
        difference ? link(difference, say("Difference between mine and theirs")) : undefined),
      element("p", { className: "problem", role: "alert", hidden: true }),
      element("div", { className: "actions" }, again, this.closing(say("Go on editing"))),
    );
  }
}
