/** What of a picture is under a pixel: a name, a circle, a link. */
import type { Projection, Size } from "./camera.ts";
import { curveOf, distanceTo, isOn } from "./curves.ts";
import { frameOf, type Name } from "./labels.ts";
import { radiusOf } from "./paint.ts";
import type { Scene } from "./scene.ts";

export type Picked = { item: number } | { link: number } | null;

/** Cells over the map with the items in each, so that a few are looked at and not all. */
export interface Grid {
  cell: number;
  left: number;
  bottom: number;
  columns: number;
  rows: number;
  start: Int32Array;
  items: Int32Array;
}

const ALWAYS_TRIED = 200; // of the heaviest: their circles may reach over many cells

export function gridOf(scene: Scene): Grid {
  const { left, right, bottom, top } = scene.bounds;
  const area = Math.max((right - left) * (top - bottom), 1e-12);
  const longest = Math.max(right - left, top - bottom, 1e-12);
  const cell = Math.max(Math.sqrt((area * 4) / Math.max(scene.n, 1)), longest / 512);
  const columns = Math.floor((right - left) / cell) + 1;
  const rows = Math.floor((top - bottom) / cell) + 1;
  const grid = { cell, left, bottom, columns, rows };
  const start = new Int32Array(columns * rows + 1);
  const cells = Int32Array.from(scene.x, (x, item) => cellOf(grid, x, scene.y[item]));
  for (const own of cells) start[own + 1]++;
  for (let at = 0; at < columns * rows; at++) start[at + 1] += start[at];
  const next = start.slice();
  const items = new Int32Array(scene.n);
  for (let item = 0; item < scene.n; item++) items[next[cells[item]]++] = item;
  return { ...grid, start, items };
}

type Cells = Pick<Grid, "cell" | "left" | "bottom" | "columns" | "rows">;

/** What was moved out of the map's box counts to the cell at its edge. */
function cellOf(grid: Cells, x: number, y: number): number {
  return columnOf(grid, x) * grid.rows + rowOf(grid, y);
}

const within = (place: number, n: number) => Math.min(n - 1, Math.max(0, Math.floor(place)));
const columnOf = (grid: Cells, x: number) => within((x - grid.left) / grid.cell, grid.columns);
const rowOf = (grid: Cells, y: number) => within((y - grid.bottom) / grid.cell, grid.rows);

/** The items in the cells that touch a box of the map. */
export function* itemsIn(grid: Grid, left: number, bottom: number, right: number, top: number): Generator<number> {
  for (let column = columnOf(grid, left); column <= columnOf(grid, right); column++) {
    const [low, high] = [column * grid.rows + rowOf(grid, bottom), column * grid.rows + rowOf(grid, top)];
    for (let at = grid.start[low]; at < grid.start[high + 1]; at++) yield grid.items[at];
  }
}

/** The item under a pixel, or within `slack` of its circle; of several, the one that is drawn on top. */
export function itemAt(
  scene: Scene,
  grid: Grid,
  names: readonly Name[],
  seen: Projection,
  x: number,
  y: number,
  slack: number,
): number | null {
  const named = nameAt(scene, names, x, y);
  if (named !== null) return named;
  const heaviest = scene.order.subarray(0, ALWAYS_TRIED);
  const largest = scene.n > ALWAYS_TRIED ? radiusAt(scene, seen, scene.order[ALWAYS_TRIED]) : 0;
  const reach = (largest + slack) / seen.scale;
  const [mapX, mapY] = [seen.fromX(x), seen.fromY(y)];
  let [nearest, least]: [number | null, number] = [null, Number.POSITIVE_INFINITY];
  const look = (item: number) => {
    if (!scene.visible[item]) return;
    const radius = radiusAt(scene, seen, item);
    const off = Math.hypot(seen.toX(scene.x[item]) - x, seen.toY(scene.y[item]) - y) - radius;
    // within several circles, the smallest lies on top; beside all, the nearest is meant
    const rank = off <= 0 ? radius - 1e6 : off;
    if (off <= slack && rank < least) [nearest, least] = [item, rank];
  };
  for (const item of heaviest) look(item);
  for (const item of itemsIn(grid, mapX - reach, mapY - reach, mapX + reach, mapY + reach)) look(item);
  return nearest;
}

const radiusAt = (scene: Scene, seen: Projection, item: number) =>
  scene.marks === "circles" ? radiusOf(scene, seen, item) : 3;

function nameAt(scene: Scene, names: readonly Name[], x: number, y: number): number | null {
  for (let at = names.length - 1; at >= 0; at--) {
    const name = names[at];
    const half = scene.marks === "frames" ? frameOf(name) : name;
    if (Math.abs(x - name.x) <= half.width / 2 && Math.abs(y - name.y) <= half.height / 2) return name.item;
  }
  return null;
}

/** The link within `slack` of a pixel, the nearest of several, as a place in `data.links`. */
export function linkAt(scene: Scene, seen: Projection, size: Size, x: number, y: number, slack: number): number | null {
  let [nearest, least]: [number | null, number] = [null, Number.POSITIVE_INFINITY];
  for (let place = scene.links.n - 1; place >= 0; place--) {
    const curve = curveOf(scene, seen, scene.links.index[place]);
    const reach = slack + scene.links.width[place] / 2;
    const outside =
      Math.max(curve.x0, curve.x1, curve.cx) < x - reach ||
      Math.min(curve.x0, curve.x1, curve.cx) > x + reach ||
      Math.max(curve.y0, curve.y1, curve.cy) < y - reach ||
      Math.min(curve.y0, curve.y1, curve.cy) > y + reach;
    if (outside || !isOn(curve, size)) continue;
    const off = distanceTo(curve, x, y) - scene.links.width[place] / 2;
    if (off <= slack && off < least - 0.5) [nearest, least] = [scene.links.index[place], off];
  }
  return nearest;
}

export function pickAt(
  scene: Scene,
  grid: Grid,
  names: readonly Name[],
  seen: Projection,
  size: Size,
  x: number,
  y: number,
  slack: number,
  linkSlack: number,
): Picked {
  const item = itemAt(scene, grid, names, seen, x, y, slack);
  if (item !== null) return { item };
  const link = linkAt(scene, seen, size, x, y, linkSlack);
  return link === null ? null : { link };
}

/** The items whose middle is in a box of the picture, heaviest first. */
export function itemsInBox(scene: Scene, seen: Projection, x0: number, y0: number, x1: number, y1: number): number[] {
  const [left, right] = [seen.fromX(Math.min(x0, x1)), seen.fromX(Math.max(x0, x1))];
  const [bottom, top] = [seen.fromY(Math.max(y0, y1)), seen.fromY(Math.min(y0, y1))];
  return [...scene.order].filter(
    (item) =>
      scene.visible[item] &&
      scene.x[item] >= left &&
      scene.x[item] <= right &&
      scene.y[item] >= bottom &&
      scene.y[item] <= top,
  );
}
