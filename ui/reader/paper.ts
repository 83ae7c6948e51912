/** The PDF page beside its text: it follows the page of the text that is read. */
import { kept } from "../pages/store.ts";
import { part, text } from "./model.ts";

const OPEN = "paper-open";

export class Paper {
  private readonly pane = part("paper-pane");
  private readonly picture = part<HTMLImageElement>("paper-picture");
  private readonly button = document.querySelector<HTMLButtonElement>("[data-paper]");
  private readonly addressOf: (page: number) => string;
  private readonly pages: number;
  private page = 0;

  constructor(pages: number, addressOf: (page: number) => string) {
    this.pages = pages;
    this.addressOf = addressOf;
    if (!this.button) return;
    this.button.addEventListener("click", () => this.open(this.pane.hidden === true));
    for (const turn of document.querySelectorAll<HTMLElement>("[data-turn]"))
      turn.addEventListener("click", () => this.show(this.page + Number(turn.dataset.turn)));
    this.picture.addEventListener("error", () => this.say(true));
    this.picture.addEventListener("load", () => this.say(false));
    if (kept.get(OPEN) && innerWidth > 1250) this.open(true);
  }

  show(page: number): void {
    const wanted = Math.max(1, Math.min(page, this.pages));
    if (wanted === this.page && this.picture.getAttribute("src")) return;
    this.page = wanted;
    if (this.pane.hidden) return;
    this.draw();
  }

  private open(isOpen: boolean): void {
    this.pane.hidden = !isOpen;
    this.button?.setAttribute("aria-pressed", String(isOpen));
    part("desk").toggleAttribute("data-with-paper", isOpen);
    if (isOpen) kept.set(OPEN, "1");
    else kept.remove(OPEN);
    if (isOpen) this.draw();
  }

  private draw(): void {
    const page = Math.max(this.page, 1);
    const name = text("of", { page, pages: this.pages });
    part("paper-page").textContent = name;
    this.picture.alt = name;
    this.picture.src = this.addressOf(page);
    this.pane.toggleAttribute("data-drawing", true);
    this.pane.style.setProperty("--wait", JSON.stringify(this.pane.dataset.wait ?? ""));
    if (page < this.pages) new Image().src = this.addressOf(page + 1);
  }

  private say(isMissing: boolean): void {
    this.pane.toggleAttribute("data-drawing", false);
    this.picture.hidden = isMissing;
    part("paper-fault").hidden = !isMissing;
  }
}
