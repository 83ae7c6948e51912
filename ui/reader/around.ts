/** What is around the text: the drawer of documents, the steps from sentence to sentence, boxes that tick others. */
import { part } from "./model.ts";

export function setUpDrawer(): void {
  const open = part("open-documents");
  const toggle = (isOpen: boolean) => {
    part("desk").toggleAttribute("data-list-open", isOpen);
    open.setAttribute("aria-expanded", String(isOpen));
  };
  open.addEventListener("click", () => toggle(open.getAttribute("aria-expanded") !== "true"));
  part("close-documents").addEventListener("click", () => toggle(false));
}

export function setUpSteps(step: (by: number) => void): void {
  for (const button of document.querySelectorAll<HTMLElement>("[data-step]")) {
    button.addEventListener("mousedown", (event) => event.preventDefault()); // the selection stays
    button.addEventListener("click", () => step(Number(button.dataset.step)));
  }
}

/** One box ticks all places that a search found. */
export function setUpTicking(): void {
  document.addEventListener("change", (event) => {
    const box = event.target as HTMLInputElement;
    if (!box.matches("[data-found] [data-all]")) return;
    for (const hit of box.form?.querySelectorAll<HTMLInputElement>("[name=hits]") ?? []) hit.checked = box.checked;
  });
}

/** A menu closes when something else is pressed. */
export function setUpLayersMenu(): void {
  const layers = part<HTMLDetailsElement>("layers");
  addEventListener("pointerdown", (event) => {
    if (!layers.contains(event.target as Node)) layers.open = false;
  });
}

/** A memo about the document; it is kept in its field until it was saved. */
export function setUpDocumentMemo(save: (words: string) => Promise<boolean>): void {
  const memo = part<HTMLFormElement>("document-memo");
  memo.addEventListener("submit", async (event) => {
    event.preventDefault();
    const field = memo.elements.namedItem("text") as HTMLTextAreaElement;
    if (!field.value.trim() || !(await save(field.value.trim()))) return;
    field.value = "";
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
