/** The dialog in which a new code gets its label: of one's own, or of the selected words. */
import { part, text } from "./model.ts";
import { Refused } from "./saving.ts";

export interface GivenCode {
  label: string;
  group: string;
  new_group: string;
  definition: string;
}

const LONGEST = 80; // letters of a label

export class CodeDialog {
  private readonly dialog = part<HTMLDialogElement>("code-dialog");
  private readonly form = part<HTMLFormElement>("code-form");
  private readonly fault = document.querySelector<HTMLElement>("[data-code-form] [data-fault]");
  private save: ((given: GivenCode) => Promise<void>) | null = null;

  constructor() {
    part("cancel").addEventListener("click", () => this.dialog.close());
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.trySaving();
    });
  }

  /**
   * Ask for a code and save it; `words` are those that it is made of, null where it is of one's own. What was typed
   * stays until it was saved.
   */
  ask(words: string | null, save: (given: GivenCode) => Promise<void>): void {
    this.form.reset();
    this.save = save;
    const label = this.form.elements.namedItem("label") as HTMLInputElement;
    label.value = words && words.length <= LONGEST ? words : "";
    part("definition").hidden = words !== null;
    const quote = part("in-vivo-words");
    quote.hidden = words === null;
    quote.textContent = words ? `“${words}”` : "";
    this.say("");
    this.dialog.showModal();
    label.focus();
    label.select();
  }

  private async trySaving(): Promise<void> {
    const fields = Object.fromEntries(
      [...new FormData(this.form)].map(([name, value]) => [name, String(value).trim()]),
    );
    if (!fields.label || !this.save) return;
    try {
      const { label, group = "", new_group = "", definition = "" } = fields;
      await this.save({ label, group, new_group, definition });
      this.dialog.close();
    } catch (error) {
      this.say(error instanceof Refused ? error.message : text("failed"));
    }
  }

  private say(words: string): void {
    if (!this.fault) return;
    this.fault.hidden = words === "";
    this.fault.textContent = words;
  }
}
