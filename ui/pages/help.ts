/** The list of keys, which `?` opens: those of what the page shows, and those that every page has. */
import { t } from "../viewer/words.ts";
import { buttonOf, element, isPressable, nameOf } from "./elements.ts";
import { currentItem } from "./list.ts";
import { reviewShown } from "./review.ts";
import { kept } from "./store.ts";

export interface Row {
  keys: string;
  label: string;
}

const SIGNS: Readonly<Record<string, string>> = {
  ArrowDown: "↓",
  ArrowUp: "↑",
  ArrowLeft: "←",
  ArrowRight: "→",
  Enter: "Enter ↵",
  Escape: "Esc",
};

const MANY = 12; // rows; more stand in two columns where there is room
const OFF = "keys-off";

export const areKeysOn = (): boolean => kept.get(OFF) === null;

function turnKeys(isOn: boolean): void {
  if (isOn) kept.remove(OFF);
  else kept.set(OFF, "1");
}

/** How a key is written for people: "shift+a" is "Shift + A". */
export function written(key: string): string {
  const parts = key.split(/\+(?!$)/);
  return parts.map((part) => SIGNS[part] ?? (part.length === 1 ? part.toUpperCase() : capital(part))).join(" + ");
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** Each key and label once, in the order of the page. */
export function rowsOnce(rows: readonly Row[]): Row[] {
  const seen = new Map(rows.map((row) => [`${row.keys}\n${row.label}`, row]));
  return [...seen.values()].filter(({ keys, label }) => keys !== "" && label !== "");
}

export function toggleHelp(): void {
  const open = document.querySelector<HTMLDialogElement>("dialog.keys[open]");
  if (open) open.close();
  else showHelp();
}

function showHelp(): void {
  const dialog = element("dialog", { class: "keys", "aria-labelledby": "keys-title" });
  const close = buttonOf("×", () => dialog.close(), t("Close"));
  const rows = rowsOnce([...rowsOfPage(), ...rowsOfAll()]);
  close.autofocus = true;
  dialog.append(
    element("div", { class: "head" }, element("h2", { id: "keys-title" }, t("Keys")), close),
    element("dl", rows.length > MANY ? { class: "many" } : {}, ...rows.map(lineOf)),
    switchOf(),
  );
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  document.body.append(dialog);
  dialog.showModal();
}

function lineOf({ keys, label }: Row): HTMLElement {
  const names = keys.split(/\s+/).map((key) => element("kbd", {}, written(key)));
  const term = element("dt", {}, ...names.flatMap((name, place) => (place ? [" ", name] : [name])));
  return element("div", {}, term, element("dd", {}, label));
}

function rowsOfPage(): Row[] {
  const item = currentItem();
  const controls = [...document.querySelectorAll<HTMLElement>("[data-key]")];
  const isShown = (control: HTMLElement) => {
    const own = control.closest("[data-item]");
    return isPressable(control) && (!own || own === item);
  };
  return controls.filter(isShown).map((control) => ({ keys: control.dataset.key ?? "", label: labelOf(control) }));
}

/** The name of a button, or the label of a field. */
function labelOf(control: HTMLElement): string {
  if (control instanceof HTMLInputElement || control instanceof HTMLTextAreaElement)
    return control.getAttribute("aria-label") ?? control.labels?.[0]?.textContent?.trim() ?? control.placeholder;
  return nameOf(control);
}

function rowsOfAll(): Row[] {
  const lists = document.querySelector("[data-list]")
    ? [{ keys: "j k", label: t("Next and previous in the list") }]
    : [];
  const taken = [
    { keys: "Ctrl+Z", label: t("Undo") },
    { keys: "Ctrl+Y", label: t("Redo") },
  ];
  return [...lists, ...(reviewShown() ? taken : []), { keys: "?", label: t("Show these keys") }];
}

/** Who steers by voice, or presses keys without meaning to, can do without single letters (WCAG 2.1.4). */
function switchOf(): HTMLElement {
  const box = element("input", { type: "checkbox" });
  box.checked = areKeysOn();
  box.addEventListener("change", () => turnKeys(box.checked));
  return element("label", {}, box, ` ${t("Single letters and digits press buttons")}`);
}
