/**
 * A question before an act that is hard to take back: `data-confirm="Delete 12 proposals?"` on its button or link, or
 * what htmx would ask (`hx-confirm`) in a window of the browser that no page can style.
 */
import { t } from "../viewer/words.ts";
import { buttonOf, element, nameOf } from "./elements.ts";

interface Asked {
  question: string | null;
  elt: Element;
  issueRequest: (isConfirmed: boolean) => void;
}

const answered = new WeakSet<Element>();

/** To be set up before htmx hears of a click. */
export function setUpConfirming(): void {
  document.addEventListener(
    "click",
    (event) => {
      const control = (event.target as Element).closest<HTMLElement>("[data-confirm]");
      if (!control || answered.delete(control)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const act = () => {
        answered.add(control);
        control.click();
        answered.delete(control);
      };
      ask(control.dataset.confirm ?? "", control.dataset.confirmLabel ?? nameOf(control), act);
    },
    true,
  );
  document.addEventListener("htmx:confirm", (event) => {
    const { question, elt, issueRequest } = (event as CustomEvent<Asked>).detail;
    if (!question) return;
    event.preventDefault();
    const button = elt.matches("form") ? elt.querySelector("button:not([type=button])") : null;
    ask(question, nameOf(button ?? elt), () => issueRequest(true));
  });
}

function ask(question: string, label: string, act: () => void): void {
  const dialog = element("dialog", { class: "ask", "aria-labelledby": "ask-text" });
  const closeAndAct = () => {
    dialog.close();
    act();
  };
  const yes = buttonOf(label, closeAndAct);
  yes.className = "primary";
  dialog.append(
    element("p", { id: "ask-text" }, question),
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
