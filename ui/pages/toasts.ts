/** What acts say: a line at the edge of the page that screen readers read out, and that goes by itself if all went well. */
import { t } from "../viewer/words.ts";
import { buttonOf, element } from "./elements.ts";

export interface Said {
  text: string;
  kind: "done" | "error" | "note";
  /** A button of the line: what it says, and what it does. */
  button?: { label: string; act: () => void };
}

const SHOWN = 6_000; // milliseconds, and 60 more for each letter: as long as it takes to read it
const BY_LETTER = 60;
const MOST = 4;

/** What the server says with an act (the event `said` of a response's `HX-Trigger`), or null where it says nothing. */
export function saidIn(detail: unknown): (Pick<Said, "text" | "kind"> & { undo: boolean }) | null {
  const { text, kind, undo } = (detail ?? {}) as Record<string, unknown>;
  if (typeof text !== "string" || text.trim() === "") return null;
  return { text, kind: kind === "error" || kind === "note" ? kind : "done", undo: undo === true };
}

/** Milliseconds after which a line goes; one that says what went wrong stays until it is closed. */
export const shownFor = ({ text, kind }: Said): number =>
  kind === "error" ? Number.POSITIVE_INFINITY : SHOWN + BY_LETTER * text.length;

export function say(said: Said): void {
  const list = listOfToasts();
  for (const same of list.querySelectorAll<HTMLElement>(".message")) if (same.dataset.text === said.text) same.remove();
  while (list.childElementCount >= MOST) list.firstElementChild?.remove();
  const toast = element("div", {
    class: `message ${said.kind}`,
    ...(said.kind === "error" && { role: "alert" }),
    "data-text": said.text,
  });
  const close = () => toast.remove();
  toast.append(element("p", {}, said.text));
  if (said.button) {
    const { label, act } = said.button;
    const closeAndAct = () => {
      close();
      act();
    };
    toast.append(buttonOf(label, closeAndAct));
  }
  toast.append(buttonOf("×", close, t("Close")));
  list.append(toast);
  leaveAfter(toast, shownFor(said), close);
}

/** The time stands still while somebody is on the line, with the pointer or the keyboard. */
function leaveAfter(toast: HTMLElement, time: number, close: () => void): void {
  if (time === Number.POSITIVE_INFINITY) return;
  let timer = setTimeout(close, time);
  for (const on of ["pointerenter", "focusin"]) toast.addEventListener(on, () => clearTimeout(timer));
  for (const off of ["pointerleave", "focusout"])
    toast.addEventListener(off, () => {
      clearTimeout(timer);
      timer = setTimeout(close, SHOWN);
    });
}

/** A live region must be there before it says something. */
export function listOfToasts(): HTMLElement {
  const there = document.getElementById("messages");
  if (there) return there;
  const list = element("div", { id: "messages", "aria-live": "polite" });
  document.body.append(list);
  return list;
}
