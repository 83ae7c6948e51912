/** The legend of sizes: up to three circles with round weights, as `benang.figures.map_legends` chooses them. */
import type { Scene } from "../scene.ts";
import { circleDiameters } from "../sizes.ts";
import type { State } from "../state.ts";

/** A weight and the diameter of its circle in pixels, smallest first. */
export interface SizeSample {
  value: number;
  diameter: number;
}

/** Choose up to three values, largest last: round numbers that the map reaches. */
export function roundSizes(values: Float64Array): number[] {
  const low = values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const high = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  if (!(high > 0)) return [];
  if (high <= 10 && values.every(Number.isInteger)) {
    return ascending([Math.max(low, 1), Math.ceil((low + high) / 2), high]);
  }
  const power = Math.floor(Math.log10(high));
  const rounds = [2, 1, 0].flatMap((back) => [1, 2, 5].map((factor) => Number(`${factor}e${power - back}`)));
  const reached = rounds.filter((value) => value >= Math.max(low, high / 50) && value <= high);
  const largest = reached.at(-1);
  if (largest === undefined) return [high];
  return ascending([16, 4, 1].map((part) => nearest(reached, largest / part)));
}

const ascending = (values: number[]) => [...new Set(values)].sort((one, other) => one - other);

/** The nearest by ratio; of two the smaller. */
function nearest(values: number[], wanted: number): number {
  const distance = (value: number) => Math.abs(Math.log(value / wanted));
  return values.reduce((best, value) => (distance(value) < distance(best) ? value : best));
}

/**
 * Return the samples of a map's sizes; none where all items are alike. `circles` is the part of their own size that
 * circles have on the picture.
 */
export function sizeSamples(scene: Scene, state: State, circles: number): SizeSample[] {
  const shown = scene.weight.filter((value, item) => scene.visible[item] === 1 && Number.isFinite(value));
  if (scene.weightName === "" || state.itemSizeVariation === 0 || !shown.length) return [];
  const values = roundSizes(shown);
  const mean = meanBehind(scene, state);
  if (!mean) return [];
  const relative = Float64Array.from(values, (value) => value / mean);
  const diameters = circleDiameters(relative, state.itemSizeVariation, state.scale);
  return values.map((value, at) => ({ value, diameter: diameters[at] * circles }));
}

/** The mean that the sizes of a scene were made with: from its heaviest item, whose circle is above the least size. */
function meanBehind(scene: Scene, state: State): number {
  const heaviest = scene.order[0];
  const relative = ((2 * scene.radius[heaviest]) / (16 * state.scale)) ** (1 / state.itemSizeVariation);
  return relative > 0 ? scene.weight[heaviest] / relative : 0;
}
