/** Elements made and looked at. */

/** An element with attributes and what is in it: `element("p", { class: "note" }, "Nothing yet.")`. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>> = {},
  ...content: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...content);
  return made;
}

/** A button that does something; `name` where its label alone would not say what. */
export function buttonOf(label: string, act: () => void, name = ""): HTMLButtonElement {
  const button = element("button", { type: "button", ...(name && { "aria-label": name, title: name }) }, label);
  button.addEventListener("click", act);
  return button;
}

/** What a person would call a control: the name that a screen reader says, without the keys that stand in it. */
export function nameOf(control: Element): string {
  const named = control.getAttribute("aria-label") ?? textWithout(control, "kbd, [aria-hidden=true]");
  return named.replace(/\s+/g, " ").trim() || (control.getAttribute("title") ?? "");
}

function textWithout(control: Element, unsaid: string): string {
  const copy = control.cloneNode(true) as Element;
  for (const part of copy.querySelectorAll(unsaid)) part.remove();
  return copy.textContent ?? "";
}

/** Whether a person could press it now. */
export function isPressable(control: Element): boolean {
  if (control.matches(":disabled, [aria-disabled=true]") || control.closest("[inert]")) return false;
  return control.getClientRects().length > 0 && getComputedStyle(control).visibility === "visible";
}

/** The dialog that keeps the rest of the page from being used, if one is open. */
export function openDialog(): HTMLDialogElement | null {
  const open = [...document.querySelectorAll<HTMLDialogElement>("dialog[open]")].reverse();
  return open.find((dialog) => dialog.matches(":modal")) ?? null;
}
