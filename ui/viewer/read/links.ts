/** Links as files give them: collected between ids, then added up between items, the strongest first. */
import type { LinkAttributes, LinkData } from "../model.ts";
import { t } from "../words.ts";
import { type Problem, shown } from "./refused.ts";
import { hint, STRONGEST, WEAKEST } from "./values.ts";

/** Links that a page keeps: it draws a thousand, and finds the others of an item. */
export const MOST_LINKS = 200_000;

/** Links between ids, by their places in `names`; `place` says where in its file a link is. */
export interface LinkList {
  names: string[];
  source: number[];
  target: number[];
  strength: number[];
  /** Further fields of links, by their row. */
  attributes: Map<number, LinkAttributes>;
  problems: Problem[];
  place(row: number): string;
}

export interface LinkCollector {
  add(source: string, target: string, strength: unknown, attributes?: LinkAttributes | null): void;
  list: LinkList;
}

export function linkCollector(place: (row: number) => string): LinkCollector {
  const known = new Map<string, number>();
  const list: LinkList = {
    names: [],
    source: [],
    target: [],
    strength: [],
    attributes: new Map(),
    problems: [],
    place,
  };
  const at = (name: string): number => {
    const place = known.get(name);
    if (place !== undefined) return place;
    known.set(name, list.names.length);
    return list.names.push(name) - 1;
  };
  return {
    list,
    add(source, target, strength, attributes = null) {
      const row = list.strength.length;
      list.source.push(at(source));
      list.target.push(at(target));
      list.strength.push(strengthIn(strength, () => place(row), list.problems));
      if (attributes) list.attributes.set(row, attributes);
    },
  };
}

/** The strength of a link: 1 where it is missing. */
export function strengthIn(value: unknown, where: () => string, problems: Problem[]): number {
  if (value === null || value === undefined) return 1;
  if (typeof value === "number" && (value === 0 || (value >= WEAKEST && value <= STRONGEST))) return value;
  problems.push({
    found: shown(value),
    where: t("{place}, strength", { place: where() }),
    expected: t("a number that is not negative"),
    ...(typeof value === "number" && value < 0
      ? { wayOn: t("Leave such links out: distances can't show them.") }
      : hint(value)),
  });
  return 0;
}

export interface AddedUp {
  links: LinkData;
  /** How many pairs are linked; `links` has the strongest of them. */
  all: number;
  /** For each item how many links it has, and how strong they are together. */
  count: Float64Array;
  total: Float64Array;
}

/** Add up links between items: repeats together, without links of an item to itself and those of strength 0. */
export function addedUp(ids: readonly string[], list: LinkList, problems: Problem[]): AddedUp {
  const known = new Map(ids.map((id, at) => [id, at]));
  const item = Int32Array.from(list.names, (name) => known.get(name) ?? -1);
  problems.push(...list.problems, ...unknownEnds(list, item));
  const pairs = pairsOf(ids.length, list, item);
  const [count, total] = [new Float64Array(ids.length), new Float64Array(ids.length)];
  for (let at = 0; at < pairs.n; at++) {
    for (const end of [pairs.source[at], pairs.target[at]]) {
      count[end] += 1;
      total[end] += pairs.strength[at];
    }
  }
  return { links: strongest(pairs, MOST_LINKS), all: pairs.n, count, total };
}

function unknownEnds(list: LinkList, item: Int32Array): Problem[] {
  const told = new Set<number>();
  const problems: Problem[] = [];
  for (let row = 0; row < list.source.length; row++) {
    for (const end of [list.source[row], list.target[row]]) {
      if (item[end] >= 0 || told.has(end)) continue;
      told.add(end);
      problems.push({
        found: t("a link to {item}", { item: shown(list.names[end]) }),
        where: list.place(row),
        expected: t("links between the items of the map"),
        wayOn: t("Add the item, or leave the link out."),
      });
    }
  }
  return problems;
}

/** Pairs in the order of their items, the smaller first; repeats added up. */
function pairsOf(n: number, list: LinkList, item: Int32Array): LinkData {
  const { begin, order, smaller, larger } = byFirstItem(n, list, item);
  const source: number[] = [];
  const target: number[] = [];
  const strength: number[] = [];
  const attributes = new Map<number, LinkAttributes>();
  const slot = new Int32Array(n).fill(-1);
  for (let at = 0, first = 0; at < order.length; at++) {
    const row = order[at];
    const [one, other] = [smaller[row], larger[row]];
    if (at === begin[one]) first = source.length;
    if (slot[other] < first) {
      slot[other] = source.push(one) - 1;
      target.push(other);
      strength.push(0);
    }
    strength[slot[other]] += list.strength[row];
    const further = list.attributes.get(row);
    if (further) attributes.set(slot[other], further);
  }
  const linked = [...source.keys()].filter((at) => strength[at] > 0);
  return picked({ source, target, strength, attributes }, Int32Array.from(linked));
}

/** The rows of links between two items, in the order of the smaller one: a counting sort. */
function byFirstItem(n: number, list: LinkList, item: Int32Array) {
  const rows = list.source.length;
  const [smaller, larger] = [new Int32Array(rows).fill(-1), new Int32Array(rows).fill(-1)];
  const begin = new Int32Array(n + 1);
  for (let row = 0; row < rows; row++) {
    const [one, other] = [item[list.source[row]], item[list.target[row]]];
    if (one < 0 || other < 0 || one === other) continue;
    smaller[row] = Math.min(one, other);
    larger[row] = Math.max(one, other);
    begin[smaller[row] + 1] += 1;
  }
  for (let at = 0; at < n; at++) begin[at + 1] += begin[at];
  const order = new Int32Array(begin[n]);
  const next = begin.slice();
  for (let row = 0; row < rows; row++) if (smaller[row] >= 0) order[next[smaller[row]]++] = row;
  return { begin, order, smaller, larger };
}

interface Pairs {
  source: ArrayLike<number>;
  target: ArrayLike<number>;
  strength: ArrayLike<number>;
  attributes: Map<number, LinkAttributes>;
}

/** The strongest pairs, strongest first; of equal ones those that come first in the order of items. */
function strongest(pairs: LinkData, most: number): LinkData {
  let places = Int32Array.from({ length: pairs.n }, (_, at) => at);
  if (pairs.n > most) {
    // No weaker one can be among the strongest; this leaves few to compare.
    const least = Float64Array.from(pairs.strength).sort()[pairs.n - most];
    places = places.filter((at) => pairs.strength[at] >= least);
  }
  places.sort(
    (one, other) =>
      pairs.strength[other] - pairs.strength[one] ||
      pairs.source[one] - pairs.source[other] ||
      pairs.target[one] - pairs.target[other],
  );
  return picked(pairs, places.subarray(0, most));
}

function picked(pairs: Pairs, places: Int32Array): LinkData {
  const attributes = new Map<number, LinkAttributes>();
  if (pairs.attributes.size) {
    places.forEach((place, at) => {
      const further = pairs.attributes.get(place);
      if (further) attributes.set(at, further);
    });
  }
  return {
    n: places.length,
    source: places.map((place) => pairs.source[place]),
    target: places.map((place) => pairs.target[place]),
    strength: Float64Array.from(places, (place) => pairs.strength[place]),
    attributes,
  };
}
