/** The clusters of a map as the reader sees them: listed, merged, named, switched off. All for display only. */
import { termsOf } from "./config.ts";
import { mergedInto, shownCluster } from "./looks/colours.ts";
import type { MapData } from "./model.ts";
import { chooseWeight } from "./sizes.ts";
import type { ClusterEdit, State } from "./state.ts";
import { t } from "./words.ts";

type Edits = State["clusters"];

export interface ListedCluster {
  /** 0 for the items without a cluster. */
  number: number;
  /** Places of its items, those of merged clusters included, the heaviest first. */
  items: number[];
  /** Clusters that were merged into it. */
  merged: number[];
}

/** List the clusters that occur, by number, after merges; items without a cluster come last. */
export function listedClusters(data: MapData, state: State): ListedCluster[] {
  const shown = shownCluster(data, state);
  const { values } = chooseWeight(data, state.weight);
  const byNumber = new Map<number, ListedCluster>();
  const of = (number: number): ListedCluster => {
    const known = byNumber.get(number) ?? { number, items: [], merged: [] };
    byNumber.set(number, known);
    return known;
  };
  for (const item of heaviestFirst(values)) of(shown[item]).items.push(item);
  for (const number of new Set(data.cluster)) {
    const into = mergedInto(number, state.clusters);
    if (into !== number) of(into).merged.push(number);
  }
  for (const { merged } of byNumber.values()) merged.sort((one, other) => one - other);
  return [...byNumber.values()].sort((one, other) => (one.number || Infinity) - (other.number || Infinity));
}

const orders = new WeakMap<Float64Array, Int32Array>();

/** Places of items by weight. It is kept, as the list is made anew with each shade that is tried for a cluster. */
function heaviestFirst(values: Float64Array): Int32Array {
  const known = orders.get(values);
  if (known) return known;
  const order = Int32Array.from(values.keys()).sort(
    (one, other) => (values[other] || 0) - (values[one] || 0) || one - other,
  );
  orders.set(values, order);
  return order;
}

/** The state of clusters with one of them changed; what is back as it was is left out. */
export function edited(clusters: Edits, number: number, change: ClusterEdit): Edits {
  const next = { ...clusters[number], ...change };
  const kept = Object.entries(next).filter(([name, value]) => !isUsual(number, name, value));
  const { [number]: _, ...others } = clusters;
  return kept.length ? { ...others, [number]: Object.fromEntries(kept) as ClusterEdit } : others;
}

const isUsual = (number: number, name: string, value: unknown) =>
  value === undefined || value === "" || value === false || (name === "into" && value === number);

/** Switch all clusters off but one. */
export function only(clusters: Edits, number: number, all: readonly ListedCluster[]): Edits {
  return all.reduce((edits, other) => edited(edits, other.number, { hidden: other.number !== number }), clusters);
}

/** Switch all clusters on, and keep what else was changed. */
export function shownAgain(clusters: Edits): Edits {
  return Object.keys(clusters).reduce((edits, number) => edited(edits, Number(number), { hidden: false }), clusters);
}

/** Merge a cluster into another. If that one was merged into it before, it comes out again. */
export function merge(clusters: Edits, number: number, into: number): Edits {
  const freed = mergedInto(into, clusters) === number ? separate(clusters, into) : clusters;
  return edited(freed, number, { into });
}

/** Show a cluster on its own again. */
export function separate(clusters: Edits, number: number): Edits {
  const { into: _, ...rest } = clusters[number] ?? {};
  const { [number]: __, ...others } = clusters;
  return Object.keys(rest).length ? { ...others, [number]: rest } : others;
}

/** A cluster as the reader has named it, else as the file does, else its number. */
export function clusterName(data: MapData, clusters: Edits, cluster: number): string {
  if (cluster < 1) return t("No cluster");
  const own = termsOf(data).cluster;
  const numbered = own === t("Cluster") ? t("Cluster {n}", { n: cluster }) : `${own} ${cluster}`;
  return clusters[cluster]?.label || data.clusterLabels.get(cluster) || numbered;
}
