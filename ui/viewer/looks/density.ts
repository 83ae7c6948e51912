/** The picture of a density: of all items in shades, or of each cluster in its colour (docs/method/density.md). */
import type { Projection, Size } from "../camera.ts";
import type { Looks, MapData, ScaleData } from "../model.ts";
import type { Scene } from "../scene.ts";
import { relativeWeights } from "../sizes.ts";
import type { State } from "../state.ts";
import { densityShades, shadeAt } from "./colours.ts";
import { bandwidthOf, fieldOn, type Grid, meanDistance, type Points, peakOf } from "./field.ts";
import { toRgb } from "./mixing.ts";
import { mixerWith } from "./mixing_tables.ts";
import { themeOf } from "./theme.ts";

// Of the clusters' colour at the densest place; the density that has half of it or so.
const FULL = 0.95;
const HALF = 0.12;
// Pixels: a kernel narrower than this could not be seen, and one cell of the picture.
const NARROWEST = 4;
const CELL = 2;
const SHADES = 4096;

/** A density of the whole map, which doesn't depend on what of it is seen. */
export interface Whole {
  points: Points;
  bandwidth: number;
  peak: number;
}

/** Colours on a grid of pixels, red, green and blue from 0 to 255. */
type Bitmap = Uint8ClampedArray;

/** Paint the density over the whole picture, where the map will get its names. */
export function paintDensity(
  context: CanvasRenderingContext2D,
  scene: Scene,
  looks: Looks,
  state: State,
  projection: Projection,
  size: Size,
): void {
  const picture = densityPicture(scene, looks, state, projection, size);
  context.save();
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, 0, 0, picture.width * CELL, picture.height * CELL);
  context.restore();
}

interface Painted {
  keys: readonly unknown[];
  canvas: HTMLCanvasElement;
}

const painted = new WeakMap<MapData, Painted>();

/**
 * Return the density as a picture of its own, two pixels of the screen to one of it. It stays the same canvas for a
 * map, and is painted again only where something changed.
 */
export function densityPicture(
  scene: Scene,
  looks: Looks,
  state: State,
  projection: Projection,
  size: Size,
): HTMLCanvasElement {
  const keys = [
    ...wholeKeys(scene, state),
    scene.colour,
    looks,
    state.view,
    state.scoreColours,
    state.dark,
    projection.scale,
    projection.toX(0),
    projection.toY(0),
    size.width,
    size.height,
  ];
  const before = painted.get(scene.data);
  if (before?.keys.every((key, at) => Object.is(key, keys[at]))) return before.canvas;
  const canvas = before?.canvas ?? document.createElement("canvas");
  canvas.width = Math.max(1, Math.ceil(size.width / CELL));
  canvas.height = Math.max(1, Math.ceil(size.height / CELL));
  const bitmap = densityBitmap(scene, looks, state, projection, canvas);
  canvas.getContext("2d")?.putImageData(new ImageData(bitmap as ImageDataArray, canvas.width, canvas.height), 0, 0);
  painted.set(scene.data, { keys, canvas });
  return canvas;
}

/** Return the colours of a picture of so many cells, from its top left, four numbers to each. */
export function densityBitmap(scene: Scene, looks: Looks, state: State, projection: Projection, cells: Size): Bitmap {
  const whole = wholeOf(scene, state);
  const seen: Points = {
    x: whole.points.x.map((place) => projection.toX(place) / CELL),
    y: whole.points.y.map((place) => projection.toY(place) / CELL),
    weight: whole.points.weight,
  };
  const bandwidth = Math.max(whole.bandwidth * projection.scale, NARROWEST) / CELL;
  if (state.view === "cluster-density") {
    const grid = gridOf(cells, bandwidth / 8);
    const sums = fieldOn(grid, seen, bandwidth, channelsOf(scene));
    return enlarged(clusterColours(sums, whole.peak, toRgb(themeOf(state).page)), grid, cells);
  }
  const grid = gridOf(cells, bandwidth / 8);
  const [field] = fieldOn(grid, seen, bandwidth);
  return shaded(field, grid, cells, whole.peak, shadesOf(densityShades(looks, state)));
}

const wholes = new WeakMap<MapData, { keys: readonly unknown[]; whole: Whole }>();
const distances = new WeakMap<Float64Array, number>();

const wholeKeys = (scene: Scene, state: State) => [scene.x, scene.y, scene.weight, scene.visible, state.kernelWidth];

/** Return the density of the whole map; it changes with weights, places and what is hidden, not with the camera. */
export function wholeOf(scene: Scene, state: State): Whole {
  const keys = wholeKeys(scene, state);
  const before = wholes.get(scene.data);
  if (before?.keys.every((key, at) => Object.is(key, keys[at]))) return before.whole;
  const distance = distances.get(scene.x) ?? meanDistance(scene.x, scene.y);
  distances.set(scene.x, distance);
  const relative = relativeWeights(scene.weight);
  const points = { x: scene.x, y: scene.y, weight: relative.map((own, item) => (scene.visible[item] ? own : 0)) };
  const bandwidth = bandwidthOf(distance, state.kernelWidth);
  const whole = { points, bandwidth, peak: peakOf(points, bandwidth) };
  wholes.set(scene.data, { keys, whole });
  return whole;
}

/** A grid over all cells and a little beyond, its points on whole cells where they would lie closer. */
function gridOf(cells: Size, wanted: number): Grid {
  const step = Math.max(1, wanted);
  const count = (length: number) => Math.ceil(length / step) + 2;
  return { x: -step / 2, y: -step / 2, step, columns: count(cells.width), rows: count(cells.height) };
}

const channels = new WeakMap<readonly string[], Float32Array[]>();

/** The red, green and blue of the items. */
function channelsOf({ colour }: Scene): Float32Array[] {
  const known = channels.get(colour);
  if (known) return known;
  const rgb = colour.map(toRgb);
  const own = [0, 1, 2].map((channel) => Float32Array.from(rgb, (one) => one[channel]));
  channels.set(colour, own);
  return own;
}

const tables = new WeakMap<ScaleData, Bitmap>();

/** The shades of a scale at equal steps, three numbers to each. */
function shadesOf(scale: ScaleData): Bitmap {
  const known = tables.get(scale);
  if (known) return known;
  const table = new Uint8ClampedArray(3 * SHADES);
  for (let at = 0; at < SHADES; at++) {
    table.set(
      shadeAt(scale, at / (SHADES - 1)).map((part) => part * 255),
      3 * at,
    );
  }
  tables.set(scale, table);
  return table;
}

/** Between the points of the grid values are linear, and only then become colours, so that shades have smooth edges. */
function shaded(field: Float32Array, grid: Grid, cells: Size, peak: number, shades: Bitmap): Bitmap {
  const bitmap = new Uint8ClampedArray(4 * cells.width * cells.height);
  const most = peak > 0 ? (SHADES - 1) / peak : 0;
  eachCell(grid, cells, (cell, at, right, up) => {
    const low = field[at] + (field[at + 1] - field[at]) * right;
    const far = at + grid.columns;
    const high = field[far] + (field[far + 1] - field[far]) * right;
    const shade = 3 * Math.min(SHADES - 1, Math.round((low + (high - low) * up) * most));
    bitmap[cell] = shades[shade];
    bitmap[cell + 1] = shades[shade + 1];
    bitmap[cell + 2] = shades[shade + 2];
    bitmap[cell + 3] = 255;
  });
  return bitmap;
}

/** The colours of the clusters, each by its part of the density, on the page: the denser the place, the fuller. */
function clusterColours(sums: Float32Array[], peak: number, page: readonly [number, number, number]): Float32Array {
  const [total, red, green, blue] = sums;
  const mixInto = mixerWith(page);
  const colours = new Float32Array(3 * total.length);
  for (let at = 0; at < total.length; at++) {
    const density = peak > 0 ? Math.min(1, total[at] / peak) : 0;
    const share = (FULL * density * (1 + HALF)) / (density + HALF);
    if (share < 1e-3) colours.set(page, 3 * at);
    else mixInto([red[at] / total[at], green[at] / total[at], blue[at] / total[at]], share, colours, 3 * at);
  }
  return colours;
}

function enlarged(colours: Float32Array, grid: Grid, cells: Size): Bitmap {
  const bitmap = new Uint8ClampedArray(4 * cells.width * cells.height);
  eachCell(grid, cells, (cell, at, right, up) => {
    const near = 3 * at;
    const far = 3 * (at + grid.columns);
    for (let channel = 0; channel < 3; channel++) {
      const low = colours[near + channel] + (colours[near + 3 + channel] - colours[near + channel]) * right;
      const high = colours[far + channel] + (colours[far + 3 + channel] - colours[far + channel]) * right;
      bitmap[cell + channel] = (low + (high - low) * up) * 255;
    }
    bitmap[cell + 3] = 255;
  });
  return bitmap;
}

type Visit = (cell: number, at: number, right: number, up: number) => void;

/** Visit each cell: its place in a bitmap, the grid point before it, and how far on it is to the next ones. */
function eachCell(grid: Grid, { width, height }: Size, visit: Visit): void {
  const placed = (n: number, start: number) =>
    Float64Array.from({ length: n }, (_, cell) => (cell + 0.5 - start) / grid.step);
  const across = placed(width, grid.x);
  const along = placed(height, grid.y);
  for (let row = 0; row < height; row++) {
    const above = Math.floor(along[row]);
    const up = along[row] - above;
    for (let column = 0; column < width; column++) {
      const before = Math.floor(across[column]);
      visit(4 * (row * width + column), above * grid.columns + before, across[column] - before, up);
    }
  }
}
