/** What of a map falls into some years: its items, by their records, and its links. Positions stay those of the whole. */
import type { MapData, RecordColumns } from "./model.ts";
import type { State } from "./state.ts";

export interface Period {
  /** What the weights count; null for the weights of the whole. */
  of: YearCounts["of"] | null;
  /** Records of each item in these years, or the strength of its links; null for the weights of the whole. */
  weight: Float64Array | null;
  /** By place in `data.links`; null for the strengths of the whole. */
  linkStrength: Float64Array | null;
  /** 1 for an item that has a record in these years. */
  present: Uint8Array;
}

/** What is counted over the years, for the bars of the slider. */
export interface YearCounts {
  first: number;
  last: number;
  /** Of each year from the first to the last: records, or link strength where no records are known. */
  counts: number[];
  of: "records" | "links";
  /** Records behind items that have no year, so that they are in no period. */
  undated: number;
}

const known = new WeakMap<MapData, { records: RecordColumns | null; counts: YearCounts | null }>();

/** Count a map's records by year, or its links where it has no records; null where there are not two years. */
export function yearCounts(data: MapData, records: RecordColumns | null): YearCounts | null {
  const before = known.get(data);
  if (before && before.records === records) return before.counts;
  const counts = (data.records && records ? ofRecords(data.records, records) : null) ?? ofLinks(data);
  known.set(data, { records, counts });
  return counts;
}

/** Return the first and the last year that a map's items can be told apart by, or null. */
export function yearsOf(data: MapData, records: RecordColumns | null): [number, number] | null {
  const counts = yearCounts(data, records);
  return counts && [counts.first, counts.last];
}

/** Return the items, weights and links of the years that are shown. */
export function periodOf(data: MapData, records: RecordColumns | null, state: Pick<State, "period">): Period {
  const counts = state.period && yearCounts(data, records);
  if (!state.period || !counts) {
    return { of: null, weight: null, linkStrength: null, present: new Uint8Array(data.n).fill(1) };
  }
  const [from, to] = state.period;
  const linkStrength = linksWithin(data, from, to);
  const weight =
    counts.of === "records" && data.records && records
      ? recordsWithin(data.records, records.year, from, to)
      : endsOf(data, linkStrength ?? data.links.strength);
  return { of: counts.of, weight, linkStrength, present: Uint8Array.from(weight, (own) => (own > 0 ? 1 : 0)) };
}

/** Say whether links have strengths of their own in each year, or those of the whole map in all of them. */
export const hasYearlyLinks = (data: MapData): boolean => data.years !== null && data.years.length > 0;

function ofRecords(behind: readonly Int32Array[], records: RecordColumns): YearCounts | null {
  const places = new Set<number>();
  for (const own of behind) for (const place of own) places.add(place);
  const years = Array.from(places, (place) => records.year[place] ?? null);
  const tallies = new Map<number, number>();
  for (const year of years) if (year !== null) tallies.set(year, (tallies.get(year) ?? 0) + 1);
  return spread(tallies, "records", years.filter((year) => year === null).length);
}

function ofLinks(data: MapData): YearCounts | null {
  const total = (strengths: number[]) => strengths.reduce((sum, own) => sum + own, 0);
  return spread(new Map((data.years ?? []).map(({ year, strength }) => [year, total(strength)])), "links", 0);
}

function spread(tallies: Map<number, number>, of: YearCounts["of"], undated: number): YearCounts | null {
  const years = [...tallies.keys()];
  const first = years.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const last = years.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  if (!(first < last)) return null;
  const counts = Array.from({ length: last - first + 1 }, (_, place) => tallies.get(first + place) ?? 0);
  return { first, last, counts, of, undated };
}

function recordsWithin(
  behind: readonly Int32Array[],
  years: readonly (number | null)[],
  from: number,
  to: number,
): Float64Array {
  const within = (year: number | null | undefined) => typeof year === "number" && year >= from && year <= to;
  const inside = Uint8Array.from(years, (year) => (within(year) ? 1 : 0));
  return Float64Array.from(behind, (own) => {
    let n = 0;
    for (const place of own) n += inside[place] ?? 0;
    return n;
  });
}

function linksWithin(data: MapData, from: number, to: number): Float64Array | null {
  if (!hasYearlyLinks(data)) return null;
  const sums = new Float64Array(data.links.n);
  for (const { year, link, strength } of data.years ?? []) {
    if (year < from || year > to) continue;
    for (let at = 0; at < link.length; at++) {
      if (link[at] < sums.length) sums[link[at]] += strength[at];
    }
  }
  return sums;
}

/** Add up for each item the strength of its links. */
function endsOf(data: MapData, strength: Float64Array): Float64Array {
  const sums = new Float64Array(data.n);
  for (let link = 0; link < data.links.n; link++) {
    sums[data.links.source[link]] += strength[link];
    sums[data.links.target[link]] += strength[link];
  }
  return sums;
}
