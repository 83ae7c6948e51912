/** What the forms of citing have in common: kinds of records, pages, names, and texts on one line. */
import type { RecordColumns } from "../model.ts";

/** One record, its fields by name. */
export type Cited = { [Name in Exclude<keyof RecordColumns, "passages">]: RecordColumns[Name][number] };

export function recordAt(records: RecordColumns, place: number): Cited {
  const { passages: _, ...columns } = records;
  const fields = Object.entries(columns).map(([name, values]) => [name, values[place]]);
  return Object.fromEntries(fields) as Cited;
}

/** The title, or the short citation of a record of which no more is known. */
export function titleOf(record: Cited): string {
  return record.title || record.citation || record.key;
}

/** A record that names a source and no kind of its own is one of a journal, as in tables that have no kinds. */
export function kindOf(record: Cited): string {
  return record.type === "other" && record.source ? "article" : record.type || "other";
}

/** First and last page. */
export function pagesOf(record: Cited): { first: string; last: string } {
  const [first, last = ""] = record.pages.split(/\s*(?:–|--)\s*/, 2);
  return { first: first.trim(), last: last.trim() };
}

/** A text on one line, without the characters that end or hide text elsewhere. */
export function onOneLine(text: string): string {
  return text
    .replace(/(?![\t\n\r])\p{Cc}|[\ufffe\uffff]|\p{Cs}/gu, "")
    .replace(/[\s\u2028\u2029]+/g, " ")
    .trim();
}

// As in benang.records.name_words.
const BODY = new Set(
  (
    "academy agence agency alliance asosiasi assembly association authority bundesamt bundesministerium center chapter " +
    "centers centre centres centro clinic clinics collaboration collaborators commission committee company conference " +
    "congress consejo consortium corp. corporation council department direktorat division federation fédération " +
    "foundation forum fundación gesellschaft gmbh group headquarters hospital ikatan inc. initiative institut institute " +
    "institutes institution instituto investigators istituto kabupaten kementerian komisi laboratories laboratory lembaga " +
    "ltd. ministerio ministerium ministère ministry museum nations network observatory office organisation organization " +
    "panel parliament participants partnership pemerintah perhimpunan perusahaan programme project provinsi republic " +
    "republik secretariat services sekolah society taskforce team trialists universidad universidade universitas " +
    "université universität university verein working yayasan &"
  ).split(" "),
);
const HEADS = new Set("badan balai bank dinas kantor pusat the".split(" "));
const DOUBTFUL = new Set("bank board bureau college fund league school trust union united world".split(" "));
const WITHIN = new Set(["and", "for", "of"]);
const WITHIN_SMALL = new Set(["bagi", "dan", "on", "the", "und", "untuk"]);
const SON_OF = new Set(["bin", "binti", "binte", "bint", "ibn", "a/l", "a/p"]);
const INITIAL = /^\p{L}\.?(?:-?\p{L}\.)*$/u;

/** Tell whether a name is that of a body, by its words. */
export function isBody(name: string): boolean {
  const words = name.split(/\s+/).filter(Boolean);
  const lowered = words.map((word) => word.toLowerCase());
  if (lowered.some((word) => BODY.has(word)) || (words.length > 1 && HEADS.has(lowered[0]))) return true;
  const inner = words.slice(1, -1);
  if (inner.some((word) => WITHIN.has(word.toLowerCase()) || WITHIN_SMALL.has(word))) return true;
  return lowered.some((word) => DOUBTFUL.has(word)) && !words.some((word) => INITIAL.test(word));
}

/** Tell whether a name has no family name: a body, or a patronymic. */
export function staysWhole(name: string): boolean {
  if (!/\s/.test(name) || name.includes(",")) return false;
  return (
    isBody(name) ||
    name
      .split(/\s+/)
      .slice(1, -1)
      .some((word) => SON_OF.has(word.toLowerCase()))
  );
}
