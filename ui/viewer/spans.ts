/** Spans of years: how they are moved, set by keys and played. */

/** First and last year. */
export type Span = readonly [number, number];

/** The span of years a step on, or back: kept as long as it is, and within all years. */
export function moved(period: Span, step: number, all: Span): [number, number] {
  const by = Math.min(Math.max(step, all[0] - period[0]), all[1] - period[1]);
  return [period[0] + by, period[1] + by];
}

/** The span with one end at another year, within all years; the ends don't pass one another. */
export function withEnd(period: Span, end: 0 | 1, year: number, all: Span): [number, number] {
  const kept = Math.round(Math.min(all[1], Math.max(all[0], year)));
  return end === 0 ? [Math.min(kept, period[1]), period[1]] : [period[0], Math.max(kept, period[0])];
}

/** How years are played: growing from the first one on, or as a span that moves. */
export type Playing = "growing" | "moving";

/** The next span while years are played; null at the end. */
export function nextStep(period: Span, playing: Playing, all: Span): [number, number] | null {
  if (period[1] >= all[1]) return null;
  return playing === "growing" ? [period[0], period[1] + 1] : moved(period, 1, all);
}

/** The span that playing begins with: where all years, or the last ones, are shown, it starts over. */
export function firstStep(period: Span | null, playing: Playing, all: Span): [number, number] {
  const now = period ?? all;
  if (now[1] < all[1]) return [now[0], now[1]];
  const start = now[0] < all[1] ? now[0] : all[0];
  if (playing === "growing") return [start, start];
  const length = now[0] <= all[0] ? Math.min(2, all[1] - all[0]) : now[1] - now[0];
  return [all[0], all[0] + length];
}

/** The year that a key goes to, or null for keys that mean nothing here. */
export function keyed(key: string, now: number, all: Span): number | null {
  const to: Record<string, number> = {
    ArrowLeft: now - 1,
    ArrowDown: now - 1,
    ArrowRight: now + 1,
    ArrowUp: now + 1,
    PageDown: now - 5,
    PageUp: now + 5,
    Home: all[0],
    End: all[1],
  };
  return to[key] ?? null;
}

const LABELS = 7;

/** The years that are written below the bars: the first, and round ones after it. */
export function axisYears({ first, last }: { first: number; last: number }): number[] {
  const length = last - first + 1;
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].find((each) => length / each <= LABELS) ?? length;
  const start = Math.ceil(first / step) * step;
  return Array.from({ length: Math.floor((last - start) / step) + 1 }, (_, at) => start + at * step);
}
