/** Passages that overlap: each has a lane of its own from its start to its end, so that all of them can be seen. */

export interface Stretch {
  start: number;
  end: number;
}

/** A piece of text in which the same passages are, by their numbers, the lowest lane first. */
export interface Piece<T> {
  start: number;
  end: number;
  over: readonly T[];
}

/** The lane of each stretch, from 0: the lowest that is free where it begins. The stretches are in order of their start. */
export function lanesOf(stretches: readonly Stretch[]): number[] {
  const ends: number[] = [];
  return stretches.map(({ start, end }) => {
    const free = ends.findIndex((taken) => taken <= start);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = end;
    return lane;
  });
}

/** The pieces of a stretch of text: one for each change of the passages over it. */
export function piecesOf<T extends Stretch>(within: Stretch, stretches: readonly T[]): Piece<T>[] {
  const cuts = new Set([within.start, within.end]);
  for (const { start, end } of stretches)
    for (const cut of [start, end]) if (cut > within.start && cut < within.end) cuts.add(cut);
  const places = [...cuts].sort((one, other) => one - other);
  return places.slice(1).map((end, at) => {
    const start = places[at];
    return { start, end, over: stretches.filter((one) => one.start < end && one.end > start) };
  });
}
