/** The addresses of what the reader asks for, and acts that wait for the server, over a reload too. */
import { kept } from "../pages/store.ts";
import type { Waiting } from "./saving.ts";

export class Addresses {
  private readonly review: string;
  private readonly document: string;

  constructor(review: string, document: string) {
    this.review = `/reviews/${encodeURIComponent(review)}`;
    this.document = `${this.review}/documents/${encodeURIComponent(document)}`;
  }

  get codings(): string {
    return `${this.document}/codings`;
  }

  get change(): string {
    return `${this.document}/codings/change`;
  }

  of(act: "withdraw" | "confirm" | "suggestions" | "memos" | "looked"): string {
    return `${this.review}/codings/${act}`;
  }

  get codes(): string {
    return `${this.review}/codes`;
  }

  history(coding: string): string {
    return `${this.review}/codings/history?coding=${encodeURIComponent(coding)}`;
  }

  page(number: number): string {
    return `${this.document}/pages/${number}.png`;
  }

  part(name: string): string {
    return `${this.review}/code/${name}`;
  }
}

/** Acts of a review that the server has not heard of yet. */
export class Outbox {
  private readonly name: string;

  constructor(review: string) {
    this.name = `unsent-codings:${review}`;
  }

  all(): Waiting[] {
    try {
      const acts: unknown = JSON.parse(kept.get(this.name) ?? "[]");
      return Array.isArray(acts) ? (acts as Waiting[]) : [];
    } catch {
      return [];
    }
  }

  add(act: Waiting): void {
    this.keep([...this.all(), act]);
  }

  remove(act: Waiting): void {
    const sign = JSON.stringify(act);
    this.keep(this.all().filter((one) => JSON.stringify(one) !== sign));
  }

  private keep(acts: readonly Waiting[]): void {
    if (acts.length) kept.set(this.name, JSON.stringify(acts));
    else kept.remove(this.name);
  }
}
