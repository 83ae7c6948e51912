/** The key `benang` of a map's JSON, which only Benang writes: what was counted, and the records behind each item. */
import type { MapData, RecordColumns } from "../model.ts";
import { t } from "../words.ts";
import { refusal, shown } from "./refused.ts";
import { isObject } from "./values.ts";

const FORMAT = 1;

type Key = Readonly<Record<string, unknown>>;

export interface Own {
  /** What is kept of the key, to be written again. */
  rest: Record<string, unknown>;
  /** Ids that VOSviewer could not have read, put back. */
  ids: string[] | null;
  records: { columns: RecordColumns; byItem: Int32Array[]; cited: MapData["cited"] } | null;
}

/** What is under `benang`, or null where nothing is; throws `Refused` for what a newer Benang wrote. */
export function checkedKey(value: unknown, where: string): Key | null {
  if (value === undefined || value === null) return null;
  const format = isObject(value) ? value.format : undefined;
  const place = t("{where}, key 'benang'", { where });
  if (!isObject(value) || typeof format !== "number" || !Number.isInteger(format) || format < 1)
    throw refusal({ found: t("a key without a format"), where: place, expected: `"format": ${FORMAT}` });
  if (format > FORMAT) {
    const wayOn = t("The map was made by a newer Benang: open it with that version.");
    throw refusal({
      found: t("format {n}", { n: format }),
      where: place,
      expected: t("format {n}", { n: FORMAT }),
      wayOn,
    });
  }
  return value;
}

/** Benang's words for what items and links are; empty where nothing is known. */
export function kindsOf(key: Key | null, hasRecords: boolean): MapData["kinds"] {
  const said = (name: string): string => (typeof key?.[name] === "string" ? (key[name] as string) : "");
  const [items, links] = [said("items"), said("links")];
  return {
    items: items === "items" ? "" : items,
    links: links === "links" ? "" : links,
    unit: hasRecords ? said("unit") || "records" : "",
    counting: said("counting"),
  };
}

/** Take the key apart; null where there is none. */
export function ownOf(
  key: Key | null,
  items: readonly Key[],
  file: { where: string; place(item: number): string },
): Own | null {
  if (!key) return null;
  const { ids, records, cited, ...rest } = key;
  const isRecorded = Array.isArray(records) && items.some((item) => Array.isArray(item.records));
  return {
    rest,
    ids: idsIn(ids, items.length),
    records: isRecorded ? recordsOf(records, cited, items, file) : null,
  };
}

function idsIn(ids: unknown, n: number): string[] | null {
  if (!Array.isArray(ids) || ids.length !== n) return null;
  const names = ids.map(String);
  return new Set(names).size === n ? names : null;
}

function recordsOf(
  listed: readonly unknown[],
  cited: unknown,
  items: readonly Key[],
  { where, place }: { where: string; place(item: number): string },
): NonNullable<Own["records"]> {
  const entries = listed.map((entry) => (isObject(entry) ? entry : { key: entry }));
  const text = (value: unknown): string => (value === undefined || value === null ? "" : String(value));
  const byItem = items.map((item, at) => placesIn(item.records ?? [], entries.length, `${place(at)}, records`));
  const columns = recordColumns(
    entries.map((entry) => text(entry.key)),
    entries.map((entry) => text(entry.citation)),
  );
  return { columns, byItem, cited: citedOf(cited, entries.length, where) };
}

/** Records of which no more is known than a key and a short citation. */
export function recordColumns(key: string[], citation: string[]): RecordColumns {
  const each = <Value>(value: () => Value): Value[] => key.map(value);
  const empty = () => each(() => "");
  return {
    key,
    citation: citation.map((said, at) => said || key[at]),
    type: empty(),
    title: empty(),
    authors: each<string[]>(() => []),
    year: each<number | null>(() => null),
    source: empty(),
    volume: empty(),
    issue: empty(),
    pages: empty(),
    articleNumber: empty(),
    doi: key.map((one) => (/^10\.\d{4,9}\/\S+$/.test(one) ? one : "")),
    url: empty(),
    keywords: each<string[]>(() => []),
    citations: each<number | null>(() => null),
    abstract: empty(),
    passages: {},
  };
}

function citedOf(value: unknown, records: number, where: string): MapData["cited"] {
  if (!isObject(value)) return null;
  const { labels, by } = value;
  const place = t("{where}, key 'benang', cited", { where });
  if (!Array.isArray(labels) || !Array.isArray(by) || labels.length !== by.length)
    throw refusal({ found: shown(value), where: place, expected: t("labels and by: two lists of one length") });
  return { label: labels.map(String), by: by.map((one) => [...placesIn(one, records, place)]) };
}

function placesIn(places: unknown, n: number, where: string): Int32Array {
  const isPlace = (place: unknown) => Number.isInteger(place) && (place as number) >= 0 && (place as number) < n;
  if (!Array.isArray(places) || !places.every(isPlace)) {
    const expected = t("places in the list of records, 0 to {n}", { n: n - 1 });
    throw refusal({ found: shown(places), where, expected });
  }
  return Int32Array.from(new Set<number>(places)).sort();
}
