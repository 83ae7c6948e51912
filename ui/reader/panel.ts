/** The panel beside the text: the codebook and its filter, the choice of a case, the tabs. */
import { kept } from "../pages/store.ts";
import { part } from "./model.ts";

const RECENT = 3;

/** The choice of the case, remembered for the document; a study of one case has it chosen already. */
export class Choice {
  private readonly name: string;
  private readonly room = part("choice");

  constructor(review: string, document: string, chosen: () => void) {
    this.name = `case:${review}:${document}`;
    this.restore(kept.get(this.name) ?? "");
    this.room.addEventListener("change", (event) => {
      const field = event.target as HTMLInputElement | HTMLSelectElement;
      if (field.name === "case" && this.other) this.other.value = "";
      if (field === this.other) for (const radio of this.radios) radio.checked = false;
      if (field.name !== "case" && field !== this.other) return;
      kept.set(this.name, this.value);
      chosen();
    });
    this.room.addEventListener("htmx:afterSwap", () => {
      this.restore(kept.get(this.name) ?? "");
      chosen();
    });
  }

  /** Choose a case that has just been added, as soon as it is there. */
  choose(id: string): void {
    kept.set(this.name, id);
  }

  get value(): string {
    return this.radios.find((radio) => radio.checked)?.value ?? this.other?.value ?? "";
  }

  get isNeeded(): boolean {
    return this.radios.length > 0 || this.other !== null;
  }

  ask(isAsking: boolean): void {
    this.room.toggleAttribute("data-asking", isAsking);
  }

  focus(): void {
    (this.radios[0] ?? this.other)?.focus();
  }

  get stance(): string {
    return part<HTMLSelectElement>("stance").value;
  }

  get scope(): "case" | "group" {
    return part<HTMLInputElement>("scope").checked ? "group" : "case";
  }

  /** What is set for one passage only is as it was before. */
  reset(): void {
    part<HTMLSelectElement>("stance").selectedIndex = 0;
    part<HTMLInputElement>("scope").checked = false;
    const memo = part<HTMLTextAreaElement>("memo");
    memo.value = "";
    memo.dispatchEvent(new Event("input", { bubbles: true })); // it is no longer kept
  }

  private get other(): HTMLSelectElement | null {
    return this.room.querySelector<HTMLSelectElement>("[data-other-case]");
  }

  private get radios(): HTMLInputElement[] {
    return [...this.room.querySelectorAll<HTMLInputElement>("input[name=case]")];
  }

  private restore(value: string): void {
    const radio = this.radios.find((one) => one.value === value);
    if (radio) radio.checked = true;
    else if (value && this.other && [...this.other.options].some((one) => one.value === value)) {
      for (const one of this.radios) one.checked = false;
      this.other.value = value;
    }
  }
}

/** The codes that were given last, the last one first. */
export class Recent {
  private readonly name: string;

  constructor(review: string) {
    this.name = `recent-codes:${review}`;
  }

  get codes(): string[] {
    return (kept.get(this.name) ?? "").split("\n").filter(Boolean);
  }

  add(code: string): void {
    kept.set(this.name, [code, ...this.codes.filter((one) => one !== code)].slice(0, RECENT).join("\n"));
  }
}

/** Fields that leave only what has their words, also where it is fetched anew. */
export function setUpFilters(): void {
  const words = new Map<string, string>();
  document.addEventListener("input", (event) => {
    const field = event.target as HTMLInputElement;
    if (!field.dataset?.filter) return;
    words.set(field.dataset.filter, field.value);
    filter(field);
  });
  document.addEventListener("htmx:afterSwap", () => {
    for (const field of document.querySelectorAll<HTMLInputElement>("[data-filter]")) {
      field.value = words.get(field.dataset.filter ?? "") ?? field.value;
      if (field.value) filter(field);
    }
  });
  document.addEventListener("keydown", (event) => {
    const field = event.target as HTMLElement;
    if (!(field instanceof HTMLInputElement && field.dataset.filter)) return;
    if (event.key === "Escape") {
      field.value = "";
      words.delete(field.dataset.filter);
      filter(field);
      field.blur();
      event.stopPropagation();
    }
    if (event.key === "Enter")
      [...document.querySelectorAll<HTMLElement>(`${field.dataset.filter}:not([hidden]) :is(button, a)`)][0]?.click();
  });
}

function filter(field: HTMLInputElement): void {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  for (const row of document.querySelectorAll<HTMLElement>(field.dataset.filter ?? "")) {
    const text = row.textContent?.toLowerCase() ?? "";
    row.hidden = !words.every((word) => text.includes(word));
  }
}

/** Tabs as ARIA has them: one in the order of the keyboard, arrows between them. */
export function setUpTabs(opened: (name: string) => void): (name: string) => void {
  const tabs = [...document.querySelectorAll<HTMLElement>(".panel [role=tab]")];
  const show = (tab: HTMLElement, isFocused = false) => {
    for (const one of tabs) {
      const isIt = one === tab;
      one.setAttribute("aria-selected", String(isIt));
      one.tabIndex = isIt ? 0 : -1;
      (document.getElementById(one.getAttribute("aria-controls") ?? "") as HTMLElement).hidden = !isIt;
    }
    if (isFocused) tab.focus();
    opened(tab.id.replace("tab-", ""));
  };
  for (const [at, tab] of tabs.entries()) {
    tab.addEventListener("click", () => show(tab));
    tab.addEventListener("keydown", (event) => {
      const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (by) show(tabs[(at + by + tabs.length) % tabs.length], true);
    });
  }
  return (name) => {
    const tab = tabs.find((one) => one.id === `tab-${name}`);
    if (tab) show(tab);
  };
}

/** The rule of a code, shown beside it while the pointer or the keyboard is on it. */
export function setUpRules(): void {
  const rule = part("rule");
  let timer = 0;
  const hide = () => {
    clearTimeout(timer);
    rule.hidden = true;
  };
  const show = (event: Event) => {
    const code = (event.target as Element).closest?.<HTMLElement>("[data-codes] .code[aria-describedby]");
    hide();
    const says = code && document.getElementById(code.getAttribute("aria-describedby") ?? "");
    if (!says) return;
    timer = window.setTimeout(() => {
      rule.replaceChildren(...[...says.childNodes].map((node) => node.cloneNode(true)));
      rule.hidden = false;
      const box = code.getBoundingClientRect();
      rule.style.top = `${Math.max(8, Math.min(box.top, innerHeight - rule.offsetHeight - 8))}px`;
      rule.style.left = `${Math.max(8, box.left - rule.offsetWidth - 10)}px`;
    }, 350);
  };
  for (const on of ["pointerover", "focusin"]) part("codes").addEventListener(on, show);
  for (const off of ["pointerleave", "focusout", "click"]) part("codes").addEventListener(off, hide);
  addEventListener("scroll", hide, true);
}
