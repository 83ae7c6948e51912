/** Giving codes to what is selected: at once where the case is clear, else when it is chosen. */
import type { Bar } from "./bar.ts";
import type { Codebook } from "./codebook.ts";
import type { Coded } from "./coded.ts";
import { CodeDialog } from "./dialog.ts";
import { type Coding, type Data, type Place, part, text } from "./model.ts";
import type { Choice, Recent } from "./panel.ts";
import type { Addresses } from "./requests.ts";
import { asked } from "./saving.ts";
import { live, say } from "./saying.ts";
import type { Selecting } from "./selecting.ts";
import type { Sending } from "./sending.ts";
import type { Sheet } from "./sheet.ts";

interface Means {
  data: Data;
  addresses: Addresses;
  sheet: Sheet;
  selecting: Selecting;
  bar: Bar;
  codebook: Codebook;
  choice: Choice;
  recent: Recent;
  coded: Coded;
  sending: Sending;
}

export class Giving {
  private readonly means: Means;
  private readonly dialog = new CodeDialog();
  private armed = ""; // the code that is given once the case is chosen

  constructor(means: Means) {
    this.means = means;
    addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector("dialog[open]")) this.disarm();
    });
  }

  /** Offer at a selection the codes that were given last; nothing where nothing is selected. */
  offer(place: Place | null): void {
    const { bar, recent, codebook, coded } = this.means;
    if (!place) {
      bar.hide();
      this.disarm();
      return;
    }
    const codes = recent.codes.filter((code) => codebook.isUsable(code));
    const named = codes.map((id) => ({ id, name: codebook.labelOf(id), colour: codebook.colourOf(id) }));
    bar.show(place, named, coded.within(place).length);
  }

  /** Give a code to what is selected. */
  give(code: string): void {
    if (!this.means.selecting.update()) {
      say(text("select"));
      return;
    }
    if (!this.hasCase()) {
      this.armed = code;
      say(text("case", { code: this.means.codebook.labelOf(code) }));
      return;
    }
    this.save(code);
  }

  /** Give the code that waited for a case; cases that were only fetched anew leave it waiting. */
  caseChosen(): void {
    const { choice, selecting } = this.means;
    if (choice.isNeeded && choice.value === "") return;
    const code = this.armed;
    this.disarm();
    if (code && selecting.place) this.save(code);
  }

  inVivo(): void {
    const { selecting, sheet, bar, addresses, recent, choice, codebook, coded } = this.means;
    const place = selecting.update();
    if (!place || !this.hasCase()) {
      say(text(place ? "caseFirst" : "select"));
      return;
    }
    bar.hide();
    this.dialog.ask(sheet.wordsIn(place).trim(), async ({ label, group }) => {
      const body = this.bodyOf(place, { code: label, in_vivo: true, group });
      const saved = await asked<{ code: string; case: string }>(addresses.codings, body);
      recent.add(saved.code);
      choice.reset();
      say(text("coded", { code: label, case: codebook.caseOf(saved.case) }));
      await coded.fetchAnew();
      live();
    });
  }

  addCode(): void {
    this.dialog.ask(null, async (given) => {
      await asked(this.means.addresses.codes, given);
      say(text("added", { code: given.label }));
      live();
    });
  }

  openMemo(): void {
    part<HTMLDetailsElement>("more").open = true;
    this.means.bar.hide();
    part("memo").focus();
  }

  private disarm(): void {
    this.armed = "";
    this.means.choice.ask(false);
  }

  /** Whether it is clear for which case passages are coded; where not, the choice asks for it. */
  private hasCase(): boolean {
    const { choice } = this.means;
    const isClear = !choice.isNeeded || choice.value !== "";
    choice.ask(!isClear);
    if (!isClear) choice.focus();
    return isClear;
  }

  private bodyOf(place: Place, what: { code: string; in_vivo?: boolean; group?: string }) {
    const { value, stance, scope } = this.means.choice;
    const memo = part<HTMLTextAreaElement>("memo").value.trim();
    return { ...this.means.sheet.quoted(place), case: value, stance, scope, memo, ...what };
  }

  private save(code: string): void {
    const { data, addresses, selecting, bar, choice, recent, sending } = this.means;
    const body = this.bodyOf(selecting.place as Place, { code });
    const shown: Coding = {
      id: `pending-${crypto.getRandomValues(new Uint32Array(2)).join("-")}`,
      start: body.start,
      end: body.end,
      code,
      case: body.case,
      coder: data.coder,
      stance: body.stance,
      scope: body.scope,
      isOwn: true,
      isSuggestion: false,
      isAside: false,
      isAgain: false,
      memos: [],
      isPending: true,
    };
    bar.hide();
    void sending.add({ address: addresses.codings, body }, shown, (saved) => {
      choice.reset();
      recent.add(saved);
    });
  }
}
