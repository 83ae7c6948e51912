/** A question before an act that is hard to take back: `data-confirm="Delete 12 proposals?"` on its button or link. */
import { t } from "../viewer/words.ts";
import { buttonOf, element, nameOf } from "./elements.ts";

const answered = new WeakSet<Element>();

export function setUpConfirming(): void {
  document.addEventListener(
    "click",
    (event) => {
      const control = (event.target as Element).closest<HTMLElement>("[data-confirm]");
      if (!control || answered.delete(control)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      ask(control);
    },
    true,
  );
}

function ask(control: HTMLElement): void {
  const dialog = element("dialog", { class: "ask", "aria-labelledby": "ask-text" });
  const act = () => {
    dialog.close();
    answered.add(control);
    control.click();
    answered.delete(control);
  };
  const yes = buttonOf(control.dataset.confirmLabel ?? nameOf(control), act);
  yes.className = "primary";
  dialog.append(
    element("p", { id: "ask-text" }, control.dataset.confirm ?? ""),
    element(
      "div",
      { class: "answers" },
      buttonOf(t("Cancel"), () => dialog.close()),
      yes,
    ),
  );
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
