/** Keys that press what is marked with them (`data-key="i"`), undo and redo. */
import htmx from "htmx.org";
import { isWriting } from "../viewer/keys.ts";
import { isPressable, openDialog } from "./elements.ts";
import { areKeysOn, toggleHelp } from "./help.ts";
import { currentItem } from "./list.ts";
import { refresh } from "./live.ts";
import { addressOf, reviewShown } from "./review.ts";

export interface Pressed {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

/** Whether a key is one of those that are named, with spaces between them: "i", "Shift+A", "Ctrl+Enter", "j ArrowDown". */
export const isPressed = (names: string, pressed: Pressed): boolean =>
  names.split(/\s+/).some((name) => name !== "" && isOne(name, pressed));

function isOne(name: string, pressed: Pressed): boolean {
  const parts = name.split(/\+(?!$)/);
  const key = parts.pop() as string;
  const isWanted = (modifier: string) => parts.some((part) => part.toLowerCase() === modifier);
  if (pressed.altKey !== isWanted("alt")) return false;
  if ((pressed.ctrlKey || pressed.metaKey) !== isWanted("ctrl")) return false;
  // a sign such as ? may need Shift or not, as the keyboard has it
  const isSign = key.length === 1 && key.toLowerCase() === key.toUpperCase();
  if (!isSign && pressed.shiftKey !== isWanted("shift")) return false;
  return pressed.key.toLowerCase() === key.toLowerCase();
}

/** Undo or redo, as the keys of all systems have it; null for other keys. */
export function undoOf(pressed: Pressed): "undo" | "redo" | null {
  if (pressed.altKey || !(pressed.ctrlKey || pressed.metaKey)) return null;
  const letter = pressed.key.toLowerCase();
  if (letter === "z") return pressed.shiftKey ? "redo" : "undo";
  return letter === "y" && !pressed.shiftKey ? "redo" : null;
}

/** Whether a key is one that people type, or use within a field. */
const isTyped = ({ key, ctrlKey, metaKey }: Pressed): boolean => !(ctrlKey || metaKey) && key !== "Escape";

export function setUpKeys(): void {
  // on the window: what is on the page, such as a map, has its keys first
  addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing) return;
    const writing = isWriting(event.composedPath()[0]);
    if (writing && isTyped(event)) return;
    if (act(event, writing)) event.preventDefault();
  });
  document.addEventListener("click", ({ target }) => {
    if ((target as Element).closest("[data-show-keys]")) toggleHelp();
  });
  nameKeys();
  document.addEventListener("htmx:load", nameKeys);
}

function act(event: KeyboardEvent, isInField: boolean): boolean {
  const undo = isInField || openDialog() ? null : undoOf(event);
  const address = undo ? addressOf(undo, reviewShown()) : "";
  if (address) {
    if (!event.repeat) void takeBack(address);
    return true;
  }
  if (event.key === "?" && isTyped(event)) {
    toggleHelp();
    return true;
  }
  if (!areKeysOn() && event.key.length === 1 && isTyped(event)) return false;
  const control = controlOf(event);
  // a key that is held would decide one record after the other
  if (control && !event.repeat) press(control);
  return control !== null;
}

/** Take the last act back, or do it again, and show what is there then. */
async function takeBack(address: string): Promise<void> {
  await htmx.ajax("post", address, { source: document.body, swap: "none" }).catch(() => undefined);
  refresh();
}

/** The control that a key presses: in the dialog that is open, else of the current item of a list, else of the page. */
function controlOf(pressed: Pressed): HTMLElement | null {
  const dialog = openDialog();
  const item = dialog ? null : currentItem();
  const inItem = item ? firstOf(item, pressed) : null;
  if (inItem) return inItem;
  return firstOf(dialog ?? document, pressed, (control) => !control.closest("[data-item]"));
}

function firstOf(
  room: ParentNode,
  pressed: Pressed,
  isMeant: (control: HTMLElement) => boolean = () => true,
): HTMLElement | null {
  const controls = [...room.querySelectorAll<HTMLElement>("[data-key]")];
  if (room instanceof HTMLElement && room.dataset.key) controls.unshift(room);
  const isIt = (control: HTMLElement) =>
    isPressed(control.dataset.key ?? "", pressed) && isMeant(control) && isPressable(control);
  return controls.find(isIt) ?? null;
}

/** A field is gone to, everything else is pressed. */
function press(control: HTMLElement): void {
  if (control.matches("input:not([type=checkbox], [type=radio], [type=submit], [type=button]), textarea, select"))
    control.focus();
  else control.click();
}

/** Screen readers are told the keys, in the words of ARIA. */
function nameKeys(): void {
  for (const control of document.querySelectorAll<HTMLElement>("[data-key]:not([aria-keyshortcuts])")) {
    const names = (control.dataset.key ?? "").split(/\s+/).map((name) => name.replace(/^ctrl\+/i, "Control+"));
    control.setAttribute("aria-keyshortcuts", names.join(" "));
  }
}
