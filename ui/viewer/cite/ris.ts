/** RIS in the tags that Zotero, EndNote and Mendeley read, as `benang.writers.reference_files` writes them. */
import type { RecordColumns } from "../model.ts";
import { type Cited, isBody, kindOf, onOneLine, pagesOf, recordAt, titleOf } from "./fields.ts";

const TYPES: Readonly<Record<string, string>> = {
  article: "JOUR",
  book: "BOOK",
  chapter: "CHAP",
  proceedings: "CONF",
  thesis: "THES",
  report: "RPRT",
  unpublished: "UNPB",
};

/** Records, by their places, as RIS. */
export function risOf(records: RecordColumns, places: readonly number[]): string {
  return places.map((place) => entry(recordAt(records, place))).join("");
}

function entry(record: Cited): string {
  const { first, last } = pagesOf(record);
  const lines: [string, string | number | null][] = [
    ["TY", TYPES[kindOf(record)] ?? "GEN"],
    ["TI", titleOf(record)],
    ["T2", record.source],
    ["VL", record.volume],
    ["IS", record.issue],
    ["SP", first],
    ["EP", last],
    ["C7", record.articleNumber],
    ["PY", record.year],
    ["DO", record.doi],
    ...record.authors.map((name): [string, string] => ["AU", author(name)]),
    ["AB", record.abstract],
    ...record.keywords.map((keyword): [string, string] => ["KW", keyword]),
    ["UR", record.url],
    ["ID", record.key],
    ["N1", record.citations === null ? null : `Cited By: ${record.citations}`],
  ];
  const written = lines
    .map(([tag, value]) => [tag, value === null ? "" : onOneLine(String(value))])
    .filter(([, value]) => value)
    .map(([tag, value]) => `${tag}  - ${value}\n`);
  return `${written.join("")}ER  - \n\n`;
}

/** A name; that of a body with the comma at its end by which EndNote and Zotero take it as a whole. */
function author(name: string): string {
  return name.includes(",") || !name.includes(" ") || !isBody(name) ? name : `${name},`;
}
