/** A map of a page that has several: with what they have in common it is a page of its own. */

import type { PageData, Passage, RecordColumns, SharedData, SharingData } from "../model.ts";

export function completed({ recordsAt, ...page }: SharingData, shared: SharedData): PageData {
  const { words, looks, records } = shared;
  return { words, looks, ...page, records: recordsAt && records ? recordsOf(records, recordsAt) : page.records };
}

/** The records at some places, in their order. */
function recordsOf(records: RecordColumns, places: readonly number[]): RecordColumns {
  const { passages: all, ...columns } = records;
  const picked = Object.fromEntries(
    Object.entries(columns).map(([name, values]) => [name, places.map((place) => values[place])]),
  ) as unknown as Omit<RecordColumns, "passages">;
  const passages: Record<string, Passage[]> = {};
  for (const [at, place] of places.entries()) if (all[place]) passages[at] = all[place];
  return { ...picked, passages };
}
