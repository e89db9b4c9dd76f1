// The file field of a form: what is chosen is uploaded at once, and the form names it by what the server knows of it.
import { Errors, FilePicker, Label } from "@bpmn-io/form-js-viewer";
import { h } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { AGAIN, forget, line, tell } from "./upload.js";

const discard = async ({ id }) => {
  await forget(id);
  tell({ gone: id });
};

export function fileField(task, say) {
  function FileField({ field, value, onChange, domId, errors = [], disabled, readonly }) {
    const files = Array.isArray(value) ? value : [];
    const current = useRef(files);
    const change = useRef(onChange);
    const list = useRef(null);
    const input = useRef(null);
    const heard = useRef(null);
    const several = Boolean(field.multiple) && field.multiple !== "false";
    useEffect(() => { current.current = files; change.current = onChange; });
    useEffect(() => {
      const follow = ({ detail: { gone } }) => {
        if (current.current.some((one) => one.id === gone)) set(current.current.filter((one) => one.id !== gone));
      };
      document.addEventListener("papers", follow);
      return () => document.removeEventListener("papers", follow);
    }, []);
    const set = (next) => { current.current = next; change.current({ value: next.length ? next : null }); };

    // The same document may stand in another field, too.
    function drop(one) {
      if (document.querySelectorAll(`.fjs-form a[href="/documents/${one.id}"]`).length < 2) discard(one);
      else set(current.current.filter(({ id }) => id !== one.id));
    }

    function take(chosen) {
      heard.current.textContent = "";
      for (const file of several ? chosen : chosen.slice(0, 1)) {
        line(list.current, file, task, say).then((got) => {
          if (!got) return;
          const { again, ...added } = got;
          if (current.current.some(({ id, sha256 }) => id === added.id || sha256 === added.sha256)) {
            heard.current.textContent = say(AGAIN, { name: added.filename });
            if (!again) forget(added.id);
            return;
          }
          const before = several ? [] : current.current;
          set(several ? [...current.current, added] : [added]);
          tell({ added: added.id });
          before.forEach(drop);
        });
      }
      input.current.value = "";
    }

    const kept = files.map((one) => h("li", { key: one.id },
      h("a", { href: `/documents/${one.id}`, target: "_blank", rel: "noopener", class: "name" }, one.filename),
      h("span", { class: "quiet-text" }, size(one.size, say)),
      !disabled && !readonly && h("button", {
        type: "button", class: "quiet", "aria-label": say("Remove {name}", { name: one.filename }),
        onClick: () => drop(one),
      }, say("Remove"))));
    return h("div", { class: `fjs-form-field fjs-form-field-filepicker${errors.length ? " fjs-has-errors" : ""}` },
      h(Label, { htmlFor: domId, label: field.label, required: field.validate?.required }),
      h("input", {
        id: domId, ref: input, type: "file", class: "file-input unseen", disabled: disabled || readonly,
        multiple: several, accept: field.accept || undefined,
        "aria-invalid": errors.length > 0, "aria-describedby": `${domId}-error-message`,
        onChange: (event) => take([...event.target.files]),
      }),
      !disabled && !readonly && h("label", { htmlFor: domId, class: "button" }, say(several ? "Choose files" : "Choose a file")),
      h("ul", { class: "arriving" }, ...kept),
      h("ul", { class: "arriving", ref: list }),
      h("p", { class: "heard", role: "status", ref: heard }),
      h(Errors, { id: `${domId}-error-message`, errors }));
  }
  FileField.config = { ...FilePicker.config };
  return FileField;
}

function size(bytes, say) {
  const large = bytes >= 1024 * 1024;
  const number = large ? Math.round(bytes / 104857.6) / 10 : Math.max(Math.round(bytes / 1024), 1);
  return `${number.toLocaleString(document.documentElement.lang)} ${say(large ? "MB" : "KB")}`;
}
