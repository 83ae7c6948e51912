/** Forms beside the text: each value with the passages that were selected as its evidence. */
import { buttonOf, element } from "../pages/elements.ts";
import { part, text } from "./model.ts";

export interface Quoted {
  document: string;
  start: number;
  end: number;
  quote: string;
}

export function setUpForms(selected: () => Quoted | null, goTo: (passage: Quoted) => void): void {
  const panel = document.getElementById("panel-forms");
  if (!panel) return;
  panel.addEventListener("mousedown", (event) => {
    if ((event.target as Element).closest("[data-use]")) event.preventDefault(); // the selection stays
  });
  panel.addEventListener("click", (event) => {
    const form = (event.target as Element).closest<HTMLButtonElement>("[data-use]")?.form;
    if (!form) return;
    const passage = selected();
    if (!passage) {
      part("status").textContent = text("select");
      return;
    }
    const there = evidenceIn(form).filter((one) => one.start !== passage.start || one.document !== passage.document);
    keep(form, [...there, passage], goTo);
    form.querySelector<HTMLElement>("select, input:not([type=hidden])")?.focus();
  });
  panel.addEventListener("htmx:afterSwap", () => {
    for (const form of panel.querySelectorAll<HTMLFormElement>("[data-value]")) keep(form, evidenceIn(form), goTo);
  });
}

function evidenceIn(form: HTMLFormElement): Quoted[] {
  try {
    return JSON.parse((form.elements.namedItem("evidence") as HTMLInputElement).value) as Quoted[];
  } catch {
    return [];
  }
}

function keep(form: HTMLFormElement, passages: readonly Quoted[], goTo: (passage: Quoted) => void): void {
  (form.elements.namedItem("evidence") as HTMLInputElement).value = JSON.stringify(passages);
  const rows = passages.map((passage) => {
    const words = passage.quote.replace(/\s+/g, " ");
    const show = buttonOf(`“${words.length > 120 ? `${words.slice(0, 119)}…` : words}”`, () => goTo(passage));
    show.className = "quiet small";
    const remove = buttonOf(
      "×",
      () =>
        keep(
          form,
          passages.filter((one) => one !== passage),
          goTo,
        ),
      text("withdraw"),
    );
    remove.className = "quiet small";
    return element("li", {}, show, remove);
  });
  form.querySelector("[data-evidence-list]")?.replaceChildren(...rows);
}
