/**
 * Clusters for a map without, by VOSviewer's quality (docs/method/clustering.md) in the small: items move to the cluster
 * that suits them best until none gains, then whole clusters do, as in the method of Louvain, and items again.
 */
import type { MapData } from "../model.ts";
import { type Association, associated } from "./association.ts";
import { randomNumbers, shuffled } from "./random.ts";

/** VOSviewer's resolution: what a pair in one cluster has to be stronger than. */
const RESOLUTION = 1;
const MOST_ROUNDS = 50;
const MOST_MOVES = 200;
const STARTS = 10;
/** Links that are looked at in all starts together: a second or two. */
const MOST_LINKS = 200_000;

/** The cluster of each item, numbered from 1 by size: the best of several starts. */
export function clustered(map: Pick<MapData, "n" | "links" | "extras">): Int32Array {
  const resolution = resolutionOf(map.extras);
  const graph = associated(map);
  const random = randomNumbers();
  const starts = Math.max(1, Math.min(STARTS, Math.floor(MOST_LINKS / Math.max(map.links.n, 1))));
  let [best, highest] = [new Int32Array(map.n), Number.NEGATIVE_INFINITY];
  for (let start = 0; start < starts; start++) {
    const cluster = oneStart(graph, map.n, resolution, random);
    const reached = qualityOf(graph, cluster, resolution);
    if (reached > highest + 1e-9) [best, highest] = [cluster, reached];
  }
  return numberedBySize(best);
}

/** Move items, then whole clusters, and again items, until nothing moves any more. */
function oneStart(links: Association, n: number, resolution: number, random: () => number): Int32Array<ArrayBuffer> {
  let cluster = Int32Array.from({ length: n }, (_, item) => item);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const before = cluster;
    cluster = moved(links, new Float64Array(n).fill(1), resolution, random, cluster);
    for (let left = countOf(cluster); ; left = countOf(cluster)) {
      const sizes = new Float64Array(left);
      for (const at of cluster) sizes[at] += 1;
      const graph = merged(links, cluster, left);
      const joined = moved(
        graph,
        sizes,
        resolution,
        random,
        Int32Array.from({ length: left }, (_, at) => at),
      );
      cluster = cluster.map((at) => joined[at]);
      if (countOf(cluster) === left) break;
    }
    if (round > 0 && countOf(cluster) === countOf(before) && cluster.every((at, item) => at === before[item])) break;
  }
  return cluster;
}

function countOf(cluster: Int32Array): number {
  return cluster.reduce((most, at) => Math.max(most, at), -1) + 1;
}

function qualityOf({ begin, end, strength }: Association, cluster: Int32Array, resolution: number): number {
  let sum = 0;
  const sizes = new Map<number, number>();
  for (let item = 0; item < cluster.length; item++) {
    sizes.set(cluster[item], (sizes.get(cluster[item]) ?? 0) + 1);
    for (let link = begin[item]; link < begin[item + 1]; link++)
      if (cluster[end[link]] === cluster[item]) sum += strength[link] / 2;
  }
  for (const size of sizes.values()) sum -= (resolution * size * (size - 1)) / 2;
  return sum;
}

function resolutionOf(extras: MapData["extras"]): number {
  const config = (extras.config ?? {}) as { parameters?: Record<string, unknown> };
  const resolution = config.parameters?.resolution;
  return typeof resolution === "number" && resolution > 0 && resolution < 1e6 ? resolution : RESOLUTION;
}

/** Let nodes move one after the other until none gains; clusters are numbered from 0 in the order of their nodes. */
function moved(
  graph: Association,
  sizes: Float64Array,
  resolution: number,
  random: () => number,
  start: Int32Array,
): Int32Array<ArrayBuffer> {
  const { begin, end } = graph;
  const n = sizes.length;
  const size = new Float64Array(n);
  start.forEach((at, node) => {
    size[at] += sizes[node];
  });
  const moving: Moving = {
    graph,
    sizes,
    resolution,
    cluster: start.slice(),
    size,
    towards: new Float64Array(n),
  };
  const queue = shuffled(n, random);
  const waits = new Uint8Array(n).fill(1);
  for (let at = 0; at < queue.length && queue.length < MOST_MOVES * n; at++) {
    const node = queue[at];
    waits[node] = 0;
    if (!moves(node, moving)) continue;
    for (let link = begin[node]; link < begin[node + 1]; link++) {
      const other = end[link];
      if (waits[other] || moving.cluster[other] === moving.cluster[node]) continue;
      waits[other] = 1;
      queue.push(other);
    }
  }
  return renumbered(moving.cluster);
}

interface Moving {
  graph: Association;
  sizes: Float64Array;
  resolution: number;
  cluster: Int32Array;
  /** Of each cluster. */
  size: Float64Array;
  /** How strongly a node is linked to each cluster; 0 between two moves. */
  towards: Float64Array;
}

/** Move a node to the cluster that suits it best; false where it is there already. */
function moves(node: number, { graph, sizes, resolution, cluster, size, towards }: Moving): boolean {
  const { begin, end, strength } = graph;
  const own = cluster[node];
  size[own] -= sizes[node];
  const near = [own];
  for (let link = begin[node]; link < begin[node + 1]; link++) {
    const to = cluster[end[link]];
    if (towards[to] === 0) near.push(to);
    towards[to] += strength[link];
  }
  const gain = (to: number): number => towards[to] - resolution * sizes[node] * size[to];
  let [best, most] = [own, gain(own)];
  for (const to of near) if (gain(to) > most + 1e-12) [best, most] = [to, gain(to)];
  for (const to of near) towards[to] = 0;
  // Alone, it would weigh nothing.
  if (most < -1e-12) best = size.indexOf(0);
  cluster[node] = best;
  size[best] += sizes[node];
  return best !== own;
}

function renumbered(cluster: Int32Array): Int32Array<ArrayBuffer> {
  const numbers = new Map<number, number>();
  return Int32Array.from(cluster, (at) => {
    const number = numbers.get(at) ?? numbers.size;
    numbers.set(at, number);
    return number;
  });
}

/** The network of whole clusters; links within one are left behind, since they no longer count. */
function merged({ begin, end, strength }: Association, cluster: Int32Array, n: number): Association {
  const between: Map<number, number>[] = Array.from({ length: n }, () => new Map());
  cluster.forEach((from, node) => {
    for (let link = begin[node]; link < begin[node + 1]; link++) {
      const to = cluster[end[link]];
      if (to !== from) between[from].set(to, (between[from].get(to) ?? 0) + strength[link]);
    }
  });
  const made = { begin: new Int32Array(n + 1), end: [] as number[], strength: [] as number[] };
  between.forEach((links, from) => {
    for (const [to, value] of links) {
      made.end.push(to);
      made.strength.push(value);
    }
    made.begin[from + 1] = made.end.length;
  });
  return { begin: made.begin, end: Int32Array.from(made.end), strength: Float64Array.from(made.strength) };
}

function numberedBySize(cluster: Int32Array): Int32Array {
  const sizes = new Map<number, number>();
  for (const at of cluster) sizes.set(at, (sizes.get(at) ?? 0) + 1);
  const order = [...sizes].sort(([, one], [, other]) => other - one).map(([at]) => at);
  const numbers = new Map(order.map((at, number) => [at, number + 1]));
  return cluster.map((at) => numbers.get(at) ?? 0);
}
