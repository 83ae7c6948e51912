/**
 * How names read: shortened in their middle, each so that it still fits one item only, and broken into lines. The rules
 * are those of `benang.figures.label_texts`, so that screen and print name an item alike.
 */

const LONGEST = 120; // letters: labels that differ only behind them look alike
const LONGER = 8; // letters by which a label that would fit two is left longer
const TELLS_APART = 3; // letters
const HEAD = 0.6; // of the letters that are left: those of the beginning
const LOPSIDED = 0.5; // of a letter: what a letter too many in the beginning or the end counts for less
const [ENOUGH, SLACK] = [0.65, 4]; // of the letters that there is room for, and letters more, so that words stay whole
const [LINE, MOST_LINES] = [24, 3]; // letters, lines
const LONG_WORD = 34; // letters: no word of a language that parts words by blanks is longer

/** Beginning, what stands for the rest, end. */
type Way = readonly [string, string, string];

/** Return labels of at most about `length` letters; one that would fit two items stays longer. */
export function shortLabels(labels: readonly string[], length: number): string[] {
  const whole = labels.map((label) => label.split(/\s+/u).filter(Boolean).join(" "));
  if (length < 2) return whole.map((label) => (length < 1 ? "" : (lettersOf(label)[0] ?? "")));
  const long = whole.map((label) => label.length > length && lettersOf(label).length > length);
  if (!long.includes(true)) return whole;
  const keys = [...new Set(whole.map(keyOf))].sort(byCode);
  return whole.map((label, at) => (long[at] ? shortened(label, length, keys) : label));
}

type Letters = { segment(text: string): Iterable<{ segment: string }> };
const segmenter: Letters | null = "Segmenter" in Intl ? new Intl.Segmenter() : null;

/** Return the letters of a text as readers see them, with their marks. */
export function lettersOf(text: string): string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII
  if (/^[\x00-\x7f]*$/.test(text)) return text.split("");
  return segmenter ? Array.from(segmenter.segment(text), (one) => one.segment) : Array.from(text);
}

const byCode = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);

/** What texts that look alike share: their letters and digits, small. */
const keyOf = (text: string) => text.toLowerCase().replace(/[^\p{L}\p{N}\p{M}]+/gu, "");

function shortened(label: string, length: number, keys: readonly string[]): string {
  const own = keyOf(label);
  for (let longest = length; longest < LONGEST; longest += LONGER) {
    for (const [head, between, tail] of waysToShorten(label, longest)) {
      // a word that is cut shows three letters or more of what tells it apart
      const least = between.includes(" ") ? 0 : TELLS_APART;
      const start = keyOf(head.slice(0, Math.max(0, head.length - least)));
      if (fitsOne(start, keyOf(tail.slice(least)), own, keys)) return `${head}${between}${tail}`;
    }
    if (label.length <= longest + LONGER) return label;
  }
  return byLetters(lettersOf(label), LONGEST)[0].join("");
}

const lengthOf = (way: Way) => way[0].length + way[1].length + way[2].length;

/** What a label may be shortened to, the best first: whole words, where enough of them are left. */
function waysToShorten(label: string, longest: number): Way[] {
  const words = label.split(" ");
  const ways = [...byWords(words, longest), ...byWords(words, longest + SLACK)];
  const enough = ways.filter((way) => lengthOf(way) >= ENOUGH * longest);
  const few = ways.filter((way) => lengthOf(way) < ENOUGH * longest);
  return [...enough, ...byLetters(lettersOf(label), longest), ...few];
}

function byWords(words: readonly string[], longest: number): Way[] {
  const ways: { good: number; way: Way }[] = [];
  for (let first = 1; first < words.length; first++) {
    const head = words
      .slice(0, first)
      .join(" ")
      .replace(/[ ,;:(–-]+$/u, "");
    if (head.length > longest) break;
    for (let last = words.length; last > first; last--) {
      const way: Way = [head, last < words.length ? " … " : " …", words.slice(last).join(" ")];
      const n = lengthOf(way);
      if (n > longest) break;
      ways.push({ good: n - LOPSIDED * Math.abs(head.length - HEAD * (head.length + way[2].length)), way });
    }
  }
  return ways.sort((one, other) => other.good - one.good).map(({ way }) => way);
}

function byLetters(letters: readonly string[], longest: number): Way[] {
  return [HEAD, 0.8, 0.4, 1].map((share) => {
    const first = Math.round(share * (longest - 1));
    const tail = letters.slice(letters.length - (longest - 1 - first)).join("");
    return [letters.slice(0, first).join("").trimEnd(), "…", first < longest - 1 ? tail.trimStart() : ""];
  });
}

/** Whether a beginning and an end are those of one key only. */
function fitsOne(head: string, tail: string, own: string, keys: readonly string[]): boolean {
  for (let at = firstFrom(head, keys); at < keys.length && keys[at].startsWith(head); at++) {
    const key = keys[at];
    if (key !== own && key.length > head.length + tail.length && key.endsWith(tail)) return false;
  }
  return true;
}

function firstFrom(head: string, keys: readonly string[]): number {
  let [low, high] = [0, keys.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (keys[middle] < head) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Break a name into up to three lines of about equal length. */
export function linesOf(text: string): string[] {
  if (text.length <= LINE) return [text];
  const letters = lettersOf(text).length;
  if (letters <= LINE) return [text];
  const words = text.split(" ");
  const most = Math.min(Math.ceil(letters / LINE), MOST_LINES);
  const isParted = words.some((word) => word.length > LONG_WORD);
  for (let width = Math.ceil(letters / most); width <= letters; width++) {
    const lines = isParted ? parted(words, width) : wrapped(words, width);
    if (lines.length <= most) return lines;
  }
  return [text];
}

function wrapped(words: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const last = lines.length - 1;
    if (last >= 0 && lines[last].length + 1 + word.length <= width) lines[last] += ` ${word}`;
    else lines.push(word);
  }
  return lines;
}

/** The same, with words that are longer than a line broken within themselves. */
function parted(words: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const letters = lettersOf(word);
    const last = lines.length - 1;
    if (last >= 0 && lettersOf(lines[last]).length + 1 + letters.length <= width) lines[last] += ` ${word}`;
    else for (let at = 0; at < letters.length; at += width) lines.push(letters.slice(at, at + width).join(""));
  }
  return lines;
}
