/**
 * Places for a map without, by VOSviewer's layout (docs/method/layout.md) in the small: from random places, every item
 * moves in turn against its gradient by a step of fixed length, and the steps shrink from twice the mean distance to
 * less than a hundredth of it. The same network gets the same places.
 */
import type { MapData } from "../model.ts";
import { type Association, associated } from "./association.ts";
import { randomNumbers } from "./random.ts";

export const MOST_LAID_OUT = 4000;

/** Pairs of items that are looked at in all: some seconds. */
const MOST_PAIRS = 3e8;
const BREATH = 40;
const UNCONNECTED = 0.01;

interface Places {
  x: Float64Array;
  y: Float64Array;
}

type Graph = Pick<MapData, "n" | "links" | "kinds" | "extras">;

/** Lay a map out; in between, the page goes on. */
export async function laidOut(map: Graph): Promise<Places> {
  const { n } = map;
  const places = randomPlaces(n);
  if (n < 2) return { x: new Float64Array(n), y: new Float64Array(n) };
  const forces = forcesOf(map);
  const passes = Math.round(Math.min(1500, Math.max(40, MOST_PAIRS / (n * n))));
  scaled(places, forces);
  const first = meanDistance(places);
  let breath = performance.now();
  for (let pass = 0; pass < passes; pass++) {
    const step = 2 * first * 0.003 ** (pass / (passes - 1));
    for (let item = 0; item < n; item++) move(places, item, step, forces);
    if (performance.now() - breath > BREATH) {
      await new Promise((resolve) => setTimeout(resolve));
      breath = performance.now();
    }
  }
  return standardised(places);
}

interface Forces extends Association {
  attraction: number;
  repulsion: number;
  /** The repulsion of two items by the square of their distance, divided by the distance. */
  push(square: number): number;
  /** Added to the attraction of every pair, where the network falls into pieces. */
  between: number;
}

function forcesOf(map: Graph): Forces {
  const { attraction, repulsion } = exponents(map.kinds, map.extras);
  const network = associated(map);
  const between = isConnected(map.n, network) ? 0 : UNCONNECTED;
  return { ...network, attraction, repulsion, push: pushOf(repulsion), between };
}

/** Powers of numbers take most of the time; those of the presets are roots and products. */
function pushOf(repulsion: number): Forces["push"] {
  if (repulsion === 1) return (square) => 1 / Math.sqrt(square);
  if (repulsion === 0) return (square) => 1 / square;
  if (repulsion === -1) return (square) => 1 / (square * Math.sqrt(square));
  return (square) => square ** ((repulsion - 2) / 2);
}

/** VOSviewer's presets, unless the file says its own. */
function exponents(kinds: Graph["kinds"], extras: Graph["extras"]): { attraction: number; repulsion: number } {
  const config = (extras.config ?? {}) as { parameters?: Record<string, unknown> };
  const { attraction, repulsion } = config.parameters ?? {};
  const isTold = typeof attraction === "number" && typeof repulsion === "number" && attraction > repulsion;
  if (isTold && Math.abs(attraction) <= 10 && Math.abs(repulsion) <= 10) return { attraction, repulsion };
  if (kinds.links === "co-authorship" && kinds.items === "authors") return { attraction: 2, repulsion: -1 };
  return { attraction: 2, repulsion: kinds.links === "co-occurrence" ? 0 : 1 };
}

function isConnected(n: number, { begin, end }: Association): boolean {
  const seen = new Uint8Array(n);
  const waiting = [0];
  seen[0] = 1;
  let reached = 1;
  for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) {
    for (let at = begin[item]; at < begin[item + 1]; at++) {
      if (seen[end[at]]) continue;
      seen[end[at]] = 1;
      reached += 1;
      waiting.push(end[at]);
    }
  }
  return reached === n;
}

function move({ x, y }: Places, item: number, step: number, forces: Forces): void {
  const { begin, end, strength } = forces;
  const { push } = forces;
  const pull = (forces.attraction - 2) / 2;
  let [right, up] = [0, 0];
  for (let other = 0; other < x.length; other++) {
    const [across, along] = [x[item] - x[other], y[item] - y[other]];
    const square = across * across + along * along;
    if (square === 0) continue;
    const force = (forces.between ? forces.between * square ** pull : 0) - push(square);
    right += force * across;
    up += force * along;
  }
  for (let at = begin[item]; at < begin[item + 1]; at++) {
    const [across, along] = [x[item] - x[end[at]], y[item] - y[end[at]]];
    const square = across * across + along * along;
    if (square === 0) continue;
    const force = strength[at] * (pull === 0 ? 1 : square ** pull);
    right += force * across;
    up += force * along;
  }
  const length = Math.hypot(right, up);
  if (!(length > 0 && length < Number.POSITIVE_INFINITY)) return;
  x[item] -= (step * right) / length;
  y[item] -= (step * up) / length;
}

/** Bring places to the scale at which the two forces are in balance. */
function scaled(places: Places, { attraction, repulsion, begin, end, strength, between }: Forces): void {
  const { x, y } = places;
  let [pulling, pushing] = [0, 0];
  for (let item = 0; item < x.length; item++) {
    for (let at = begin[item]; at < begin[item + 1]; at++)
      pulling += (strength[at] / 2) * Math.hypot(x[item] - x[end[at]], y[item] - y[end[at]]) ** attraction;
    for (let other = 0; other < item; other++) {
      const distance = Math.hypot(x[item] - x[other], y[item] - y[other]);
      pulling += between * distance ** attraction;
      pushing += distance ** repulsion;
    }
  }
  const scale = pulling > 0 ? (pushing / pulling) ** (1 / (attraction - repulsion)) : 1;
  if (!(scale > 0 && scale < Number.POSITIVE_INFINITY)) return;
  for (let item = 0; item < x.length; item++) {
    x[item] *= scale;
    y[item] *= scale;
  }
}

function meanDistance({ x, y }: Places): number {
  let sum = 0;
  for (let item = 0; item < x.length; item++)
    for (let other = 0; other < item; other++) sum += Math.hypot(x[item] - x[other], y[item] - y[other]);
  return (2 * sum) / (x.length * (x.length - 1));
}

/** As VOSviewer turns a map: centred, widest from left to right, medians at most 0, the mean distance 1. */
function standardised({ x, y }: Places): Places {
  const n = x.length;
  const mean = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / n;
  const [right, up] = [mean(x), mean(y)];
  const [across, along] = [x.map((value) => value - right), y.map((value) => value - up)];
  const mixed = mean(across.map((value, at) => value * along[at]));
  const angle =
    0.5 * Math.atan2(2 * mixed, mean(across.map((value) => value ** 2)) - mean(along.map((value) => value ** 2)));
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const turned = {
    x: across.map((value, at) => value * cos + along[at] * sin),
    y: across.map((value, at) => along[at] * cos - value * sin),
  };
  const size = meanDistance(turned) || 1;
  const median = (values: Float64Array): number => {
    const sorted = values.slice().sort();
    return (sorted[(n - 1) >> 1] + sorted[n >> 1]) / 2;
  };
  const [flipX, flipY] = [turned.x, turned.y].map((values) => (median(values) > 0 ? -size : size));
  return { x: turned.x.map((value) => value / flipX), y: turned.y.map((value) => value / flipY) };
}

/** Places within a square. */
function randomPlaces(n: number): Places {
  const random = randomNumbers();
  const [x, y] = [new Float64Array(n), new Float64Array(n)];
  for (let item = 0; item < n; item++) {
    x[item] = 2 * random() - 1;
    y[item] = 2 * random() - 1;
  }
  return { x, y };
}
