/**
 * The words of the page. English sentences are the keys: `t("Search items")`. A page in another language brings its own
 * sentences; where one is missing, the English one is shown. `benang.viewer` collects the keys from the source, so the
 * arguments of `t` and `tn` are always plain strings.
 */

import type { Language } from "./model.ts";

type Values = Readonly<Record<string, string | number>>;

let language: Language = "en";
let words: Readonly<Record<string, string>> = {};
let numerals = new Intl.NumberFormat("en");
let decimals = new Intl.NumberFormat("en", { maximumSignificantDigits: 6 });

/** Choose the language of the page; one for all viewers on it. */
export function speak(chosen: Language, sentences: Readonly<Record<string, string>> = {}): void {
  language = chosen;
  words = sentences;
  numerals = new Intl.NumberFormat(chosen);
  decimals = new Intl.NumberFormat(chosen, { maximumSignificantDigits: 6 });
}

export function spoken(): Language {
  return language;
}

/** A sentence in the language of the page, with `{name}` replaced by its value; numbers are written as it writes them. */
export function t(english: string, values: Values = {}): string {
  return filled(word(english), values);
}

/** A sentence that counts: `tn("{n} record", "{n} records", 3)`. */
export function tn(one: string, other: string, n: number, values: Values = {}): string {
  const translated = words[other] ?? words[one];
  return filled(translated ?? (n === 1 ? one : other), { n, ...values });
}

/** A name that comes from data and may have a translation: "Occurrences", "Avg. pub. year"; else the name itself. */
export function word(name: string): string {
  return Object.hasOwn(words, name) ? words[name] : name;
}

/** A number as people write it: 1,204 or 1.204; six significant digits where it isn't whole. */
export function written(value: number): string {
  return (Number.isInteger(value) ? numerals : decimals).format(value);
}

/** A year, which has no thousands separator. */
export function year(value: number): string {
  return String(value);
}

function filled(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    return typeof value === "number" ? written(value) : value;
  });
}
