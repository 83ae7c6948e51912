/** CSV for spreadsheets, with the columns that Benang reads again: `benang.writers.spreadsheets`. */
import type { RecordColumns } from "../model.ts";
import { type Cited, onOneLine, pagesOf, recordAt, titleOf } from "./fields.ts";

const HEADER = [
  ..."key type title authors year source volume issue first_page last_page article_number doi url abstract".split(" "),
  ..."author_keywords citations".split(" "),
];
// What a spreadsheet takes for the beginning of a formula, in full width too (OWASP, "CSV injection").
const FORMULA = /^'*[=+\-@\t\r\n＝＋－＠]/;
const NUMBER = /^[+-](?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** Records, by their places, as CSV in UTF-8 with a byte order mark, by which Excel knows it. */
export function csvOf(records: RecordColumns, places: readonly number[]): string {
  return tableOf([HEADER, ...places.map((place) => cells(recordAt(records, place)))]);
}

/** A table as CSV, harmless in a spreadsheet. */
export function tableOf(rows: readonly (readonly string[])[]): string {
  return `\ufeff${rows.map((row) => `${row.map((cell) => quoted(neutral(cell))).join(",")}\n`).join("")}`;
}

function cells(record: Cited): string[] {
  const { first, last } = pagesOf(record);
  return [
    record.key,
    record.type || "other",
    titleOf(record),
    joined(record.authors),
    record.year === null ? "" : String(record.year),
    record.source,
    record.volume,
    record.issue,
    first,
    last,
    record.articleNumber,
    record.doi,
    record.url,
    record.abstract,
    joined(record.keywords),
    record.citations === null ? "" : String(record.citations),
  ].map(onOneLine);
}

/** Values parted by `; `; a semicolon within a value becomes `\;`, a backslash `\\`. */
function joined(values: readonly string[]): string {
  return values.map((value) => onOneLine(value).replace(/[\\;]/g, "\\$&")).join("; ");
}

/** Put an apostrophe before what a spreadsheet would take for a formula; a number with its sign is none. */
export function neutral(cell: string): string {
  return FORMULA.test(cell) && !NUMBER.test(cell) ? `'${cell}` : cell;
}

function quoted(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
