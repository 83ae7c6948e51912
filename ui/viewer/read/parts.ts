/** What a file gives, checked and put in columns: what all forms have in common, and as `benang` reads them. */
import type { MapData, RecordColumns } from "../model.ts";
import { t } from "../words.ts";
import { type AddedUp, addedUp, type LinkList } from "./links.ts";
import { checkedKey, kindsOf, type Own, ownOf } from "./own_key.ts";
import { type Problem, refuse, shown } from "./refused.ts";
import { fieldIn, isObject, nameOf, numberIn } from "./values.ts";

const FIELDS = new Set(["id", "label", "x", "y", "cluster", "weights", "scores"]);
const MOST_CLUSTERS = 1_000_000;

type Fields = Readonly<Record<string, unknown>>;

export interface Parts {
  /** Items by the names of VOSviewer's JSON; null for a file of links alone. */
  items: readonly unknown[] | null;
  /** Null for a file of items alone. */
  links: LinkList | null;
  clusterLabels: ReadonlyMap<number, string>;
  /** What belongs to neither items nor links: `config`, `info`. */
  extras: Record<string, unknown>;
  /** What is under `benang`. */
  own: unknown;
  /** The name of the file, and where in it an item is. */
  where: string;
  place(item: number): string;
}

export interface Assembled {
  map: MapData;
  records: RecordColumns | null;
  /** Whether every item has a place. */
  isPlaced: boolean;
  /** Weights as the file of items has them, before those that follow from the links. */
  stored: Map<string, Float64Array>;
}

/** Put the parts of a map together; throws `Refused` for what can't be. */
export function assembled(parts: Parts): Assembled {
  const own = checkedKey(parts.own, parts.where);
  const problems: Problem[] = [];
  const items = (parts.items ?? itemsOf(parts.links)).map((item, at) => checkedItem(item, parts.place(at), problems));
  refuse(problems);
  const ids = idsOf(items, parts, problems);
  const column = (name: string) => numbers(items, (item) => item[name], name, parts, problems);
  const [x, y] = [column("x"), column("y")];
  const cluster = Int32Array.from(items, (item, at) => clusterOf(item.cluster, () => parts.place(at), problems));
  const stored = namedColumns(items, "weights", parts, problems);
  for (const values of stored.values()) for (let at = 0; at < values.length; at++) values[at] ||= 0;
  const scores = namedColumns(items, "scores", parts, problems);
  const added = parts.links ? addedUp(ids, parts.links, problems) : null;
  refuse(problems);
  const known = ownOf(own, items, parts);
  const attributes = attributesOf(items, known);
  const map: MapData = {
    n: items.length,
    ids: known?.ids ?? ids,
    rawIds: known?.ids ?? items.map((item, at) => (typeof item.id === "number" ? item.id : ids[at])),
    labels: items.map((item, at) => labelOf(item.label, ids[at])),
    x,
    y,
    cluster,
    weights: added ? withLinkWeights(stored, added) : stored,
    scores,
    attributes,
    links: added?.links ?? NO_LINKS,
    allLinks: added?.all ?? 0,
    clusterLabels: new Map(parts.clusterLabels),
    kinds: kindsOf(own, known !== null),
    records: known?.records?.byItem ?? null,
    cited: known?.records?.cited ?? null,
    years: null,
    extras: own ? { ...parts.extras, benang: known?.rest ?? own } : parts.extras,
  };
  const isPlaced = [...x].every((value, at) => Number.isFinite(value) && Number.isFinite(y[at]));
  return { map, records: known?.records?.columns ?? null, isPlaced, stored };
}

const NO_LINKS: MapData["links"] = {
  n: 0,
  source: new Int32Array(),
  target: new Int32Array(),
  strength: new Float64Array(),
  attributes: new Map(),
};

function itemsOf(links: LinkList | null): Fields[] {
  return (links?.names ?? []).map((name) => ({ id: name, label: name }));
}

function checkedItem(item: unknown, where: string, problems: Problem[]): Fields {
  if (isObject(item)) return item;
  problems.push({ found: shown(item), where, expected: t("an item with id, label, x and y") });
  return {};
}

function labelOf(label: unknown, otherwise: string): string {
  const text = label === null || label === undefined ? "" : (nameOf(label) ?? String(label));
  return text.trim() ? text : otherwise;
}

function idsOf(items: readonly Fields[], { place }: Parts, problems: Problem[]): string[] {
  const first = new Map<string, number>();
  return items.map((item, at) => {
    const id = nameOf(item.id) ?? nameOf(item.label);
    if (id === null) {
      const wayOn = t("Give it one of the two.");
      problems.push({ found: t("an item without id and label"), where: place(at), wayOn });
      return "";
    }
    const before = first.get(id);
    if (before !== undefined) {
      const found = t("the id {id} a second time (first: {first})", { id: shown(id), first: place(before) });
      problems.push({ found, where: place(at), expected: t("an id of its own for every item") });
    } else first.set(id, at);
    return id;
  });
}

function numbers(
  items: readonly Fields[],
  get: (item: Fields) => unknown,
  name: string,
  { place }: Parts,
  problems: Problem[],
  least?: number,
): Float64Array {
  return Float64Array.from(items, (item, at) => numberIn(get(item), () => `${place(at)}, ${name}`, problems, least));
}

function clusterOf(value: unknown, place: () => string, problems: Problem[]): number {
  const where = () => `${place()}, cluster`;
  const number = numberIn(value, where, problems);
  if (Number.isNaN(number)) return 0;
  if (number >= 0 && number <= MOST_CLUSTERS && Number.isInteger(number)) return number;
  const expected = t("a whole number from 1 to {n}", { n: MOST_CLUSTERS });
  problems.push({ found: shown(value), where: where(), expected });
  return 0;
}

/** Columns of weights or scores by name, in order of first appearance, NaN where an item has none. */
function namedColumns(
  items: readonly Fields[],
  kind: "weights" | "scores",
  parts: Parts,
  problems: Problem[],
): Map<string, Float64Array> {
  const none: Fields = {};
  const listed = items.map((item, at): Fields => {
    const values = item[kind] ?? none;
    if (isObject(values)) return values;
    problems.push({ found: shown(values), where: `${parts.place(at)}, ${kind}`, expected: t("names and numbers") });
    return none;
  });
  const names = new Set<string>();
  for (const values of listed) for (const name of Object.keys(values)) names.add(name);
  const least = kind === "weights" ? 0 : undefined;
  return new Map(
    [...names].map((name) => [
      name,
      numbers(listed, (values) => fieldIn(values, name), `${kind} '${name}'`, parts, problems, least),
    ]),
  );
}

function withLinkWeights(stored: Map<string, Float64Array>, { count, total }: AddedUp): Map<string, Float64Array> {
  const counted: [string, Float64Array][] = [
    ["Links", count],
    ["Total link strength", total],
  ];
  return new Map([...counted, ...[...stored].filter(([name]) => !counted.some(([one]) => one === name))]);
}

function attributesOf(items: readonly Fields[], own: Own | null): Map<string, unknown[]> {
  const names = new Set<string>();
  for (const item of items) for (const name of Object.keys(item)) if (!FIELDS.has(name)) names.add(name);
  if (own?.records) names.delete("records");
  return new Map([...names].map((name) => [name, items.map((item) => fieldIn(item, name) ?? null)]));
}
