/**
 * The reader: a document beside its codebook. Words are selected, a code is pressed, and the passage is saved: at once
 * where the case is clear, else when it is chosen.
 */
import { setUpDocumentMemo, setUpDrawer, setUpLayersMenu, setUpSteps, setUpTicking } from "./around.ts";
import { Bar } from "./bar.ts";
import { Card, type CardActs } from "./card.ts";
import { CodeDialog } from "./dialog.ts";
import { setUpForms } from "./forms.ts";
import { Layers } from "./layers.ts";
import { type Coding, type Codings, type Data, jsonIn, type Names, type Place, part, text } from "./model.ts";
import { Paint } from "./paint.ts";
import { Choice, Recent, setUpFilters, setUpRules, setUpTabs } from "./panel.ts";
import { Paper } from "./paper.ts";
import { Passages } from "./passages.ts";
import { Addresses, Outbox } from "./requests.ts";
import { asked, Refused, sent } from "./saving.ts";
import { Selecting } from "./selecting.ts";
import { Sheet } from "./sheet.ts";

const STILL = 4; // pixels that a pointer may move in a click

class Reader {
  private readonly data = jsonIn<Data>("reader-data");
  private readonly names = jsonIn<Names>("reader-names");
  private readonly addresses = new Addresses(this.data.review, this.data.id);
  private readonly room = part("text");
  private readonly sheet = new Sheet(this.room, this.data.pages);
  private readonly paint = new Paint(this.sheet, (code) => this.colourOf(code));
  private readonly card = new Card(this.names);
  private readonly recent = new Recent(this.data.review);
  private readonly outbox = new Outbox(this.data.review);
  private readonly bar = new Bar(this.room, this.sheet);
  private readonly layers = new Layers(this.data.coder, () => this.draw());
  private readonly choice = new Choice(this.data.review, this.data.id, () => this.caseChosen());
  private readonly dialog = new CodeDialog();
  private readonly paper = new Paper(this.data.pages.length, (page) => this.addresses.page(page));
  private readonly selecting: Selecting;
  private readonly passages: Passages;
  private codings: readonly Coding[] = this.data.codings;
  private pending: Coding[] = [];
  private armed = "";
  private asking = 0;
  private isDrawDue = false;

  constructor() {
    const units = this.sheet.units;
    const sentences = this.data.sentences.map(([start, end]) => ({
      start: units.toUnits(start),
      end: units.toUnits(end),
    }));
    const released = () => {
      if (this.isDrawDue) this.draw();
    };
    this.selecting = new Selecting(this.room, this.sheet, sentences, (place) => this.selected(place), released);
    this.passages = new Passages(this.names, {
      colourOf: (code) => this.colourOf(code),
      wordsOf: (coding) => this.wordsOf(coding),
      pageOf: (coding) => (this.data.pages.length > 1 ? this.sheet.pageAt(units.toUnits(coding.start)) : 0),
      open: (coding) => this.goTo(coding),
    });
    this.setUpText();
    this.setUpCodes();
    this.setUpAround();
    this.draw();
    for (const act of this.outbox.all()) void this.send(act.address, act.body, null, true);
    this.goToAnchor();
    addEventListener("hashchange", () => this.goToAnchor());
  }

  // What is there

  private colourOf(code: string): string {
    const button = document.querySelector<HTMLElement>(`[data-codes] [data-code="${CSS.escape(code)}"]`);
    return button?.style.getPropertyValue("--c").trim() || "#777777";
  }

  private wordsOf(coding: Coding): string {
    const { units, whole } = this.sheet;
    return whole.slice(units.toUnits(coding.start), units.toUnits(coding.end)).replace(/\s+/g, " ");
  }

  private draw(): void {
    this.isDrawDue = this.selecting?.isPressed ?? false;
    if (this.isDrawDue) return;
    const known = new Set(this.codings.map((one) => one.id));
    const all = [...this.codings, ...this.pending.filter((one) => !known.has(one.id))];
    this.layers.list(all);
    const shown = all.filter((coding) => this.layers.isShown(coding));
    this.paint.show(shown);
    if (this.selecting?.place && this.isSelectionLost()) this.selecting.restore();
    this.passages.show(shown, this.data.memos);
  }

  /** Drawing a paragraph anew takes the browser's selection away; what is selected for us stays. */
  private isSelectionLost(): boolean {
    const selection = getSelection();
    return document.activeElement?.matches("input, textarea, select")
      ? false
      : !selection?.rangeCount || selection.isCollapsed;
  }

  private async fetchAnew(): Promise<void> {
    const asking = ++this.asking;
    try {
      const { codings, memos } = await asked<Codings>(this.addresses.codings);
      if (asking !== this.asking) return;
      this.codings = codings;
      this.data.memos = memos;
      this.draw();
    } catch {
      // the page says itself that the server is away, and asks again when it is back
    }
  }

  // The text

  private setUpText(): void {
    let pressed = { x: 0, y: 0 };
    this.room.addEventListener("pointerdown", ({ clientX: x, clientY: y }) => {
      pressed = { x, y };
    });
    this.room.addEventListener("click", (event) => {
      const isDrag = Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) > STILL;
      if (isDrag || event.detail > 1 || !(event.target as Element).closest("mark.coded")) return;
      const at = caretAt(event.clientX, event.clientY);
      const unit = at && this.sheet.unitAt(...at);
      if (unit === undefined || unit === null) return;
      const here = this.paint.at(unit);
      if (here.length) this.openCard(here, new DOMRect(event.clientX, event.clientY, 1, 1));
    });
    this.room.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && this.selecting.place) this.selecting.clear();
      if (event.key !== "Enter" || !this.selecting.place) return;
      this.openAtSelection();
      event.preventDefault();
    });
    addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector("dialog[open]")) this.disarm();
    });
    let frame = 0;
    const follow = () => {
      frame = 0;
      this.followPage();
      this.bar.follow();
    };
    this.room.addEventListener(
      "scroll",
      () => {
        if (!frame) frame = requestAnimationFrame(follow);
      },
      { passive: true },
    );
    this.followPage();
  }

  private followPage(): void {
    const top = this.room.getBoundingClientRect().top + 80;
    const sections = this.sheet.sections;
    let [low, high] = [0, sections.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sections[middle].getBoundingClientRect().bottom > top) high = middle;
      else low = middle + 1;
    }
    const page = this.data.pages[low]?.number ?? 1;
    if (this.data.pages.length > 1)
      part("where").textContent = `· ${text("of", { page, pages: this.data.pages.length })}`;
    this.paper.show(page);
  }

  private openAtSelection(): void {
    const place = this.selecting.place;
    const here = place ? this.codingsIn(place) : [];
    this.bar.hide();
    if (place && here.length) this.openCard(here, this.sheet.rangeOf(place).getBoundingClientRect());
  }

  private codingsIn(place: Place): Coding[] {
    const { units } = this.sheet;
    return this.codings.filter(
      (one) => this.layers.isShown(one) && units.toUnits(one.start) < place.end && units.toUnits(one.end) > place.start,
    );
  }

  private goTo(coding: Coding): void {
    const { units } = this.sheet;
    const place = { start: units.toUnits(coding.start), end: units.toUnits(coding.end) };
    this.selecting.goTo(place);
    this.openCard([coding], this.sheet.rangeOf(place).getBoundingClientRect());
  }

  /** An address may name a passage, `#coding=ID`, or a place, `#at=START:END`. */
  private goToAnchor(): void {
    const hash = new URLSearchParams(location.hash.slice(1));
    const coding = this.codings.find((one) => one.id === hash.get("coding"));
    const [start, end] = (hash.get("at") ?? "").split(":").map(Number);
    if (coding) requestAnimationFrame(() => this.goTo(coding));
    else if (end > start) requestAnimationFrame(() => this.goToPoints(this.data.id, start, end));
  }

  /** Select a place of this document, or go to the document that has it. */
  private goToPoints(document: string, start: number, end: number): void {
    if (document !== this.data.id) {
      location.assign(`${this.addresses.part(document)}#at=${start}:${end}`);
      return;
    }
    const { units } = this.sheet;
    const place = { start: units.toUnits(start), end: units.toUnits(end) };
    this.selecting.goTo(place);
    this.selecting.select(place);
  }

  // Coding

  private setUpCodes(): void {
    // a press must not take the focus out of the text, nor the selection with it
    const keepSelection = (event: Event) => {
      if ((event.target as Element).closest("button, label.case")) event.preventDefault();
    };
    part("codes").addEventListener("pointerdown", keepSelection);
    part("codes").addEventListener("mousedown", keepSelection);
    part("bar").addEventListener("mousedown", keepSelection);
    document.addEventListener("click", (event) => {
      const button = (event.target as Element).closest<HTMLElement>(
        "[data-code], [data-new-code], [data-in-vivo], [data-add-memo]",
      );
      if (!button) return;
      if (button.dataset.code) this.give(button.dataset.code);
      else if (button.matches("[data-new-code]")) this.addCode();
      else if (button.matches("[data-in-vivo]")) this.inVivo();
      else if (button.matches("[data-here]")) this.openAtSelection();
      else this.openMemo();
    });
    part("codes").addEventListener("change", (event) => {
      const box = event.target as HTMLInputElement;
      if (box.dataset.looked) void this.looked(box);
    });
    part("codes").addEventListener("htmx:afterSwap", () => {
      this.showLooked();
      this.nameCodes();
      this.draw();
    });
    this.showLooked();
    setUpFilters();
    setUpRules();
  }

  /** Codes that were added since the page was loaded have names too. */
  private nameCodes(): void {
    for (const button of document.querySelectorAll<HTMLElement>("[data-codes] [data-code]"))
      this.names.codes[button.dataset.code ?? ""] = button.querySelector(".label")?.textContent ?? "";
  }

  /** Give a code to what is selected: at once where the case is clear, else when it is chosen. */
  private give(code: string): void {
    if (!this.selecting.update()) {
      this.say(text("select"));
      return;
    }
    if (!this.hasCase()) {
      this.armed = code;
      this.say(text("case", { code: this.names.codes[code] ?? code }));
      return;
    }
    void this.save(code);
  }

  private caseChosen(): void {
    const code = this.armed;
    this.disarm();
    this.showLooked();
    if (code && this.selecting.place) void this.save(code);
  }

  private disarm(): void {
    this.armed = "";
    this.choice.ask(false);
  }

  private inVivo(): void {
    const place = this.selecting.update();
    if (!place || !this.hasCase()) {
      this.say(text(place ? "caseFirst" : "select"));
      return;
    }
    const words = this.sheet.whole.slice(place.start, place.end).replace(/\s+/g, " ").trim();
    this.bar.hide();
    this.dialog.ask(words, async ({ label, group }) => {
      const body = this.bodyOf(place, { code: label, in_vivo: true, group });
      const saved = await asked<{ code: string; case: string }>(this.addresses.codings, body);
      this.recent.add(saved.code);
      this.choice.reset();
      this.say(text("coded", { code: label, case: this.names.cases[saved.case] ?? saved.case }));
      await this.fetchAnew();
      live();
    });
  }

  private addCode(): void {
    this.dialog.ask(null, async (given) => {
      await asked(this.addresses.codes, given);
      this.say(text("added", { code: given.label }));
      live();
    });
  }

  /** Whether it is clear for which case passages are coded; where not, the choice asks for it. */
  private hasCase(): boolean {
    const isClear = !this.choice.isNeeded || this.choice.value !== "";
    this.choice.ask(!isClear);
    if (!isClear) this.choice.focus();
    return isClear;
  }

  private bodyOf(place: Place, what: { code: string; in_vivo?: boolean; group?: string }) {
    const { document: _document, ...words } = this.quoted(place);
    const { value, stance, scope } = this.choice;
    return { ...words, case: value, stance, scope, memo: part<HTMLTextAreaElement>("memo").value.trim(), ...what };
  }

  private async save(code: string): Promise<void> {
    const body = this.bodyOf(this.selecting.place as Place, { code });
    const shown: Coding = {
      id: `pending-${crypto.getRandomValues(new Uint32Array(2)).join("-")}`,
      start: body.start,
      end: body.end,
      code,
      case: body.case,
      coder: this.data.coder,
      stance: body.stance,
      scope: body.scope,
      isOwn: true,
      isSuggestion: false,
      isAside: false,
      isAgain: false,
      memos: [],
      isPending: true,
    };
    this.bar.hide();
    await this.send(this.addresses.codings, body, shown, false);
  }

  /** Send an act; it is shown, and kept over a reload, until the server has it. */
  private async send(address: string, body: unknown, shown: Coding | null, isOld: boolean): Promise<void> {
    const act = { address, body };
    const code = (body as { code?: string }).code ?? "";
    const label = this.names.codes[code] ?? code;
    if (shown) {
      this.pending.push(shown);
      this.draw();
    }
    if (!isOld) this.outbox.add(act);
    try {
      const saved = await sent<{ id: string; code: string; case: string; isNew: boolean }>(act, () =>
        this.say(text("waiting", { code: label }), true),
      );
      this.outbox.remove(act);
      if (!isOld) this.choice.reset();
      if (shown) {
        this.recent.add(saved.code);
        Object.assign(shown, { id: saved.id, code: saved.code, case: saved.case, isPending: false });
        this.draw();
      }
      const name = this.names.codes[saved.code] ?? label;
      this.say(
        text(saved.isNew ? "coded" : "already", { code: name, case: this.names.cases[saved.case] ?? saved.case }),
      );
    } catch (error) {
      this.outbox.remove(act);
      this.fail(error);
    }
    await this.fetchAnew();
    this.pending = this.pending.filter((one) => one !== shown);
    this.draw();
    live();
  }

  private selected(place: Place | null): void {
    if (!place) {
      this.bar.hide();
      this.disarm();
      return;
    }
    const isUsable = (code: string) =>
      document.querySelector(`[data-codes] [data-code="${CSS.escape(code)}"]:not(:disabled)`) !== null;
    const codes = this.recent.codes.filter(isUsable);
    const named = codes.map((id) => ({ id, name: this.names.codes[id] ?? id, colour: this.colourOf(id) }));
    this.bar.show(place, named, this.codingsIn(place).length);
  }

  private quoted(place: Place): { document: string; start: number; end: number; quote: string } {
    const { units, whole } = this.sheet;
    const quote = whole.slice(place.start, place.end);
    return { document: this.data.id, start: units.toPoints(place.start), end: units.toPoints(place.end), quote };
  }

  // Changing

  private openCard(codings: readonly Coding[], box: DOMRect): void {
    const place = this.selecting.place;
    const acts: CardActs = {
      colourOf: (code) => this.colourOf(code),
      change: (coding, fields) => void this.act(this.addresses.change, { id: coding.id, ...fields }, text("changed")),
      withdraw: (coding) => {
        this.card.close();
        void this.act(this.addresses.of("withdraw"), { ids: [coding.id] }, text("withdrawn"));
      },
      confirm: (coding) => {
        this.card.close();
        void this.act(this.addresses.of("confirm"), { ids: [coding.id] }, text("confirmed"));
      },
      answer: (coding, isTaken) => {
        this.card.close();
        void this.act(
          this.addresses.of("suggestions"),
          isTaken ? { take: [coding.id] } : { decline: [coding.id] },
          text("saved"),
        );
      },
      memo: (coding, words) =>
        void this.act(this.addresses.of("memos"), { about: "coding", of: coding.id, text: words }, text("memoSaved")),
      history: (coding) => asked(this.addresses.history(coding.id)),
      bounds:
        place &&
        ((coding) => {
          this.card.close();
          const { document: _document, ...words } = this.quoted(place);
          void this.act(this.addresses.change, { id: coding.id, place: words }, text("changed"));
        }),
    };
    this.card.open(codings, box, acts);
  }

  private async act(address: string, body: unknown, done: string): Promise<boolean> {
    try {
      await sent({ address, body }, () => this.say(text("failed"), true));
      await this.fetchAnew();
      this.say(done);
      live();
      return true;
    } catch (error) {
      this.fail(error);
      return false;
    }
  }

  private async looked(box: HTMLInputElement): Promise<void> {
    const body = { case: this.choice.value, group: box.dataset.looked, done: box.checked };
    if (!(await this.act(this.addresses.of("looked"), body, text("saved")))) box.checked = !box.checked;
  }

  /** Whether the chosen case was read for all codes of a group. */
  private showLooked(): void {
    for (const box of document.querySelectorAll<HTMLInputElement>("[data-looked]")) {
      box.disabled = !this.choice.value;
      box.checked =
        (box.dataset.done ?? "").trim().split(/\s+/).includes(this.choice.value) && this.choice.value !== "";
    }
  }

  // Around it

  private setUpAround(): void {
    document.body.addEventListener("live", (event) => {
      if ((event as CustomEvent<{ own?: boolean }>).detail?.own) return;
      void this.fetchAnew();
      const forms = document.getElementById("panel-forms");
      if (forms && !forms.hidden) forms.dispatchEvent(new CustomEvent("opened"));
    });
    setUpTabs((name) => {
      this.bar.hide();
      if (name === "passages") this.passages.open();
      document.getElementById(`panel-${name}`)?.dispatchEvent(new CustomEvent("opened"));
    });
    setUpSteps((by) => this.selecting.step(by));
    setUpForms(
      () => this.selecting.place && this.quoted(this.selecting.place),
      (passage) => this.goToPoints(passage.document, passage.start, passage.end),
    );
    setUpTicking();
    setUpLayersMenu();
    setUpDrawer();
    setUpDocumentMemo((words) => {
      const body = { about: "document", of: this.data.id, text: words };
      return this.act(this.addresses.of("memos"), body, text("memoSaved"));
    });
  }

  private openMemo(): void {
    part<HTMLDetailsElement>("more").open = true;
    this.bar.hide();
    part("memo").focus();
  }

  private say(words: string, isWaiting = false): void {
    const status = part("status");
    status.textContent = words;
    status.classList.toggle("waiting", isWaiting);
  }

  private fail(error: unknown): void {
    const words = error instanceof Refused ? error.message : text("failed");
    this.say("");
    document.body.dispatchEvent(new CustomEvent("said", { bubbles: true, detail: { text: words, kind: "error" } }));
  }
}

/** Let the rest of the page fetch itself anew. */
function live(): void {
  document.body.dispatchEvent(new CustomEvent("live", { detail: { own: true } }));
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

if (document.getElementById("reader-data")) new Reader();
