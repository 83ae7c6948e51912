/**
 * The text of a document on the page: a section for each page, in it a paragraph for each stretch between empty lines,
 * and in that nothing but the text's own letters, so that a place in the one is a place in the other.
 */
import { element } from "../pages/elements.ts";
import type { Page, Place } from "./model.ts";
import { text as words } from "./model.ts";
import { Units } from "./units.ts";

export interface Paragraph extends Place {
  /** Which one it is, from 0. */
  at: number;
  node: HTMLElement;
}

/** A line that stands by itself: a list's, a heading's, a table's. Elsewhere lines are joined, as paper breaks them. */
const LINES = /^[ \t]*(?:[-*•#>|]|\d{1,3}[.)])[ \t]?\S.*(?:\n|$)/m;
const TITLE = /^#{1,6}[ \t][^\n]*$/; // of a part, as Markdown has it
const LETTERS = 2_600; // about those of a screen, for the room that a page takes before it is drawn

export class Sheet {
  readonly whole: string;
  readonly units: Units;
  readonly paragraphs: readonly Paragraph[];
  readonly sections: readonly HTMLElement[];
  readonly pages: readonly Page[];
  private readonly room: HTMLElement;

  constructor(room: HTMLElement, pages: readonly Page[]) {
    this.room = room;
    this.pages = pages;
    this.whole = pages.map((page) => page.text).join("\f");
    this.units = new Units(this.whole, pages[0]?.start ?? 0);
    const paragraphs: Paragraph[] = [];
    let at = 0;
    this.sections = pages.map((page) => {
      const section = sectionOf(page, pages.length > 1);
      for (const { start, end } of paragraphsOf(page.text)) {
        const text = page.text.slice(start, end);
        const names = [LINES.test(text) ? "lines" : "", TITLE.test(text) ? "title" : ""].filter(Boolean).join(" ");
        const node = element("p", { dir: "auto", ...(names && { class: names }) }, text);
        section.append(node);
        paragraphs.push({ at: paragraphs.length, start: at + start, end: at + end, node });
      }
      at += page.text.length + 1;
      return section;
    });
    this.paragraphs = paragraphs;
    room.replaceChildren(...this.sections);
  }

  /** The stretch that a range of the page covers, in units; null where it covers nothing of the text. */
  placeOf(range: Range): Place | null {
    const start = this.unitAt(range.startContainer, range.startOffset) ?? this.firstIn(range)?.start;
    const end = this.unitAt(range.endContainer, range.endOffset) ?? this.lastIn(range)?.end;
    return start === undefined || end === undefined || end <= start ? null : { start, end };
  }

  /** The stretch, in units, of one in code points. */
  placeOfPoints({ start, end }: Place): Place {
    return { start: this.units.toUnits(start), end: this.units.toUnits(end) };
  }

  /** A stretch as the server knows it: in code points, with the words that were selected. */
  quoted({ start, end }: Place): { start: number; end: number; quote: string } {
    return {
      start: this.units.toPoints(start),
      end: this.units.toPoints(end),
      quote: this.whole.slice(start, end),
    };
  }

  /** The words of a stretch in one line. */
  wordsIn({ start, end }: Place): string {
    return this.whole.slice(start, end).replace(/\s+/g, " ");
  }

  /** The range of a stretch. */
  rangeOf({ start, end }: Place): Range {
    const range = document.createRange();
    range.setStart(...this.pointAt(start, false));
    range.setEnd(...this.pointAt(end, true));
    return range;
  }

  paragraphAt(unit: number): Paragraph | undefined {
    let [low, high] = [0, this.paragraphs.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.paragraphs[middle].end <= unit) low = middle + 1;
      else high = middle;
    }
    return this.paragraphs[Math.min(low, this.paragraphs.length - 1)];
  }

  /** The place on the page of a unit: at the end of a text where `isEnd`, else before the letter. */
  pointAt(unit: number, isEnd: boolean): [Node, number] {
    const paragraph = this.paragraphAt(isEnd ? Math.max(unit - 1, 0) : unit);
    if (!paragraph) return [this.room, 0];
    let left = Math.max(0, Math.min(unit, paragraph.end) - paragraph.start);
    const walker = document.createTreeWalker(paragraph.node, NodeFilter.SHOW_TEXT);
    let last: Text | null = null;
    while (walker.nextNode()) {
      const node = walker.currentNode as Text;
      if (left < node.length || (isEnd && left === node.length)) return [node, left];
      left -= node.length;
      last = node;
    }
    return last ? [last, last.length] : [paragraph.node, 0];
  }

  unitAt(node: Node, offset: number): number | undefined {
    const within = (node instanceof Element ? node : node.parentElement)?.closest("p");
    const paragraph = within && this.byNode.get(within);
    if (!paragraph) return undefined;
    const before = document.createRange();
    before.setStart(paragraph.node, 0);
    before.setEnd(node, offset);
    return paragraph.start + before.toString().length;
  }

  /** The number of the page of a unit, where the text has pages. */
  pageAt(unit: number): number {
    return Number(this.paragraphAt(unit)?.node.parentElement?.dataset.page ?? 1);
  }

  private get byNode(): Map<Element, Paragraph> {
    this.nodes ??= new Map(this.paragraphs.map((one) => [one.node, one]));
    return this.nodes;
  }

  private nodes: Map<Element, Paragraph> | undefined;

  private firstIn(range: Range): Paragraph | undefined {
    return this.paragraphs.find(({ node }) => range.intersectsNode(node));
  }

  private lastIn(range: Range): Paragraph | undefined {
    return [...this.paragraphs].reverse().find(({ node }) => range.intersectsNode(node));
  }
}

function sectionOf(page: Page, isOneOfMany: boolean): HTMLElement {
  const section = element("section", { class: "page", "data-page": String(page.number) });
  if (isOneOfMany) {
    section.dataset.label = words("page", { page: page.number });
    section.style.setProperty("contain-intrinsic-size", `auto ${Math.ceil((page.text.length / LETTERS) * 50) + 4}rem`);
  }
  return section;
}

/** The stretches between empty lines; all letters of the text are in one of them but for white space between. */
export function paragraphsOf(text: string): Place[] {
  const places: Place[] = [];
  let start = 0;
  for (const gap of text.matchAll(/\r?\n[^\S\n]*(?:\r?\n\s*)+/g)) {
    places.push(...brokenUp(text, start, gap.index));
    start = gap.index + gap[0].length;
  }
  places.push(...brokenUp(text, start, text.length));
  const bare = places.map(({ start, end }) => ({ start: start + text.slice(start, end).search(/\S|$/), end }));
  return bare.filter(({ start, end }) => start < end);
}

const FULL = 40; // letters from which on lines are taken for set ones
const SHORT = 0.8; // share of a full line up to which a line is the last of its paragraph

/** A page of a PDF has no empty lines: there a short line ends a paragraph, if the next does not go on in small letters. */
function brokenUp(text: string, start: number, end: number): Place[] {
  const lines = [...text.slice(start, end).matchAll(/[^\n]+/g)].map((line) => ({
    at: start + line.index,
    words: line[0],
  }));
  const lengths = lines.map(({ words }) => words.length).sort((one, other) => one - other);
  const full = lengths[Math.floor(lengths.length * 0.8)] ?? 0;
  if (lines.length < 4 || full < FULL) return [{ start, end }];
  const places: Place[] = [];
  let from = start;
  for (const [number, { words }] of lines.slice(0, -1).entries()) {
    const next = lines[number + 1];
    if (words.trimEnd().length > SHORT * full || /^\s*\p{Ll}/u.test(next.words) || /[-\u00ad,]\s*$/.test(words))
      continue;
    places.push({ start: from, end: next.at - 1 });
    from = next.at;
  }
  return [...places, { start: from, end }];
}
