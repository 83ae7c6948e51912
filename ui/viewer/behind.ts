/**
 * What is behind an item, a link, or several items: places of records, and the cited works that a link rests on.
 * The rules are those of `Network.records_of` and `Network.cited_by` in Python.
 */

import type { MapData } from "./model.ts";

export type Places = readonly number[] | Int32Array;

export interface BehindLink {
  records: Places;
  /** Places in `data.cited` of the works that the link rests on; empty where it rests on nothing cited. */
  cited: Places;
  /** True where the link rests on citations, and the map doesn't carry them. */
  lacksCitations: boolean;
}

const NONE: Places = [];
const CITATION = "citation";
const BY_CITATION = new Set([CITATION, "coupling", "bibliographic coupling"]);

export function recordsOfItem(data: MapData, item: number): Places {
  return data.records?.[item] ?? NONE;
}

/** The records in which all of the items occur, ascending. */
export function sharedRecords(data: MapData, items: readonly number[]): Places {
  const [first, ...others] = items.map((item) => recordsOfItem(data, item));
  if (!first) return NONE;
  return others.reduce<Places>((shared, places) => {
    const there = new Set(places);
    return Array.from(shared).filter((place) => there.has(place));
  }, first);
}

/** The records in which at least one of the items occurs, ascending. */
export function anyRecords(data: MapData, items: readonly number[]): Places {
  const places = new Set<number>();
  for (const item of items) for (const place of recordsOfItem(data, item)) places.add(place);
  return [...places].sort((one, other) => one - other);
}

export function behindLink(data: MapData, one: number, other: number): BehindLink {
  if (!data.records) return { records: NONE, cited: NONE, lacksCitations: false };
  if (!BY_CITATION.has(data.kinds.links) || (!data.cited && data.kinds.unit !== "records")) {
    return { records: sharedRecords(data, [one, other]), cited: NONE, lacksCitations: false };
  }
  if (!data.cited) return { records: NONE, cited: NONE, lacksCitations: true };
  return { ...citationsBetween(data, data.cited.by, one, other), lacksCitations: false };
}

/**
 * The citations that a link rests on. Where works are the records themselves, a work of one item counts if a record of
 * the other cites it. Else a work counts that records of both items cite, and not one record of both alone, unless
 * citations are counted once.
 */
function citationsBetween(data: MapData, by: readonly number[][], one: number, other: number) {
  const ones = new Set(recordsOfItem(data, one));
  const others = new Set(recordsOfItem(data, other));
  const cited: number[] = [];
  const records = new Set<number>();
  const direct = data.kinds.links === CITATION;
  const once = data.kinds.counting === "binary";
  by.forEach((citing, work) => {
    const found = direct
      ? citing.filter((record) => (ones.has(record) && others.has(work)) || (others.has(record) && ones.has(work)))
      : citedByBoth(citing, ones, others, once);
    if (found.length) cited.push(work);
    for (const record of found) records.add(record);
  });
  return { cited, records: [...records].sort((a, b) => a - b) };
}

function citedByBoth(citing: readonly number[], ones: Set<number>, others: Set<number>, once: boolean): number[] {
  const count = (holds: (record: number) => boolean) => citing.reduce((n, record) => n + (holds(record) ? 1 : 0), 0);
  const both = once ? 0 : count((record) => ones.has(record) && others.has(record));
  if (count((record) => ones.has(record)) * count((record) => others.has(record)) - both <= 0) return [];
  return citing.filter((record) => ones.has(record) || others.has(record));
}

/** The place of the link between two items in `data.links`, or -1. */
export function linkBetween(data: MapData, one: number, other: number): number {
  const { n, source, target } = data.links;
  for (let at = 0; at < n; at++) {
    if ((source[at] === one && target[at] === other) || (source[at] === other && target[at] === one)) return at;
  }
  return -1;
}

export interface Neighbour {
  item: number;
  strength: number;
}

/** Items that an item is linked to, the strongest link first. */
export function neighboursOf(data: MapData, item: number): Neighbour[] {
  const { n, source, target, strength } = data.links;
  const found: Neighbour[] = [];
  for (let at = 0; at < n; at++) {
    if (source[at] === item) found.push({ item: target[at], strength: strength[at] });
    else if (target[at] === item) found.push({ item: source[at], strength: strength[at] });
  }
  return found;
}

/** Places in `data.links` of the links among some items, the strongest first. */
export function linksAmong(data: MapData, items: readonly number[]): number[] {
  const chosen = new Set(items);
  const found: number[] = [];
  for (let at = 0; at < data.links.n; at++) {
    if (chosen.has(data.links.source[at]) && chosen.has(data.links.target[at])) found.push(at);
  }
  return found;
}
