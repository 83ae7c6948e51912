/** Forms beside the text: each value with the passages that were selected as its evidence. */
import { buttonOf, element } from "../pages/elements.ts";
import { part, text } from "./model.ts";

export interface Quoted {
  document: string;
  start: number;
  end: number;
  quote: string;
}

/** What is in a form: its value, and its evidence as JSON. */
interface Given {
  value: string;
  evidence: string;
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
  let unsaved = new Map<string, Given>();
  panel.addEventListener("htmx:beforeSwap", () => {
    const forms = formsIn(panel).filter((form) => JSON.stringify(givenIn(form)) !== form.dataset.saved);
    unsaved = new Map(forms.map((form) => [nameOf(form), givenIn(form)]));
  });
  panel.addEventListener("htmx:afterSwap", () => {
    for (const form of formsIn(panel)) {
      form.dataset.saved = JSON.stringify(givenIn(form));
      const given = unsaved.get(nameOf(form));
      if (given) fill(form, given);
      keep(form, evidenceIn(form), goTo);
    }
  });
  panel.addEventListener("htmx:beforeRequest", (event) => {
    const form = event.target as HTMLFormElement;
    if (form.matches("[data-value]")) form.dataset.sent = JSON.stringify(givenIn(form));
  });
  panel.addEventListener("htmx:afterRequest", (event) => {
    const { dataset } = event.target as HTMLFormElement;
    if (dataset.sent && (event as CustomEvent<{ successful: boolean }>).detail.successful) dataset.saved = dataset.sent;
  });
}

const formsIn = (panel: HTMLElement): HTMLFormElement[] => [
  ...panel.querySelectorAll<HTMLFormElement>("form[data-value]"),
];

const fieldOf = (form: HTMLFormElement, name: string): HTMLInputElement =>
  form.elements.namedItem(name) as HTMLInputElement;

const nameOf = (form: HTMLFormElement): string =>
  JSON.stringify([fieldOf(form, "variable").value, fieldOf(form, "subject").value]);

const givenIn = (form: HTMLFormElement): Given => ({
  value: fieldOf(form, "value").value,
  evidence: JSON.stringify(evidenceIn(form)),
});

/** Give a form again what was in it and was not saved. */
function fill(form: HTMLFormElement, { value, evidence }: Given): void {
  fieldOf(form, "value").value = value;
  fieldOf(form, "evidence").value = evidence;
}

function evidenceIn(form: HTMLFormElement): Quoted[] {
  try {
    return JSON.parse(fieldOf(form, "evidence").value) as Quoted[];
  } catch {
    return [];
  }
}

function keep(form: HTMLFormElement, passages: readonly Quoted[], goTo: (passage: Quoted) => void): void {
  fieldOf(form, "evidence").value = JSON.stringify(passages);
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
