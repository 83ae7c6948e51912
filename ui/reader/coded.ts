/** What is coded in the document, as far as the server knows and what it has not heard of yet: in the text, in a list. */
import type { Codebook } from "./codebook.ts";
import { Layers } from "./layers.ts";
import { type Coding, type Codings, type Data, type Place, part } from "./model.ts";
import { Paint } from "./paint.ts";
import { Passages } from "./passages.ts";
import { asked } from "./saving.ts";
import type { Selecting } from "./selecting.ts";
import type { Sheet } from "./sheet.ts";

export class Coded {
  private readonly sheet: Sheet;
  private readonly selecting: Selecting;
  private readonly address: string;
  private readonly paint: Paint;
  private readonly layers: Layers;
  private readonly passages: Passages;
  private readonly version: string;
  private known: Codings;
  private pending: readonly Coding[] = [];
  private asking = 0;
  private isDrawDue = false;

  constructor(
    data: Data,
    address: string,
    sheet: Sheet,
    selecting: Selecting,
    codebook: Codebook,
    open: (coding: Coding) => void,
  ) {
    this.version = data.version;
    this.known = data;
    this.address = address;
    this.sheet = sheet;
    this.selecting = selecting;
    const colourOf = (code: string) => codebook.colourOf(code);
    this.paint = new Paint(sheet, colourOf);
    this.layers = new Layers(data.coder, () => this.draw());
    this.passages = new Passages(codebook.names, {
      colourOf,
      wordsOf: (coding) => sheet.wordsIn(sheet.placeOfPoints(coding)),
      pageOf: (coding) => (data.pages.length > 1 ? sheet.pageAt(sheet.placeOfPoints(coding).start) : 0),
      open,
    });
  }

  /** The passage that has an id, whether it is shown or not. */
  named(id: string | null): Coding | undefined {
    return this.known.codings.find((one) => one.id === id);
  }

  /** The passages over a place of the text. */
  at(unit: number): readonly Coding[] {
    return this.paint.at(unit);
  }

  /** The passages that share words with a stretch. */
  within({ start, end }: Place): Coding[] {
    return this.known.codings.filter((one) => {
      const place = this.sheet.placeOfPoints(one);
      return this.layers.isShown(one) && place.start < end && place.end > start;
    });
  }

  /** Show a passage before the server has it. */
  expect(coding: Coding): void {
    this.pending = [...this.pending, coding];
    this.draw();
  }

  /** Take a passage as one that the server has, under the id that it has there. */
  settle(coding: Coding, saved: Pick<Coding, "id" | "code" | "case">): void {
    const isKnown = this.named(saved.id) !== undefined;
    const { id, code, case: of } = saved;
    const settled = { ...coding, id, code, case: of, isPending: false };
    if (!isKnown) this.known = { ...this.known, codings: [...this.known.codings, settled] };
    this.forget(coding);
  }

  /** Show a passage no longer that the server does not have. */
  forget(coding: Coding): void {
    this.pending = this.pending.filter((one) => one !== coding);
    this.draw();
  }

  /** Show what is coded; while words are being selected, the page waits. */
  draw(): void {
    this.isDrawDue = this.selecting.isPressed;
    if (this.isDrawDue) return;
    const known = new Set(this.known.codings.map((one) => one.id));
    const all = [...this.known.codings, ...this.pending.filter((one) => !known.has(one.id))];
    this.layers.list(all);
    const shown = all.filter((coding) => this.layers.isShown(coding));
    this.paint.show(shown);
    this.selecting.restore();
    this.passages.show(shown, this.known.memos);
  }

  drawIfDue(): void {
    if (this.isDrawDue) this.draw();
  }

  /** Fill the list of passages, which is not kept up to date while it is closed. */
  list(): void {
    this.passages.open();
  }

  async fetchAnew(): Promise<void> {
    const asking = ++this.asking;
    try {
      const known = await asked<Codings>(this.address);
      if (asking !== this.asking) return;
      // in another text these places are of other words; what is shown is still right for the text that is shown
      part("other-text").hidden = known.version === this.version;
      if (known.version !== this.version) return;
      this.known = known;
      this.draw();
    } catch {
      // the page says itself that the server is away, and asks again when it is back
    }
  }
}
