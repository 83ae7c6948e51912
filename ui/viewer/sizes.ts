/**
 * How large everything is: circles, texts and links, in VOSviewer's pixels. The rules and numbers are those of
 * `benang.looks.appearance`, so that screen and print agree.
 */
import type { LinkData, MapData } from "./model.ts";

/** What sizes an item by default: the first of these that the map has. */
export const USUAL_WEIGHTS = ["Occurrences", "Documents", "Cases", "Citations", "Total link strength", "Links"];

/** The weight that sizes the items: the one that is named, else the usual one, else 1 for each under the name "". */
export function chooseWeight(data: MapData, name: string): { name: string; values: Float64Array } {
  const usual = [name, ...USUAL_WEIGHTS, ...data.weights.keys()].find((one) => data.weights.has(one));
  const values = usual === undefined ? undefined : data.weights.get(usual);
  if (usual === undefined || values === undefined) return { name: "", values: new Float64Array(data.n).fill(1) };
  return { name: usual, values };
}

/**
 * Weights divided by their mean, which may be that of some items only; all 1 where they are all 0. What is no number
 * counts as 0.
 */
export function relativeWeights(values: Float64Array, among: Uint8Array | null = null): Float64Array {
  const known = values.map((value) => (value > 0 && value < Number.POSITIVE_INFINITY ? value : 0));
  let [sum, n] = [0, 0];
  for (let item = 0; item < known.length; item++) {
    if (among && !among[item]) continue;
    sum += known[item];
    n++;
  }
  return sum > 0 ? known.map((value) => (value * n) / sum) : known.fill(1);
}

/** Diameters: scale · max(16 wᵛ, 5), w relative to the mean. */
export function circleDiameters(relative: Float64Array, variation: number, scale: number): Float64Array {
  return relative.map((weight) => scale * Math.max(16 * weight ** variation, 5));
}

/** Text sizes: 9 · scale + 4 wᵛ, w relative to the mean. */
export function labelSizes(relative: Float64Array, variation: number, scale: number): Float64Array {
  return relative.map((weight) => 9 * scale + 4 * weight ** variation);
}

/** Widths of links, strongest last: scale · max(1.5 sᵘ, 0.1), s relative to the mean of the 1,000 strongest. */
export function linkWidths(strength: Float64Array, variation: number, scale: number): Float64Array {
  const strongest = strength.subarray(Math.max(0, strength.length - 1000));
  let sum = 0;
  for (const one of strongest) sum += one;
  const mean = sum / Math.max(strongest.length, 1);
  return strength.map((one) => scale * Math.max(1.5 * (mean > 0 ? Math.max(one, 0) / mean : 1) ** variation, 0.1));
}

/**
 * The links that are drawn, weakest first, so that the strongest lie on top: those of at least `least` between items
 * that are shown, of these the `most` strongest. Among links of one strength, those that come first go first.
 */
export function strongestLinks(
  links: LinkData,
  strength: Float64Array,
  visible: Uint8Array,
  most: number,
  least: number,
): Int32Array {
  const shown: number[] = [];
  let sorted = true;
  for (let link = 0; link < links.n; link++) {
    const own = strength[link];
    if (!(own >= least && own > 0 && visible[links.source[link]] && visible[links.target[link]])) continue;
    if (shown.length > 0 && own > strength[shown[shown.length - 1]]) sorted = false;
    shown.push(link);
    // those of the whole map come strongest first; those of a period don't
    if (sorted && strength === links.strength && shown.length >= most) break;
  }
  if (!sorted) shown.sort((one, other) => strength[other] - strength[one] || one - other);
  return Int32Array.from(shown.slice(0, Math.max(most, 0)).reverse());
}

/**
 * The part of their own size that circles have where the whole map is seen: all of it, unless they would cover more
 * than an eighth of the area. Zooming in, they grow with the map up to their own size.
 */
export function crowding(inked: number, area: number): number {
  return Math.min(1, Math.sqrt(Math.max(area, 1) / 8 / Math.max(inked, 1e-9)));
}
