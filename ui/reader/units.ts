/**
 * Places in a text: the log counts Unicode code points, JavaScript counts UTF-16 units. They differ behind every
 * letter that takes two units (emoji, rare scripts), and here alone one becomes the other.
 */
export class Units {
  /** Where the letters of two units begin, in units. */
  private readonly wide: readonly number[];
  private readonly begin: number;
  private readonly length: number;

  /** `begin` is the place of the text's first letter in the document, in code points. */
  constructor(text: string, begin = 0) {
    this.begin = begin;
    this.length = text.length;
    const wide: number[] = [];
    for (let at = 0; at < text.length - 1; at++) if (isPair(text, at)) wide.push(at++);
    this.wide = wide;
  }

  /** The place in code points of a place in units; one within a letter is that of the letter. */
  toPoints(unit: number): number {
    return this.begin + unit - this.before(unit);
  }

  /** The place in units of a place in code points. */
  toUnits(point: number): number {
    const at = point - this.begin;
    // the k-th wide letter is at the code point wide[k] - k
    let [low, high] = [0, this.wide.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.wide[middle] - middle < at) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, Math.min(at + low, this.length));
  }

  /** A stretch in units with whole letters: its end moves behind a letter that it would cut, its start before it. */
  whole(start: number, end: number): [number, number] {
    return [this.cuts(start) ? start - 1 : start, this.cuts(end) ? end + 1 : end];
  }

  private cuts(unit: number): boolean {
    const before = this.before(unit);
    return before > 0 && this.wide[before - 1] === unit - 1;
  }

  /** How many wide letters begin before a place. */
  private before(unit: number): number {
    let [low, high] = [0, this.wide.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.wide[middle] < unit) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const isPair = (text: string, at: number): boolean =>
  isBetween(text.charCodeAt(at), 0xd800, 0xdbff) && isBetween(text.charCodeAt(at + 1), 0xdc00, 0xdfff);

const isBetween = (value: number, low: number, high: number): boolean => value >= low && value <= high;

/** A stretch without the white space at its ends; null where nothing is left. */
export function trimmed(text: string, start: number, end: number): [number, number] | null {
  let [from, to] = [start, end];
  while (from < to && /\s/.test(text[from])) from++;
  while (to > from && /\s/.test(text[to - 1])) to--;
  return from < to ? [from, to] : null;
}
