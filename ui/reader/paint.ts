/** Passages in the text: each piece is tinted in the colour of its code, and has a line for each passage over it. */
import { element } from "../pages/elements.ts";
import { lanesOf, piecesOf } from "./lanes.ts";
import type { Coding } from "./model.ts";
import type { Paragraph, Sheet } from "./sheet.ts";

export interface Painted {
  coding: Coding;
  start: number;
  end: number;
  lane: number;
}

const LANES = 3; // lines for which there is room under a piece; a card shows all
const LINE = 3; // pixels of a line and the gap over it

export class Paint {
  private painted: readonly Painted[] = [];
  private readonly shown = new Map<Paragraph, string>();

  private readonly sheet: Sheet;
  private readonly colourOf: (code: string) => string;

  constructor(sheet: Sheet, colourOf: (code: string) => string) {
    this.sheet = sheet;
    this.colourOf = colourOf;
  }

  /** Show these passages; only paragraphs in which something changed are drawn anew. */
  show(codings: readonly Coding[]): void {
    const places = codings
      .map((coding) => ({ coding, ...this.sheet.placeOfPoints(coding) }))
      .sort((one, other) => one.start - other.start || other.end - one.end);
    const lanes = lanesOf(places);
    this.painted = places.map((one, at) => ({ ...one, lane: lanes[at] }));
    const here = this.byParagraph();
    for (const paragraph of this.sheet.paragraphs) this.draw(paragraph, here.get(paragraph) ?? []);
  }

  /** The passages at a place of the text. */
  at(unit: number): readonly Coding[] {
    return this.painted.filter((one) => one.start <= unit && one.end > unit).map((one) => one.coding);
  }

  private byParagraph(): Map<Paragraph, Painted[]> {
    const here = new Map<Paragraph, Painted[]>();
    for (const one of this.painted) {
      for (let at = this.sheet.paragraphAt(one.start)?.at ?? 0; at < this.sheet.paragraphs.length; at++) {
        const paragraph = this.sheet.paragraphs[at];
        if (paragraph.start >= one.end) break;
        here.set(paragraph, [...(here.get(paragraph) ?? []), one]);
      }
    }
    return here;
  }

  private draw(paragraph: Paragraph, painted: readonly Painted[]): void {
    const sign = painted
      .map(({ coding, start, end, lane }) =>
        [coding.id, coding.code, start, end, lane, coding.isPending ?? "", coding.isSuggestion].join(),
      )
      .join(";");
    if ((this.shown.get(paragraph) ?? "") === sign) return;
    this.shown.set(paragraph, sign);
    const text = this.sheet.whole;
    const pieces = piecesOf(paragraph, painted);
    const nodes = pieces.map(({ start, end, over }) => {
      const words = text.slice(start, end);
      return over.length ? this.mark(words, over) : document.createTextNode(words);
    });
    paragraph.node.replaceChildren(...nodes);
  }

  private mark(words: string, over: readonly Painted[]): HTMLElement {
    const mark = element("mark", { class: classOf(over) }, words);
    const lined = over.filter(({ lane }) => lane < LANES);
    const room = LINE * (1 + Math.max(0, ...lined.map(({ lane }) => lane)));
    const lines = lined.map(({ coding, lane }) => {
      const [colour, height] = [`var(--c${lane})`, coding.isSuggestion ? 1 : 2];
      return `linear-gradient(${colour}, ${colour}) 0 calc(100% - ${room - LINE * (lane + 1)}px) / 100% ${height}px no-repeat`;
    });
    mark.style.paddingBottom = `${room}px`;
    for (const { coding, lane } of lined) mark.style.setProperty(`--c${lane}`, this.colourOf(coding.code));
    const top = over.reduce((one, other) => (other.end - other.start < one.end - one.start ? other : one));
    mark.style.setProperty("--tint", this.colourOf(top.coding.code));
    mark.style.background = [...lines, "color-mix(in srgb, var(--tint) var(--strength, 16%), transparent)"].join(", ");
    return mark;
  }
}

function classOf(over: readonly Painted[]): string {
  const names = ["coded"];
  if (over.every(({ coding }) => coding.isSuggestion)) names.push("suggested");
  if (over.some(({ coding }) => coding.isPending)) names.push("pending");
  return names.join(" ");
}
