/** The bar at the selection: the codes that were given last, the words themselves as a code, a memo. */
import { element } from "../pages/elements.ts";
import { type Place, part, text } from "./model.ts";
import type { Sheet } from "./sheet.ts";

const GAP = 6; // pixels between the selection and the bar

export interface LastCode {
  id: string;
  name: string;
  colour: string;
}

export class Bar {
  private readonly bar = part("bar");
  private readonly room: HTMLElement;
  private readonly sheet: Sheet;
  private place: Place | null = null;

  constructor(room: HTMLElement, sheet: Sheet) {
    this.room = room;
    this.sheet = sheet;
  }

  /** Offer what can be done with a place; `there` is how many passages it has already. */
  show(place: Place, codes: readonly LastCode[], there: number): void {
    const buttons = codes.map(({ id, name, colour }) => {
      const swatch = element("i", { class: "swatch", "aria-hidden": "true" });
      swatch.style.setProperty("--c", colour);
      return element("button", { type: "button", class: "small", "data-code": id }, swatch, name);
    });
    part("recent").replaceChildren(...buttons);
    part("here").hidden = there === 0;
    part("here").textContent = text(there === 1 ? "overlapOne" : "overlap", { n: there });
    this.place = place;
    this.follow();
  }

  hide(): void {
    this.place = null;
    this.bar.hidden = true;
  }

  /** Stay over the first line of the place, where nothing is covered that is read next; go where that is out of view. */
  follow(): void {
    if (!this.place) return;
    const boxes = [...this.sheet.rangeOf(this.place).getClientRects()];
    const [first, last] = [boxes[0], boxes.at(-1)];
    const room = this.room.getBoundingClientRect();
    this.bar.hidden = !first || !last || last.bottom < room.top || first.top > room.bottom;
    if (!first || !last || this.bar.hidden) return;
    const { offsetHeight: height, offsetWidth: width } = this.bar;
    const over = first.top - height - GAP;
    const top = over < room.top ? last.bottom + GAP : over;
    this.bar.style.top = `${Math.min(Math.max(room.top, top), room.bottom - height)}px`;
    this.bar.style.left = `${Math.max(8, Math.min(first.left, room.right - width - 8))}px`;
  }
}
