/** What is selected: by the mouse or a finger, or sentence by sentence with keys. It stays until something else is. */
import { isWriting } from "../viewer/keys.ts";
import type { Place } from "./model.ts";
import type { Sheet } from "./sheet.ts";
import { trimmed } from "./units.ts";

const MARGIN = 90; // pixels between a sentence that was gone to and the edge of the text

export class Selecting {
  place: Place | null = null;
  private readonly room: HTMLElement;
  private readonly sheet: Sheet;
  private readonly sentences: readonly Place[];
  private readonly changed: (place: Place | null) => void;
  private anchor = -1; // the sentence that an extended selection began with
  private current = -1;
  /** Whether words are being selected just now: what is on the page must stay as it is. */
  isPressed = false;

  constructor(
    room: HTMLElement,
    sheet: Sheet,
    sentences: readonly Place[],
    changed: (place: Place | null) => void,
    released: () => void,
  ) {
    this.room = room;
    this.sheet = sheet;
    this.sentences = sentences;
    this.changed = changed;
    room.addEventListener("pointerdown", () => {
      this.isPressed = true;
    });
    addEventListener("pointerup", () => {
      if (!this.isPressed) return;
      this.isPressed = false;
      setTimeout(() => {
        this.read(); // the browser changes its selection after this event
        released();
      }, 0);
    });
    addEventListener("pointercancel", () => {
      this.isPressed = false; // a finger scrolls
      released();
    });
    document.addEventListener("selectionchange", () => {
      if (!this.isPressed) this.read();
    });
    addEventListener("keydown", (event) => this.key(event));
  }

  /** Select a stretch of the text. */
  select(place: Place): void {
    this.set(place);
    this.show(place);
  }

  /** Take what is selected by now: a key may be quicker than the browser says that its selection has changed. */
  update(): Place | null {
    if (!this.isPressed) this.read();
    return this.place;
  }

  /** Show again what is selected, where the browser has lost it: drawing a paragraph anew takes its selection away. */
  restore(): void {
    const selection = getSelection();
    const isTyping = document.activeElement?.matches("input, textarea, select");
    if (this.place && !isTyping && (!selection?.rangeCount || selection.isCollapsed)) this.show(this.place);
  }

  clear(): void {
    this.anchor = -1;
    getSelection()?.removeAllRanges();
    this.set(null);
  }

  /** Go to the next sentence, or the one before; with `isExtending`, take it into the selection. */
  step(by: number, isExtending = false): void {
    if (!this.sentences.length) return;
    const from = this.current >= 0 ? this.current + by : this.firstInView(by);
    const to = Math.max(0, Math.min(from, this.sentences.length - 1));
    if (!isExtending || this.anchor < 0) this.anchor = isExtending && this.current >= 0 ? this.current : to;
    this.current = to;
    const ends = [this.sentences[this.anchor], this.sentences[to]];
    const place = { start: Math.min(...ends.map((one) => one.start)), end: Math.max(...ends.map((one) => one.end)) };
    this.place = place;
    this.show(place);
    this.goTo(this.sentences[to]);
    this.changed(place);
  }

  /** Bring a stretch into view, if it is not. */
  goTo(place: Place): void {
    const paragraph = this.sheet.paragraphAt(place.start)?.node;
    if (paragraph && !paragraph.getClientRects().length) paragraph.scrollIntoView();
    const box = this.sheet.rangeOf(place).getBoundingClientRect();
    const room = this.room.getBoundingClientRect();
    if (!box.height) {
      paragraph?.scrollIntoView({ block: "center" });
      return;
    }
    if (box.top >= room.top + MARGIN && box.bottom <= room.bottom - MARGIN) return;
    this.room.scrollBy({ top: box.top - room.top - room.height / 3, behavior: "instant" });
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.composedPath()[0])) return;
    if (document.querySelector("dialog[open]")) return;
    const by = { j: 1, k: -1 }[event.key.toLowerCase()];
    if (by === undefined) return;
    event.preventDefault();
    this.step(by, event.shiftKey);
  }

  /** Take what the browser has selected; a selection elsewhere on the page changes nothing. */
  private read(): void {
    const selection = getSelection();
    if (!selection?.rangeCount) return;
    const range = selection.getRangeAt(0);
    if (!this.room.contains(range.commonAncestorContainer)) return;
    if (range.collapsed) {
      this.current = this.sentenceAt(this.sheet.unitAt(range.startContainer, range.startOffset) ?? -1);
      this.anchor = -1;
      this.set(null);
      return;
    }
    const place = this.sheet.placeOf(range);
    const bare = place && trimmed(this.sheet.whole, ...this.sheet.units.whole(place.start, place.end));
    if (!bare) return;
    const [start, end] = bare;
    if (this.place?.start === start && this.place.end === end) return;
    this.current = this.sentenceAt(start);
    this.anchor = -1;
    this.set({ start, end });
  }

  private set(place: Place | null): void {
    if (place === null && this.place === null) return;
    this.place = place;
    this.changed(place);
  }

  private show(place: Place): void {
    const selection = getSelection();
    selection?.removeAllRanges();
    selection?.addRange(this.sheet.rangeOf(place));
  }

  private sentenceAt(unit: number): number {
    const after = this.sentences.findIndex((one) => one.end > unit);
    return unit < 0 ? this.current : after;
  }

  private firstInView(by: number): number {
    const top = this.room.getBoundingClientRect().top;
    const first = this.sheet.paragraphs.find(({ node }) => node.getBoundingClientRect().bottom > top);
    const at = this.sentences.findIndex((one) => one.end > (first?.start ?? 0));
    return by < 0 ? at : Math.max(at, 0);
  }
}
