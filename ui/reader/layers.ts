/** Whose passages are shown: one's own, those of each other coder, the suggestions of programs. */
import { element } from "../pages/elements.ts";
import { kept } from "../pages/store.ts";
import { type Coding, part, text } from "./model.ts";

const SUGGESTIONS = "\u0000suggestions";
const NAME = "reader-layers";

export class Layers {
  private readonly coder: string;
  private readonly changed: () => void;
  private readonly chosen: Map<string, boolean>;
  private shown = "";

  constructor(coder: string, changed: () => void) {
    this.coder = coder;
    this.changed = changed;
    this.chosen = chosenIn(kept.get(NAME));
  }

  isShown(coding: Coding): boolean {
    return this.isOn(layerOf(coding));
  }

  /** List the layers that a document has. Those of others are off until they are chosen: who codes apart, sees apart. */
  list(codings: readonly Coding[]): void {
    const counts = new Map([[this.coder, 0]]);
    for (const coding of codings) counts.set(layerOf(coding), (counts.get(layerOf(coding)) ?? 0) + 1);
    const sign = JSON.stringify([...counts]);
    if (sign === this.shown) return;
    this.shown = sign;
    part("layer-list").replaceChildren(...[...counts].map(([name, count]) => this.row(name, count)));
    part("layers").toggleAttribute("data-more", counts.size > 1);
  }

  private row(name: string, count: number): HTMLElement {
    const box = element("input", { type: "checkbox" });
    box.checked = this.isOn(name);
    box.addEventListener("change", () => {
      this.chosen.set(name, box.checked);
      kept.set(NAME, JSON.stringify([...this.chosen]));
      this.changed();
    });
    const label = name === this.coder ? text("own") : name === SUGGESTIONS ? text("suggestions") : name;
    return element("label", {}, box, ` ${label} `, element("span", { class: "badge" }, String(count)));
  }

  private isOn(name: string): boolean {
    return this.chosen.get(name) ?? (name === this.coder || name === SUGGESTIONS);
  }
}

const layerOf = (coding: Coding): string => (coding.isSuggestion ? SUGGESTIONS : coding.coder);

function chosenIn(json: string | null): Map<string, boolean> {
  try {
    return new Map(JSON.parse(json ?? "[]") as [string, boolean][]);
  } catch {
    return new Map();
  }
}
