/** Scores as colours: which score, how it is normalised, the range that the colours span, and the ticks of its legend. */
import type { MapData } from "../model.ts";
import type { Normalisation, State } from "../state.ts";

/** The range that the colours span, with ticks within it; `decimals` is how many a tick needs to differ from the next. */
export interface ScoreScale {
  low: number;
  high: number;
  ticks: number[];
  decimals: number;
}

export interface Score {
  /** "" where the map has no scores. */
  name: string;
  /** Normalised; NaN where an item has none. */
  values: Float64Array;
  /** null where no item has one. */
  scale: ScoreScale | null;
  /** Whether these are years as they stand, which are written without a thousands separator. */
  years: boolean;
  /** How the values were normalised: "none" where what was asked for can't be done (`normalised`). */
  normalisation: Normalisation;
  /** How many items have none. */
  without: number;
}

/** What colours an overlay by default: the first of these that the map has, else its first score. */
export const USUAL_SCORES = [
  "Avg. pub. year",
  "Pub. year",
  "Avg. citations",
  "Citations",
  "Avg. norm. citations",
  "Norm. citations",
];

const TICKS = 5;
const FEW_YEARS = 3;
// Times as far from the median as the quartile: beyond the percentiles of a normal distribution.
const QUARTILES = 2.5;
// Of smaller steps no logarithm can be taken.
const LEAST_STEP = 1e-300;

/** Return the name of the score that colours an overlay; "" where the map has none. */
export function chosenScore(data: MapData, asked: string): string {
  if (data.scores.has(asked)) return asked;
  return [...USUAL_SCORES, ...data.scores.keys()].find((name) => data.scores.has(name)) ?? "";
}

/** Return the score that colours the items, normalised, and its scale. */
export function scoreOf(data: MapData, state: State): Score {
  const name = chosenScore(data, state.score);
  const given = data.scores.get(name) ?? new Float64Array(data.n).fill(Number.NaN);
  const asked = normalised(given, state.normalisation);
  const normalisation = asked ? state.normalisation : "none";
  const values = asked ?? given;
  const years = name.toLowerCase().includes("year") && normalisation === "none";
  const scale = scoreScale(values, { low: state.low, high: state.high, whole: years });
  const without = values.reduce((n, value) => n + (Number.isFinite(value) ? 0 : 1), 0);
  return { name, values, scale, years, normalisation, without };
}

/** Say whether scores can be divided by their mean, which is no measure where they differ in sign or are all 0. */
export function canBeDivided(values: Float64Array): boolean {
  const known = values.filter(Number.isFinite);
  return !known.length || (least(known) * greatest(known) >= 0 && sum(known) !== 0);
}

/**
 * Normalise scores; items without one (NaN) stay without and count for nothing.
 *
 * "divide by mean" makes 1 the average, "subtract mean" makes 0 the average, "z-score" also divides by the standard
 * deviation (of the population). null for "divide by mean" where that is no measure (`canBeDivided`).
 */
export function normalised(values: Float64Array, how: Normalisation): Float64Array | null {
  const known = values.filter(Number.isFinite);
  if (how === "none" || !known.length) return values;
  const mean = sum(known) / known.length;
  if (how === "divide by mean") return canBeDivided(values) ? values.map((value) => value / mean) : null;
  const spread = Math.sqrt(sum(known.map((value) => (value - mean) ** 2)) / known.length);
  return values.map((value) => (how === "z-score" && spread > 0 ? (value - mean) / spread : value - mean));
}

/** Return how far up the scale a score is, from 0 to 1, cut at both ends; NaN stays NaN. */
export function shareOf(scale: ScoreScale, value: number): number {
  if (!Number.isFinite(value)) return Number.NaN;
  if (scale.high <= scale.low) return 0.5;
  return Math.min(1, Math.max(0, (value - scale.low) / (scale.high - scale.low)));
}

interface Wanted {
  low?: number | null;
  high?: number | null;
  /** For years: all ticks are at whole numbers. */
  whole?: boolean;
}

/**
 * Choose the range of a legend: the 10th to the 90th percentile of the scores, widened to round numbers, so that a few
 * extreme items don't take all the colours. `low` and `high` overrule either end. The rules are those of
 * `benang.looks.overlay.score_scale`.
 */
export function scoreScale(values: Float64Array, wanted: Wanted = {}): ScoreScale | null {
  const known = values.filter(Number.isFinite).sort();
  if (!known.length) return null;
  const whole = wanted.whole ?? false;
  const averages = whole && !known.every(Number.isInteger);
  let low = wanted.low ?? null;
  let high = wanted.high ?? null;
  const [bottom, top] = ends(known, low, high, averages);
  if ((top - bottom) / TICKS < LEAST_STEP && (Number.isInteger(bottom) || !whole)) {
    return { low: bottom, high: bottom, ticks: [bottom], decimals: Number.isInteger(bottom) ? 0 : 2 };
  }
  let step = niceStep(Math.max(top - bottom, LEAST_STEP) / TICKS);
  if (whole) step = Math.max(1, step);
  if (averages && top - bottom < FEW_YEARS && Math.floor(top) > Math.ceil(bottom)) [low, high] = [bottom, top];
  const first = Math.floor(bottom / step + 1e-9);
  const last = Math.ceil(top / step - 1e-9);
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const ticks = Array.from({ length: last - first + 1 }, (_, k) => rounded((first + k) * step, decimals));
  const within = ticks.filter((tick) => (low === null || tick >= low) && (high === null || tick <= high));
  return { low: low ?? ticks[0] ?? bottom, high: high ?? ticks.at(-1) ?? top, ticks: within, decimals };
}

function ends(known: Float64Array, low: number | null, high: number | null, averages: boolean): [number, number] {
  const [p10, lower, middle, upper, p90] = [0.1, 0.25, 0.5, 0.75, 0.9].map((share) => quantile(known, share));
  let bottom = averages && lower < middle ? Math.max(p10, middle - QUARTILES * (middle - lower)) : p10;
  let top = averages && upper > middle ? Math.min(p90, middle + QUARTILES * (upper - middle)) : p90;
  // Nearly all have one score: then show those that don't.
  if (bottom === top) [bottom, top] = [known[0], known[known.length - 1]];
  return [low ?? bottom, high ?? top];
}

/** Return a quantile of sorted numbers, linear between two of them. */
function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  const [one, other] = [sorted[below], sorted[above]];
  const part = place - below;
  // From the nearer of the two, as NumPy does, so that rounding agrees.
  return part >= 0.5 ? other - (other - one) * (1 - part) : one + (other - one) * part;
}

/** Return the 1, 2 or 5 times a power of ten that is nearest by ratio (the rule of d3's ticks). */
function niceStep(step: number): number {
  const power = 10 ** Math.floor(Math.log10(step));
  const ratio = step / power;
  return power * (ratio >= Math.sqrt(50) ? 10 : ratio >= Math.sqrt(10) ? 5 : ratio >= Math.sqrt(2) ? 2 : 1);
}

const rounded = (value: number, decimals: number): number => Number(value.toFixed(Math.min(100, decimals)));
const least = (values: Float64Array): number => values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
const greatest = (values: Float64Array): number => values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
const sum = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);
