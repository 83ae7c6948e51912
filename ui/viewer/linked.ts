/** Two maps that share a selection: what is selected on one is selected on the other, where it is there. */
import type { MapData } from "./model.ts";
import type { State, Store } from "./state.ts";

export interface LinkedMap {
  data: MapData;
  store: Store;
}

/** For each item of one map its place on the other, or -1. */
export type Counterparts = Int32Array;

const plain = (label: string) => label.normalize("NFC").trim().toLowerCase().replace(/\s+/g, " ");
const isNumber = (id: string) => /^\d+$/.test(id);

/**
 * Find the items of one map on another: by id, else by label, whatever its capitals. Ids that are mere numbers count
 * items anew in each map, so they only hold where the labels agree. A label that several items of the other map have
 * says nothing.
 */
export function counterparts(one: MapData, other: MapData): Counterparts {
  const byId = new Map(other.ids.map((id, item) => [id, item]));
  const byLabel = new Map<string, number>();
  other.labels.forEach((label, item) => {
    const key = plain(label);
    byLabel.set(key, byLabel.has(key) ? -1 : item);
  });
  return Int32Array.from(one.ids, (id, item) => {
    const label = plain(one.labels[item]);
    const same = byId.get(id);
    if (same !== undefined && (!isNumber(id) || plain(other.labels[same]) === label)) return same;
    return byLabel.get(label) ?? -1;
  });
}

/** What is selected on one map, as the other has it. A link needs both its ends. */
export function selectionOn(state: Pick<State, "selected" | "selectedLink">, places: Counterparts) {
  const selected = state.selected.map((item) => places[item] ?? -1).filter((item) => item >= 0);
  const ends = state.selectedLink?.map((item) => places[item] ?? -1);
  const selectedLink = ends?.every((item) => item >= 0) ? ([ends[0], ends[1]] as const) : null;
  return { selected, selectedLink };
}

/** Keep the selections of two maps together; returns how to part them. What one map lacks stays selected on the other. */
export function linkSelections(one: LinkedMap, other: LinkedMap): () => void {
  let isPassingOn = false;
  const passOn = (to: Store, places: Counterparts) => (now: State, before: State) => {
    if (isPassingOn || (now.selected === before.selected && now.selectedLink === before.selectedLink)) return;
    isPassingOn = true;
    try {
      to.change(selectionOn(now, places));
    } finally {
      isPassingOn = false;
    }
  };
  const there = counterparts(one.data, other.data);
  const back = counterparts(other.data, one.data);
  const ends = [one.store.subscribe(passOn(other.store, there)), other.store.subscribe(passOn(one.store, back))];
  other.store.change(selectionOn(one.store.state, there));
  return () => {
    for (const end of ends) end();
  };
}

/** Two maps side by side share their selection, and are looked at in one view, both light or both dark. */
export function keepAlike(one: LinkedMap, other: LinkedMap): () => void {
  const alike = (to: Store) => (now: State) => to.change({ view: now.view, dark: now.dark });
  const { view, dark } = one.store.state;
  other.store.change({ view, dark });
  const ends = [
    linkSelections(one, other),
    one.store.subscribe(alike(other.store)),
    other.store.subscribe(alike(one.store)),
  ];
  return () => {
    for (const end of ends) end();
  };
}
