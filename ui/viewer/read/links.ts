/** Links as files give them: collected between ids, then added up between items, the strongest first. */
import type { LinkAttributes, LinkData } from "../model.ts";
import { t } from "../words.ts";
import { type Problem, shown } from "./refused.ts";
import { hint, nameOf, STRONGEST, WEAKEST } from "./values.ts";

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
  /** Add a link between two ids as the file gives them; false where one of them is none. */
  add(source: unknown, target: unknown, strength: unknown, attributes?: LinkAttributes | null): boolean;
  list: LinkList;
}

export function linkCollector(place: (row: number) => string): LinkCollector {
  const known = new Map<string, number>();
  // Numbers and texts as they stand in the file: most ids come again and again.
  const met = new Map<unknown, number>();
  const list: LinkList = {
    names: [],
    source: [],
    target: [],
    strength: [],
    attributes: new Map(),
    problems: [],
    place,
  };
  const placeOf = (id: unknown): number => met.get(id) ?? firstPlaceOf(id);
  const firstPlaceOf = (id: unknown): number => {
    const name = nameOf(id);
    if (name === null) return -1;
    const at = known.get(name) ?? list.names.push(name) - 1;
    known.set(name, at);
    met.set(id, at);
    return at;
  };
  return {
    list,
    add(source, target, strength, attributes = null) {
      const [one, other] = [placeOf(source), placeOf(target)];
      if (one < 0 || other < 0) return false;
      const row = list.strength.length;
      list.source.push(one);
      list.target.push(other);
      list.strength.push(strengthIn(strength, () => place(row), list.problems));
      if (attributes) list.attributes.set(row, attributes);
      return true;
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
  for (const ends of [pairs.source, pairs.target]) {
    for (let at = 0; at < pairs.n; at++) {
      count[ends[at]] += 1;
      total[ends[at]] += pairs.strength[at];
    }
  }
  return { links: strongest(pairs, MOST_LINKS), all: pairs.n, count, total };
}

function unknownEnds(list: LinkList, item: Int32Array): Problem[] {
  const told = new Set<number>();
  const problems: Problem[] = [];
  if (!item.includes(-1)) return problems;
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

/**
 * Pairs in the order of their items; repeats added up. The ends are as the file gives them, since its templates and
 * attributes may speak of source and target: by the first row, or the one whose attributes are kept.
 */
function pairsOf(n: number, list: LinkList, item: Int32Array): LinkData {
  const { begin, order, smaller, larger } = byFirstItem(n, list, item);
  const source = new Int32Array(order.length);
  const target = new Int32Array(order.length);
  const strength = new Float64Array(order.length);
  const attributes = new Map<number, LinkAttributes>();
  const slot = new Int32Array(n).fill(-1);
  let [pairs, first, isLinked] = [0, 0, true];
  for (let at = 0; at < order.length; at++) {
    const row = order[at];
    const one = smaller[row];
    const other = larger[row];
    if (at === begin[one]) first = pairs;
    const isNew = slot[other] < first;
    if (isNew) slot[other] = pairs++;
    const pair = slot[other];
    strength[pair] += list.strength[row];
    isLinked &&= list.strength[row] > 0;
    const further = list.attributes.get(row);
    if (further) attributes.set(pair, further);
    if (isNew || further) {
      source[pair] = item[list.source[row]];
      target[pair] = item[list.target[row]];
    }
  }
  const cut = <Values extends Int32Array | Float64Array>(values: Values) => values.subarray(0, pairs) as Values;
  const made = { n: pairs, source: cut(source), target: cut(target), strength: cut(strength), attributes };
  return isLinked
    ? made
    : picked(
        made,
        placesOf(pairs).filter((at) => strength[at] > 0),
      );
}

function placesOf(n: number): Int32Array {
  const places = new Int32Array(n);
  for (let at = 0; at < n; at++) places[at] = at;
  return places;
}

/** The rows of links between two items, in the order of the smaller one: a counting sort. */
function byFirstItem(n: number, list: LinkList, item: Int32Array) {
  const rows = list.source.length;
  const [smaller, larger] = [new Int32Array(rows).fill(-1), new Int32Array(rows).fill(-1)];
  const begin = new Int32Array(n + 1);
  for (let row = 0; row < rows; row++) {
    const one = item[list.source[row]];
    const other = item[list.target[row]];
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

/** The strongest pairs, strongest first; of equal ones those that come first in the order of items. */
function strongest(pairs: LinkData, most: number): LinkData {
  let places = placesOf(pairs.n);
  if (pairs.n > most) {
    // No weaker one can be among the strongest; this leaves few to compare.
    const least = Float64Array.from(pairs.strength).sort()[pairs.n - most];
    places = places.filter((at) => pairs.strength[at] >= least);
  }
  places.sort((one, other) => pairs.strength[other] - pairs.strength[one] || byItems(pairs, one, other));
  return picked(pairs, places.subarray(0, most));
}

/** Which of two links comes first in the order of their items, whichever end is stored first. */
export function byItems({ source, target }: Pick<LinkData, "source" | "target">, one: number, other: number): number {
  return (
    Math.min(source[one], target[one]) - Math.min(source[other], target[other]) ||
    Math.max(source[one], target[one]) - Math.max(source[other], target[other])
  );
}

function picked(pairs: LinkData, places: Int32Array): LinkData {
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
