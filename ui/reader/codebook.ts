/** The codes as they stand beside the text: their colours and labels, and the groups that were looked for in a case. */
import type { Names } from "./model.ts";

export class Codebook {
  readonly names: Names;

  constructor(names: Names) {
    this.names = names;
  }

  colourOf(code: string): string {
    return this.buttonOf(code)?.style.getPropertyValue("--c").trim() || "#777777";
  }

  labelOf(code: string): string {
    return this.names.codes[code] ?? code;
  }

  caseOf(name: string): string {
    return this.names.cases[name] ?? name;
  }

  /** Whether passages can still be given a code. */
  isUsable(code: string): boolean {
    return this.buttonOf(code)?.disabled === false;
  }

  /** Codes that were added since the page was loaded have labels too. */
  readLabels(): void {
    for (const button of document.querySelectorAll<HTMLElement>("[data-codes] [data-code]"))
      this.names.codes[button.dataset.code ?? ""] = button.querySelector(".label")?.textContent ?? "";
  }

  /** Show whether a case was read for all codes of a group; without a case there is nothing to tick. */
  showLooked(of: string): void {
    for (const box of document.querySelectorAll<HTMLInputElement>("[data-looked]")) {
      box.disabled = !of;
      box.checked = of !== "" && (box.dataset.done ?? "").trim().split(/\s+/).includes(of);
    }
  }

  private buttonOf(code: string): HTMLButtonElement | null {
    return document.querySelector(`[data-codes] [data-code="${CSS.escape(code)}"]`);
  }
}
