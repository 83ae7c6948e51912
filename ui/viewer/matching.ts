/** Which items a few typed letters mean. Fast enough for 100,000 labels at every key. */

export interface Index {
  /** Labels without accents and capitals, in the order in which matches are offered. */
  folded: string[];
  /** The items of these labels. */
  items: Int32Array;
}

const WORD = /[\p{L}\p{N}]/u;

/** Without accents and capitals: "São Tomé" is "sao tome". */
export function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
}

/** Make ready to search; `order` lists the items as matches of the same kind are offered, the heaviest first. */
export function indexOf(labels: readonly string[], order: ArrayLike<number>): Index {
  const items = Int32Array.from(order);
  return { items, folded: Array.from(items, (item) => fold(labels[item])) };
}

/**
 * The items whose labels begin with what was typed, then those in which a word does, then those that contain it, then
 * those that contain each of its words.
 */
export function matches(index: Index, typed: string, most: number): number[] {
  const wanted = fold(typed);
  if (!wanted) return [];
  const parts = wanted.split(/\s+/);
  const found: number[][] = [[], [], [], []];
  for (let at = 0; at < index.folded.length && found[0].length < most; at++) {
    const rank = rankOf(index.folded[at], wanted, parts);
    if (rank >= 0 && found[rank].length < most) found[rank].push(index.items[at]);
  }
  return found.flat().slice(0, most);
}

function rankOf(label: string, wanted: string, parts: readonly string[]): number {
  let at = label.indexOf(wanted);
  if (at === 0) return 0;
  if (at < 0) return parts.length > 1 && parts.every((part) => label.includes(part)) ? 3 : -1;
  for (; at > 0; at = label.indexOf(wanted, at + 1)) if (!WORD.test(label[at - 1])) return 1;
  return 2;
}
