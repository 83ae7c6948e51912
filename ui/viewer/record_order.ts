/** In which order records are listed, and how a record is written in a line. */

import type { Places } from "./behind.ts";
import type { RecordColumns } from "./model.ts";

export type RecordOrder = "newest" | "cited";

/** Newest or most cited first; ties by the other of the two, then by title. Records without the number come last. */
export function ordered(records: RecordColumns, places: Places, order: RecordOrder): number[] {
  const [first, second] = order === "newest" ? [records.year, records.citations] : [records.citations, records.year];
  const number = (value: number | null) => value ?? Number.NEGATIVE_INFINITY;
  const falling = (a: number, b: number) => (a === b ? 0 : b > a ? 1 : -1);
  return Array.from(places).sort(
    (a, b) =>
      falling(number(first[a]), number(first[b])) ||
      falling(number(second[a]), number(second[b])) ||
      titleOf(records, a).localeCompare(titleOf(records, b)),
  );
}

/** The records of some years; all of them where no years are chosen. */
export function ofYears(records: RecordColumns, places: Places, years: readonly [number, number] | null): Places {
  if (!years) return places;
  return Array.from(places).filter((at) => {
    const year = records.year[at];
    return year !== null && year >= years[0] && year <= years[1];
  });
}

/** A record's title; its short citation or its key where it has none. */
export function titleOf(records: RecordColumns, at: number): string {
  return records.title[at] || records.citation[at] || records.key[at];
}

export function doiAddress(doi: string): string {
  return `https://doi.org/${encodeURI(doi).replace(/[#?]/g, encodeURIComponent)}`;
}

/** Up to three authors, the first of more. */
export function shortAuthors(authors: readonly string[], andOthers: string): string {
  return authors.length > 3 ? `${authors[0]} ${andOthers}` : authors.join("; ");
}

/** Volume, issue and pages, or the number of the article: "29(4), 12–31". */
export function placeInPrint(records: RecordColumns, at: number): string {
  const issue = records.issue[at] ? `(${records.issue[at]})` : "";
  const pages = records.pages[at].replace(/(\d)-(?=\d)/, "$1–") || records.articleNumber[at];
  return [`${records.volume[at]}${issue}`, pages].filter(Boolean).join(", ");
}

/** One reference, as it is copied: authors, year, title, source, place in print, address. */
export function reference(records: RecordColumns, at: number): string {
  const doi = records.doi[at];
  const authors = records.authors[at].join("; ");
  const year = records.year[at];
  const parts = [
    [authors, year === null ? "" : `(${year})`].filter(Boolean).join(" "),
    titleOf(records, at),
    [records.source[at], placeInPrint(records, at)].filter(Boolean).join(", "),
    doi ? doiAddress(doi) : records.url[at],
  ];
  return parts
    .filter(Boolean)
    .map((part, i) => (i < 3 && !/[.?!]$/.test(part) ? `${part}.` : part))
    .join(" ");
}
