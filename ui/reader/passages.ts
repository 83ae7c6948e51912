/** The passages of the document in a list, which the keyboard reaches too. */
import { element } from "../pages/elements.ts";
import { type Coding, type Names, part, text } from "./model.ts";

interface Means {
  colourOf: (code: string) => string;
  wordsOf: (coding: Coding) => string;
  pageOf: (coding: Coding) => number;
  open: (coding: Coding) => void;
}

export class Passages {
  private readonly names: Names;
  private readonly means: Means;
  private codings: readonly Coding[] = [];
  private memos: readonly { coder: string; text: string }[] = [];

  constructor(names: Names, means: Means) {
    this.names = names;
    this.means = means;
  }

  show(codings: readonly Coding[], memos: readonly { coder: string; text: string }[]): void {
    this.codings = codings;
    this.memos = memos;
    part("passage-count").textContent = String(codings.length || "");
    if (!document.getElementById("panel-passages")?.hidden) this.open();
  }

  open(): void {
    const room = part("passages");
    const memos = this.memos.map((memo) =>
      element("p", { class: "memo" }, memo.text, element("span", { class: "note" }, ` · ${memo.coder}`)),
    );
    if (!this.codings.length) {
      room.replaceChildren(element("p", { class: "note" }, text("empty")), ...memos);
      return;
    }
    const list = element("ul", {}, ...this.codings.map((one) => this.row(one)));
    room.replaceChildren(...memos, list);
  }

  private row(coding: Coding): HTMLElement {
    const swatch = element("i", { class: "swatch", "aria-hidden": "true" });
    swatch.style.setProperty("--c", this.means.colourOf(coding.code));
    const page = this.means.pageOf(coding);
    const who = [
      this.names.cases[coding.case] ?? coding.case,
      page ? text("page", { page }) : "",
      coding.isSuggestion ? text("suggestion") : coding.isOwn ? "" : coding.coder,
    ];
    const button = element(
      "button",
      { type: "button", class: "passage-row" },
      element("span", { class: "of" }, swatch, this.names.codes[coding.code] ?? coding.code),
      element("q", { dir: "auto" }, this.means.wordsOf(coding)),
      element("span", { class: "note" }, who.filter(Boolean).join(" · ")),
    );
    button.addEventListener("click", () => this.means.open(coding));
    return element("li", {}, button);
  }
}
