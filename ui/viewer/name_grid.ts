/** The items of a map by cells, so that a name is compared with those near it and not with all. */
import type { Scene } from "./scene.ts";

const COMPARED_WITH_ALL = 256; // of the heaviest: their names and circles may be very large
const PER_CELL = 2;

/** Cells of a grid over the items after the first, with lengths in the widest and the highest box that any may have. */
export interface Grid {
  first: number;
  columns: number;
  side: number;
  column: Int32Array;
  row: Int32Array;
  start: Int32Array;
  ranks: Int32Array;
}

export function gridOf(scene: Scene, order: Int32Array, x: Float64Array, y: Float64Array, radius: Float64Array): Grid {
  const n = order.length;
  const first = Math.min(n, COMPARED_WITH_ALL);
  let [reachX, reachY] = [1, 1];
  for (let at = first; at < n; at++) {
    const size = scene.fontSize[order[at]];
    // before they are measured: about as wide and high as names may be
    const wide = Math.min(scene.text[order[at]].length, 26) * 0.62 * size + 2 * radius[at] + 2 * size;
    reachX = Math.max(reachX, 2 * wide);
    reachY = Math.max(reachY, 2 * (3.4 * size + 2 * radius[at] + size));
  }
  const [u, v] = [spread(x, reachX), spread(y, reachY)];
  const most = 4 * Math.max(1, Math.floor(Math.sqrt(n)));
  const side = Math.max(
    Math.sqrt((u.span * v.span * PER_CELL) / Math.max(n, 1)),
    Math.max(u.span, v.span) / most,
    1e-9,
  );
  const columns = Math.floor(Math.max(u.span, v.span) / side) + 1;
  const column = Int32Array.from(u.places, (place) => Math.floor(place / side));
  const row = Int32Array.from(v.places, (place) => Math.floor(place / side));
  const start = new Int32Array(columns * columns + 1);
  for (let at = first; at < n; at++) start[column[at] * columns + row[at] + 1]++;
  for (let cell = 0; cell < columns * columns; cell++) start[cell + 1] += start[cell];
  const next = start.slice();
  const ranks = new Int32Array(n - first);
  for (let at = first; at < n; at++) ranks[next[column[at] * columns + row[at]]++] = at;
  return { first, columns, side, column, row, start, ranks };
}

function spread(places: Float64Array, unit: number): { places: Float64Array; span: number } {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const place of places) {
    low = Math.min(low, place);
    high = Math.max(high, place);
  }
  return { places: places.map((place) => (place - low) / unit), span: places.length ? (high - low) / unit : 0 };
}
