/**
 * Acts that did not reach the server, in their order. They are kept, over a reload too, and sent again one after the
 * other once the server answers. Each has a key of its own, by which the server knows an act that it did although its
 * answer was lost.
 */
import type { Store } from "./store.ts";

export interface Act {
  key: string;
  verb: string;
  path: string;
  /** Names and values of the form, in their order. */
  values: readonly (readonly [string, string])[];
}

/** What became of an act that was sent again: `unreached` and `refused` ones stay. */
export type Outcome = "done" | "failed" | "unreached" | "refused";

const NAME = "acts";

export class Acts {
  private isSending = false;
  private readonly store: Store;
  private readonly send: (act: Act) => Promise<Outcome>;
  private readonly changed: (count: number) => void;

  constructor(store: Store, send: (act: Act) => Promise<Outcome>, changed: (count: number) => void = () => undefined) {
    this.store = store;
    this.send = send;
    this.changed = changed;
  }

  all(): Act[] {
    try {
      const acts: unknown = JSON.parse(this.store.get(NAME) ?? "[]");
      return Array.isArray(acts) ? acts.filter(isAct) : [];
    } catch {
      return [];
    }
  }

  /** Keep an act behind those that wait, once: also where a button is pressed again because nothing seemed to come of it. */
  add(act: Act): void {
    const acts = this.all();
    const last = acts.at(-1);
    const isPressedAgain = last !== undefined && act.values.length > 0 && whatOf(last) === whatOf(act);
    if (!isPressedAgain && !acts.some(({ key }) => key === act.key)) this.keep([...acts, act]);
  }

  /** Send what waits, in order, until one does not reach the server; how many were done. */
  async sendAll(): Promise<number> {
    if (this.isSending) return 0;
    this.isSending = true;
    let done = 0;
    try {
      for (let [first] = this.all(); first; [first] = this.all()) {
        const outcome = await this.send(first);
        if (outcome === "unreached" || outcome === "refused") break;
        this.keep(this.all().filter(({ key }) => key !== first.key));
        if (outcome === "done") done += 1;
      }
    } finally {
      this.isSending = false;
    }
    return done;
  }

  private keep(acts: readonly Act[]): void {
    if (acts.length) this.store.set(NAME, JSON.stringify(acts));
    else this.store.remove(NAME);
    this.changed(acts.length);
  }
}

const whatOf = ({ verb, path, values }: Act): string => JSON.stringify([verb, path, values]);

function isAct(one: unknown): one is Act {
  const { key, verb, path, values } = (one ?? {}) as Record<string, unknown>;
  return [key, verb, path].every((part) => typeof part === "string") && Array.isArray(values);
}
