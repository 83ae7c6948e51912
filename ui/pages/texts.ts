/** The texts of pages: English in the source, another language in the page's own `<script id="texts">`. */
import type { Language } from "../viewer/model.ts";
import { speak } from "../viewer/words.ts";

export function setUpTexts(): void {
  const language: Language = document.documentElement.lang === "id" ? "id" : "en";
  speak(language, textsOf(document.querySelector("script#texts")?.textContent ?? ""));
}

/** The texts by their English; a page whose texts can't be read is better in English than dead. */
export function textsOf(json: string): Record<string, string> {
  try {
    const texts: unknown = JSON.parse(json);
    return typeof texts === "object" && texts !== null ? (texts as Record<string, string>) : {};
  } catch {
    return {};
  }
}
