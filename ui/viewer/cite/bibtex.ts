/** BibTeX in UTF-8, its special characters escaped, as `benang.writers.reference_files` writes it. */
import type { RecordColumns } from "../model.ts";
import { type Cited, kindOf, onOneLine, pagesOf, recordAt, staysWhole, titleOf } from "./fields.ts";
import { sha256 } from "./sha256.ts";

const TYPES: Readonly<Record<string, string>> = {
  article: "article",
  book: "book",
  chapter: "incollection",
  proceedings: "inproceedings",
  thesis: "phdthesis",
  report: "techreport",
  unpublished: "unpublished",
};
const SPECIAL: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "{": "\\textbraceleft{}",
  "}": "\\textbraceright{}",
  "^": "\\textasciicircum{}",
  "~": "\\textasciitilde{}",
};
const LONGEST = 60;

/** Records, by their places, as BibTeX. */
export function bibtexOf(records: RecordColumns, places: readonly number[]): string {
  return places.map((place) => entry(recordAt(records, place))).join("");
}

function entry(record: Cited): string {
  const kind = kindOf(record);
  const { first, last } = pagesOf(record);
  const fields: [string, string][] = [
    ["author", record.authors.map(author).join(" and ")],
    ["title", escaped(titleOf(record))],
    ["year", record.year === null ? "" : String(record.year)],
    ["volume", escaped(record.volume)],
    ["number", escaped(record.issue)],
    ["doi", escaped(record.doi)],
    ["url", escaped(record.url)],
    ["abstract", escaped(record.abstract)],
    ["art_number", escaped(record.articleNumber)],
    [kind === "article" ? "journal" : "booktitle", escaped(record.source)],
    ["pages", last ? `${escaped(first)}--${escaped(last)}` : escaped(first)],
    ["keywords", record.keywords.map(escaped).join("; ")],
    ["note", record.citations === null ? "" : `Cited by: ${record.citations}`],
  ];
  const written = fields.filter(([, value]) => value).map(([name, value]) => `  ${name} = {${value}}`);
  return `@${TYPES[kind] ?? "misc"}{${keyOf(record.key)},\n${written.join(",\n")}\n}\n\n`;
}

/** A name; one without a family name, or with an `and` in it, is kept together by braces. */
function author(name: string): string {
  const text = escaped(name);
  return staysWhole(name) || /\sand\s/i.test(` ${name} `) ? `{${text}}` : text;
}

function escaped(text: string): string {
  return onOneLine(text).replace(/[\\{}$&%#_^~]/g, (mark) => SPECIAL[mark] ?? `\\${mark}`);
}

/** A key that BibTeX can hold, the same wherever the record is. */
export function keyOf(key: string): string {
  if (/^[A-Za-z0-9_:./+-]{1,200}$/.test(key)) return key;
  const plain = key
    .replace(/[^A-Za-z0-9_:./+-]+/g, "-")
    .slice(0, LONGEST)
    .replace(/^-+|-+$/g, "");
  return `${plain || "record"}-${sha256(key).slice(0, 8)}`;
}
