/** From words of the text to their passages, and from a passage, an address or a page of the paper to its words. */
import type { Bar } from "./bar.ts";
import type { Changing } from "./changing.ts";
import type { Coded } from "./coded.ts";
import { type Coding, type Data, part, text } from "./model.ts";
import { Paper } from "./paper.ts";
import type { Addresses } from "./requests.ts";
import type { Selecting } from "./selecting.ts";
import type { Sheet } from "./sheet.ts";

const STILL = 4; // pixels that a pointer may move in a click
const UNDER = 80; // pixels under the upper edge of the text where the page is that is read

interface Means {
  data: Data;
  addresses: Addresses;
  room: HTMLElement;
  sheet: Sheet;
  selecting: Selecting;
  bar: Bar;
  coded: Coded;
  changing: Changing;
}

export class Finding {
  private readonly means: Means;
  private readonly paper: Paper;

  constructor(means: Means) {
    this.means = means;
    this.paper = new Paper(means.data.pages.length, (page) => means.addresses.page(page));
    this.setUpClicks();
    this.setUpKeys();
    this.setUpScrolling();
    addEventListener("hashchange", () => this.goToAnchor());
  }

  /** Go to a passage and show what it is coded with. */
  goTo(coding: Coding): void {
    const { sheet, selecting, changing } = this.means;
    const place = sheet.placeOfPoints(coding);
    selecting.goTo(place);
    changing.open([coding], sheet.rangeOf(place).getBoundingClientRect());
  }

  /** An address may name a passage, `#coding=ID`, or a place, `#at=START:END`. */
  goToAnchor(): void {
    const hash = new URLSearchParams(location.hash.slice(1));
    const coding = this.means.coded.named(hash.get("coding"));
    const [start, end] = (hash.get("at") ?? "").split(":").map(Number);
    if (coding) requestAnimationFrame(() => this.goTo(coding));
    else if (end > start) requestAnimationFrame(() => this.goToPoints(this.means.data.id, start, end));
  }

  /** Select a place of this document, or go to the document that has it. */
  goToPoints(document: string, start: number, end: number): void {
    const { data, addresses, sheet, selecting } = this.means;
    if (document !== data.id) {
      location.assign(`${addresses.part(document)}#at=${start}:${end}`);
      return;
    }
    const place = sheet.placeOfPoints({ start, end });
    selecting.goTo(place);
    selecting.select(place);
  }

  /** Show the passages that share words with the selection. */
  openAtSelection(): void {
    const { sheet, selecting, bar, coded, changing } = this.means;
    const place = selecting.place;
    const here = place ? coded.within(place) : [];
    bar.hide();
    if (place && here.length) changing.open(here, sheet.rangeOf(place).getBoundingClientRect());
  }

  private setUpClicks(): void {
    const { room, sheet, coded, changing } = this.means;
    let pressed = { x: 0, y: 0 };
    room.addEventListener("pointerdown", ({ clientX: x, clientY: y }) => {
      pressed = { x, y };
    });
    room.addEventListener("click", (event) => {
      const isDrag = Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) > STILL;
      if (isDrag || event.detail > 1 || !(event.target as Element).closest("mark.coded")) return;
      const at = caretAt(event.clientX, event.clientY);
      const unit = at && sheet.unitAt(...at);
      if (unit === undefined || unit === null) return;
      const here = coded.at(unit);
      if (here.length) changing.open(here, new DOMRect(event.clientX, event.clientY, 1, 1));
    });
  }

  private setUpKeys(): void {
    const { room, selecting } = this.means;
    room.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && selecting.place) selecting.clear();
      if (event.key !== "Enter" || !selecting.place) return;
      this.openAtSelection();
      event.preventDefault();
    });
  }

  private setUpScrolling(): void {
    let frame = 0;
    const follow = () => {
      frame = 0;
      this.followPage();
      this.means.bar.follow();
    };
    const wait = () => {
      if (!frame) frame = requestAnimationFrame(follow);
    };
    this.means.room.addEventListener("scroll", wait, { passive: true });
    this.followPage();
  }

  /** Say which page is read, and show its picture. */
  private followPage(): void {
    const { room, sheet, data } = this.means;
    const top = room.getBoundingClientRect().top + UNDER;
    let [low, high] = [0, sheet.sections.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sheet.sections[middle].getBoundingClientRect().bottom > top) high = middle;
      else low = middle + 1;
    }
    const page = data.pages[low]?.number ?? 1;
    if (data.pages.length > 1) part("where").textContent = `· ${text("of", { page, pages: data.pages.length })}`;
    this.paper.show(page);
  }
}

/** The place of the text under a point of the window. */
function caretAt(x: number, y: number): [Node, number] | null {
  const there = document as Document & {
    caretPositionFromPoint?: (x: number, y: number) => { offsetNode: Node; offset: number } | null;
  };
  const at = there.caretPositionFromPoint?.(x, y);
  if (at) return [at.offsetNode, at.offset];
  const range = document.caretRangeFromPoint?.(x, y);
  return range ? [range.startContainer, range.startOffset] : null;
}
