/** The dialog in which a new code gets its label: of one's own, or of the selected words. */
import { part } from "./model.ts";

export interface GivenCode {
  label: string;
  group?: string;
  definition?: string;
}

const LONGEST = 80; // letters of a label

export class CodeDialog {
  private readonly dialog = part<HTMLDialogElement>("code-dialog");
  private readonly form = part<HTMLFormElement>("code-form");

  constructor() {
    part("cancel").addEventListener("click", () => this.dialog.close("cancel"));
  }

  /** Ask for a code; `words` are those that it is made of, null where it is of one's own. Null where it was left. */
  ask(words: string | null): Promise<GivenCode | null> {
    this.form.reset();
    const label = this.form.elements.namedItem("label") as HTMLInputElement;
    label.value = words && words.length <= LONGEST ? words : "";
    part("definition").hidden = words !== null;
    const quote = part("in-vivo-words");
    quote.hidden = words === null;
    quote.textContent = words ? `“${words}”` : "";
    this.dialog.returnValue = "";
    this.dialog.showModal();
    label.focus();
    label.select();
    return new Promise((answer) => {
      const closed = () => answer(this.dialog.returnValue === "save" ? this.given() : null);
      this.dialog.addEventListener("close", closed, { once: true });
    });
  }

  private given(): GivenCode | null {
    const fields = Object.fromEntries(
      [...new FormData(this.form)].map(([name, value]) => [name, String(value).trim()]),
    );
    return fields.label
      ? { label: fields.label, group: fields.group ?? "", definition: fields.definition ?? "" }
      : null;
  }
}
