/** Tables of items and links: the grammar of their text, and columns with the names of VOSviewer's map file. */
import { t } from "../words.ts";
import { type Problem, refusal } from "./refused.ts";
import { numberTold } from "./values.ts";

export interface Row {
  /** The line on which the row begins. */
  line: number;
  fields: string[];
}

/** Letters that are looked at to know what a text is. */
const HEAD = 65_536;

/** The mark that the first line has most of outside quotation marks; the tab before others. */
export function delimiterOf(text: string): string {
  const lines = text.slice(0, HEAD).split(/[\r\n]+/);
  const bare = (lines.find((line) => line.trim()) ?? "").replace(/"[^"]*"/g, "");
  const count = (mark: string): number => bare.split(mark).length - 1;
  if (count("\t")) return "\t";
  if (!count(";") && !count(",")) return "\t";
  return count(";") >= count(",") ? ";" : ",";
}

/** The rows of a table, without those that are blank; throws `Refused` for a quotation mark that isn't closed. */
export function* rowsOf(text: string, where: string): Generator<Row> {
  const mark = delimiterOf(text);
  const rows = text.includes('"') ? quotedRows(text, mark, where) : plainRows(text, mark);
  // A spreadsheet's file has an apostrophe before what the spreadsheet would take for a formula.
  const isOfSpreadsheet = /\.(?:csv|tsv)$/i.test(where);
  for (const { line, fields } of rows) {
    if (fields.some((field) => field.trim()))
      yield { line, fields: isOfSpreadsheet ? fields.map(withoutGuard) : fields };
  }
}

function* plainRows(text: string, mark: string): Generator<Row> {
  const lines = text.split(/\r\n|\r|\n/);
  for (let at = 0; at < lines.length; at++) yield { line: at + 1, fields: lines[at].split(mark) };
}

function* quotedRows(text: string, mark: string, where: string): Generator<Row> {
  const token = new RegExp(`("[^"]*(?:""[^"]*)*"|[^"${mark}\r\n][^${mark}\r\n]*|)(${mark}|\r\n|\r|\n|$)`, "y");
  let [line, begin] = [1, 1];
  let fields: string[] = [];
  for (;;) {
    const found = token.exec(text);
    if (!found) throw unclosed(where, line);
    const [whole, field, end] = found;
    fields.push(field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field);
    line += whole.match(/\r\n|\r|\n/g)?.length ?? 0;
    if (end === mark) continue;
    yield { line: begin, fields };
    if (end === "") return;
    begin = line;
    fields = [];
  }
}

function unclosed(where: string, line: number): Error {
  return refusal({
    found: t("a quotation mark that is not closed, or stands within a field"),
    where: lineOf(where, line),
    expected: t("a table with tabs, semicolons or commas between the columns"),
    wayOn: t(
      'Enclose a label that contains a quotation mark in such marks, and double the mark inside it ("the ""new"" city").',
    ),
  });
}

export function lineOf(file: string, line: number): string {
  return t("{file}, line {line}", { file, line: String(line) });
}

/** The fields of the first row, stripped; none where it can't be read. */
export function firstRow(text: string): string[] {
  try {
    for (const { fields } of rowsOf(text.slice(0, HEAD), "")) return fields.map((field) => field.trim());
  } catch {
    // Not a table: whoever asks looks for another form.
  }
  return [];
}

function withoutGuard(field: string): string {
  return /^'+[=+\-@\t\r\n＝＋－＠]/.test(field) ? field.slice(1) : field;
}

/** What a column holds, and its name there; `maybe` where the values decide. */
export interface Column {
  kind: "field" | "weights" | "scores" | "attribute";
  name: string;
  maybe?: boolean;
}

const FIELDS = new Set(["id", "label", "x", "y", "cluster"]);

/** What a column holds by its name; it may hold a weight, a score or clusters by a part of it. */
export function columnOf(name: string): Column {
  const named = /^(weight|score)(?:\s*<(.*)>)?$/is.exec(name);
  if (named) {
    const isWeight = named[1].toLowerCase() === "weight";
    const inner = named[2] || (isWeight ? "Weight" : "Score");
    return { kind: isWeight ? "weights" : "scores", name: inner.trim() };
  }
  if (FIELDS.has(name.toLowerCase())) return { kind: "field", name: name.toLowerCase() };
  if (name.toLowerCase() === "normalized weight") return { kind: "weights", name: "Normalized weight" };
  if (/[wW]eight/.test(name)) return { kind: "weights", name, maybe: true };
  if (/[sS]core/.test(name)) return { kind: "scores", name, maybe: true };
  if (/[cC]luster/.test(name)) return { kind: "field", name: "cluster", maybe: true };
  return { kind: "attribute", name };
}

/** Decide on columns that may hold weights, scores or clusters: they do where all of it is such numbers. */
export function settled(
  names: readonly string[],
  columns: readonly Column[],
  values: (at: number) => string[],
): Column[] {
  const clusters = columns.filter(({ kind, name }) => kind === "field" && name === "cluster").length;
  return columns.map((column, at) => {
    if (!column.maybe) return column;
    const isTaken = (column.kind !== "field" || clusters === 1) && fits(column.kind, values(at));
    return isTaken ? { kind: column.kind, name: column.name } : { kind: "attribute", name: names[at] };
  });
}

function fits(kind: Column["kind"], values: readonly string[]): boolean {
  const told = values.map(numberTold).filter((value) => value !== null);
  const numbers = told.filter((value) => typeof value === "number" && Number.isFinite(value)) as number[];
  if (!told.length || numbers.length < told.length) return false;
  if (kind === "field") return numbers.every((value) => Number.isInteger(value) && value >= 1 && value <= 1_000_000);
  return kind === "scores" || numbers.every((value) => value >= 0);
}

/** Say which columns are there twice. */
export function duplicates(keys: readonly string[], names: readonly string[], where: string): Problem[] {
  return keys.flatMap((key, at) =>
    keys.indexOf(key) < at
      ? [
          {
            found: t("the column '{name}' a second time", { name: names[at] }),
            where: lineOf(where, 1),
            expected: t("every column once"),
          },
        ]
      : [],
  );
}
