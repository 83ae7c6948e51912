/** What the reader says: in the line over the text, as a message of the page, and that the rest of the page is old. */
import { part, text } from "./model.ts";
import { Refused } from "./saving.ts";

export function say(words: string, isWaiting = false): void {
  const status = part("status");
  status.textContent = words;
  status.classList.toggle("waiting", isWaiting);
}

/** Say why something was not done: in the words of the server, if it answered. */
export function fail(error: unknown): void {
  const words = error instanceof Refused ? error.message : text("failed");
  say("");
  document.body.dispatchEvent(new CustomEvent("said", { bubbles: true, detail: { text: words, kind: "error" } }));
}

/** Let the rest of the page fetch itself anew. */
export function live(): void {
  document.body.dispatchEvent(new CustomEvent("live", { detail: { own: true } }));
}
