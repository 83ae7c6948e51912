/**
 * The map as VOSviewer's JSON, which VOSviewer and Benang open again: places as they are seen, the reader's names and
 * colours of clusters, and all that the file had and the viewer doesn't know.
 */
import { clusterColour, mergedInto } from "../looks/colours.ts";
import type { Looks, MapData, RecordColumns } from "../model.ts";
import { byItems } from "../read/links.ts";
import { DEFAULTS, type State } from "../state.ts";
import { t } from "../words.ts";

type Json = Record<string, unknown>;

export interface Saved {
  data: MapData;
  records: RecordColumns | null;
  looks: Looks;
  state: Readonly<State>;
  /** Places as they are seen: turned, flipped and moved. */
  places: { x: ArrayLike<number>; y: ArrayLike<number> };
}

/** Write a map; one item and one link a line, as Benang does, so that two versions can be compared. */
export function jsonOf(saved: Saved): string {
  const { data } = saved;
  const { config: _, benang: __, ...extras } = data.extras;
  const ids = idsOf(data);
  const body = [`    "items": ${lines(itemsOf(saved, ids))}`, `    "links": ${lines(linksOf(data, ids))}`];
  const clusters = clustersOf(saved);
  if (clusters.length) body.push(`    "clusters": ${lines(clusters)}`);
  const config = configOf(saved);
  const own = ownKeyOf(saved, ids);
  const parts = [
    ...(config === null ? [] : [`  "config": ${JSON.stringify(config)}`]),
    ...Object.entries(extras).map(([name, value]) => `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`),
    `  "network": {\n${body.join(",\n")}\n  }`,
    ...(own === null ? [] : [`  "benang": ${JSON.stringify(own)}`]),
  ];
  return `{\n${parts.join(",\n")}\n}\n`;
}

/** What the saved file lacks; null where it has all of the map. */
export function jsonNote(data: MapData): string | null {
  if (data.links.n === data.allLinks) return null;
  const values = { n: data.links.n, all: data.allLinks };
  return t(
    "The saved file has the {n} strongest of {all} links, as this page has. 'benang convert' keeps all.",
    values,
  );
}

function lines(rows: readonly Json[]): string {
  return rows.length ? `[\n${rows.map((row) => `      ${JSON.stringify(row)}`).join(",\n")}\n    ]` : "[]";
}

/** Ids that VOSviewer reads as they are; 1 to n where it would take some for another number or for none. */
function idsOf({ n, ids, rawIds }: MapData): (string | number)[] {
  if (!ids.every(isKept)) return Array.from({ length: n }, (_, item) => item + 1);
  return ids.every((id) => /^[1-9]\d{0,14}$/.test(id)) ? ids.map(Number) : rawIds.map(String);
}

function isKept(id: string): boolean {
  const bare = id.trim();
  if (/^(?:|null|nan|[+-]?infinity)$/i.test(bare)) return false;
  const isNumeric = Number.isFinite(Number(bare));
  return !isNumeric || (bare === id && String(Number(id)) === id && /^(?:0|-?[1-9]\d{0,14})$/.test(id));
}

function itemsOf({ data, records, places }: Saved, ids: readonly (string | number)[]): Json[] {
  const byItem = records ? data.records : null;
  return ids.map((id, at) => ({
    id,
    label: data.labels[at],
    ...known(data.attributes, at, (value) => value !== null && value !== undefined),
    x: digits(places.x[at]),
    y: digits(places.y[at]),
    ...(data.cluster[at] > 0 ? { cluster: data.cluster[at] } : {}),
    weights: known(data.weights, at, Number.isFinite),
    ...scoresOf(data, at),
    ...(byItem ? { records: [...byItem[at]] } : {}),
  }));
}

function scoresOf(data: MapData, at: number): Json {
  const scores = known(data.scores, at, Number.isFinite);
  return Object.keys(scores).length ? { scores } : {};
}

function known(columns: Map<string, ArrayLike<unknown>>, at: number, isThere: (value: unknown) => boolean): Json {
  const there = [...columns].filter(([, values]) => isThere(values[at]));
  return Object.fromEntries(there.map(([name, values]) => [name, values[at]]));
}

function digits(value: number): number {
  return Number(value.toPrecision(9));
}

/** Links in the order of their items. */
function linksOf({ links }: MapData, ids: readonly (string | number)[]): Json[] {
  const order = [...Array(links.n).keys()].sort((one, other) => byItems(links, one, other));
  return order.map((at) => ({
    source_id: ids[links.source[at]],
    target_id: ids[links.target[at]],
    strength: links.strength[at],
    ...links.attributes.get(at),
  }));
}

function clustersOf({ data, state }: Saved): Json[] {
  const labels = new Map(data.clusterLabels);
  for (const [number, { label }] of Object.entries(state.clusters)) {
    if (label !== undefined) labels.set(Number(number), label);
  }
  return [...labels]
    .filter(([, label]) => label)
    .sort(([one], [other]) => one - other)
    .map(([cluster, label]) => ({ cluster, label }));
}

/** The file's `config`, with how the map is seen in VOSviewer Online's words. */
function configOf({ data, looks, state }: Saved): Json | null {
  const given = objectIn(data.extras, "config");
  const parameters = { ...objectIn(given ?? {}, "parameters"), ...parametersOf(data, state) };
  const colours = clusterColours(data, looks, state);
  const schemes = { ...objectIn(given ?? {}, "color_schemes"), ...(colours ? { cluster_colors: colours } : {}) };
  const config = {
    ...given,
    ...(Object.keys(parameters).length ? { parameters } : {}),
    ...(Object.keys(schemes).length ? { color_schemes: schemes } : {}),
  };
  return given || Object.keys(config).length ? config : null;
}

const PARAMETERS = {
  scale: "scale",
  itemSizeVariation: "item_size_variation",
  linkSizeVariation: "link_size_variation",
  labelLength: "max_label_length",
  maxLinks: "max_n_links",
  minLinkStrength: "min_link_strength",
  coloured: "colored_links",
  curved: "curved_links",
  dark: "dark_ui",
  low: "min_score",
  high: "max_score",
} as const satisfies Partial<Record<keyof State, string>>;

function parametersOf(data: MapData, state: Readonly<State>): Json {
  const written: Json = {};
  for (const [name, parameter] of Object.entries(PARAMETERS) as [keyof typeof PARAMETERS, string][]) {
    if (state[name] !== DEFAULTS[name] && state[name] !== null) written[parameter] = state[name];
  }
  const [weight, score] = [
    [...data.weights.keys()].indexOf(state.weight),
    [...data.scores.keys()].indexOf(state.score),
  ];
  if (weight >= 0) written.item_size = weight + 1;
  if (state.view === "overlay" && score >= 0) written.item_color = score + 2;
  return written;
}

/** Colours of all clusters, where the reader gave one or put two together. */
function clusterColours(data: MapData, looks: Looks, state: Readonly<State>): Json[] | null {
  const isEdited = Object.values(state.clusters).some(({ colour, into }) => colour !== undefined || into !== undefined);
  const numbers = [...new Set(data.cluster)].filter((cluster) => cluster > 0).sort((one, other) => one - other);
  if (!isEdited || !numbers.length) return null;
  return numbers.map((cluster) => ({
    cluster,
    color: clusterColour(mergedInto(cluster, state.clusters), looks, { ...state, dark: false }),
  }));
}

/** Our own key: what made the map, the records behind items, and which items were moved by hand. */
function ownKeyOf({ data, records, state }: Saved, ids: readonly (string | number)[]): Json | null {
  const given = objectIn(data.extras, "benang");
  const isRenumbered = ids.some((id, at) => String(id) !== data.ids[at]);
  const byHand = data.ids.filter((_, item) => state.moved[item]);
  const hasRecords = records !== null && data.records !== null;
  if (!given && !isRenumbered && !byHand.length && !hasRecords) return null;
  return {
    format: 1,
    ...given,
    ...(byHand.length ? { moved_by_hand: byHand } : {}),
    ...(isRenumbered ? { ids: data.ids } : {}),
    ...(hasRecords ? recordsOf(data, records) : {}),
  };
}

function recordsOf(data: MapData, records: RecordColumns): Json {
  const listed = records.key.map((key, at) => {
    const citation = records.citation[at];
    return citation && citation !== key ? { key, citation } : { key };
  });
  if (!data.cited) return { records: listed };
  const { label, by } = data.cited;
  const times = new Map<string, number>();
  const ids = label.map((one) => {
    const n = (times.get(one) ?? 0) + 1;
    times.set(one, n);
    return n > 1 ? `${one} (${n})` : one;
  });
  return { records: listed, cited: { ids, labels: label, by } };
}

function objectIn(values: Json, name: string): Json | null {
  const inner = values[name];
  return typeof inner === "object" && inner !== null && !Array.isArray(inner) ? (inner as Json) : null;
}
