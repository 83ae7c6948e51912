/** The card of passages: what they are coded with and by whom; changed, withdrawn, accepted or declined. */
import { buttonOf, element } from "../pages/elements.ts";
import { type Coding, type Names, part, text } from "./model.ts";

export interface CardActs {
  change: (coding: Coding, fields: Readonly<Record<string, string>>) => void;
  withdraw: (coding: Coding) => void;
  confirm: (coding: Coding) => void;
  answer: (coding: Coding, isTaken: boolean) => void;
  memo: (coding: Coding, words: string) => void;
  history: (coding: Coding) => Promise<readonly { time: string; coder: string; text: string }[]>;
  /** Give a passage the words that are selected; null where none are. */
  bounds: ((coding: Coding) => void) | null;
  colourOf: (code: string) => string;
}

export class Card {
  private readonly card = part("card");
  private readonly names: Names;
  private back: Element | null = null;

  constructor(names: Names) {
    this.names = names;
    addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || this.card.hidden) return;
      event.preventDefault();
      this.close();
    });
    addEventListener("pointerdown", (event) => {
      if (!this.card.contains(event.target as Node)) this.close(false);
    });
  }

  get isOpen(): boolean {
    return !this.card.hidden;
  }

  /** Show passages at a place of the window; the keyboard goes into the card. */
  open(codings: readonly Coding[], box: DOMRect, acts: CardActs): void {
    this.back = document.activeElement;
    const close = buttonOf("×", () => this.close(), text("close"));
    close.className = "quiet small close";
    const head = codings.length > 1 ? [element("p", { class: "note" }, text("overlap", { n: codings.length }))] : [];
    this.card.replaceChildren(close, ...head, ...codings.map((one) => this.entry(one, acts)));
    this.card.hidden = false;
    const { offsetWidth: width, offsetHeight: height } = this.card;
    const below = box.bottom + 8;
    this.card.style.left = `${Math.max(8, Math.min(box.left, innerWidth - width - 8))}px`;
    this.card.style.top = `${Math.max(8, below + height > innerHeight ? box.top - height - 8 : below)}px`;
    this.card.focus({ preventScroll: true });
  }

  close(isReturning = true): void {
    if (this.card.hidden) return;
    this.card.hidden = true;
    if (isReturning && this.back instanceof HTMLElement) this.back.focus({ preventScroll: true });
  }

  private entry(coding: Coding, acts: CardActs): HTMLElement {
    const entry = element("article", { class: "entry" });
    const swatch = element("i", { class: "swatch", "aria-hidden": "true" });
    swatch.style.setProperty("--c", acts.colourOf(coding.code));
    const who = [
      this.names.cases[coding.case] ?? coding.case,
      coding.stance === "supports" ? "" : (this.names.stances[coding.stance] ?? coding.stance),
      coding.scope === "group" ? text("group") : "",
      coding.isSuggestion ? text("suggestion") : text("by", { coder: coding.coder }),
      coding.isAside ? text("aside") : "",
    ];
    entry.append(
      element("h3", {}, swatch, this.names.codes[coding.code] ?? coding.code),
      element("p", { class: "note" }, who.filter(Boolean).join(" · ")),
      ...(coding.isAgain ? [element("p", { class: "note again" }, text("again"))] : []),
      ...coding.memos.map((memo) => element("p", { class: "memo" }, memo.text)),
      this.buttons(coding, entry, acts),
    );
    return entry;
  }

  private buttons(coding: Coding, entry: HTMLElement, acts: CardActs): HTMLElement {
    const row = element("div", { class: "row" });
    const add = (label: string, act: () => void) => {
      const button = buttonOf(label, act);
      button.className = "small";
      row.append(button);
    };
    if (coding.isPending) return row; // the server does not know it yet
    if (coding.isSuggestion) {
      add(text("accept"), () => acts.answer(coding, true));
      add(text("decline"), () => acts.answer(coding, false));
    } else if (coding.isOwn) {
      if (coding.isAgain) add(text("confirm"), () => acts.confirm(coding));
      add(text("change"), () => entry.replaceChildren(this.form(coding, acts)));
      add(text("withdraw"), () => acts.withdraw(coding));
      const { bounds } = acts;
      if (bounds) add(text("bounds"), () => bounds(coding));
    }
    if (!coding.isSuggestion) add(text("history"), () => void this.history(coding, entry, acts));
    return row;
  }

  private form(coding: Coding, acts: CardActs): HTMLFormElement {
    const form = element("form", { class: "change" });
    const codes = [...document.querySelectorAll<HTMLButtonElement>("[data-codes] [data-code]:not(:disabled)")];
    const usable = [...new Set([coding.code, ...codes.map((one) => one.dataset.code ?? "")])];
    form.append(
      selectOf(text("code"), "code", usable, this.names.codes, coding.code),
      selectOf(text("forCase"), "case", Object.keys(this.names.cases), this.names.cases, coding.case),
      selectOf(text("stance"), "stance", Object.keys(this.names.stances), this.names.stances, coding.stance),
      element("label", {}, text("memo"), element("textarea", { name: "memo", rows: "2" })),
      element("div", { class: "row" }, element("button", { class: "small primary" }, text("save"))),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const given = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]));
      const fields = { code: given.code, case: given.case, stance: given.stance };
      const before: Record<string, string> = { code: coding.code, case: coding.case, stance: coding.stance };
      const changed = Object.entries(fields).filter(([name, value]) => before[name] !== value);
      if (given.memo.trim()) acts.memo(coding, given.memo);
      if (changed.length) acts.change(coding, Object.fromEntries(changed));
      this.close();
    });
    return form;
  }

  private async history(coding: Coding, entry: HTMLElement, acts: CardActs): Promise<void> {
    const lines = await acts.history(coding);
    const list = element("ol", { class: "history" });
    for (const { time, coder, text: words } of lines) {
      const when = time
        ? new Date(time).toLocaleString(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" })
        : "";
      list.append(
        element(
          "li",
          {},
          element("span", { class: "note" }, [when, coder].filter(Boolean).join(" · ")),
          element("br"),
          words,
        ),
      );
    }
    entry.querySelector(".history")?.remove();
    entry.append(list);
  }
}

function selectOf(
  label: string,
  name: string,
  values: readonly string[],
  names: Readonly<Record<string, string>>,
  chosen: string,
): HTMLElement {
  const select = element("select", { name });
  for (const value of values) {
    const option = element("option", { value }, names[value] ?? value);
    option.selected = value === chosen;
    select.append(option);
  }
  return element("label", {}, label, select);
}
