/** Two maps that share a selection: what is selected on one is selected on the other, where it is there. */
import type { MapData } from "./model.ts";
import type { State, Store, ViewName } from "./state.ts";

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

/** Say whether two maps have the same items at the same places, as two views of one map do. */
export function arePlacedAlike(one: MapData, other: MapData): boolean {
  const same = (values: ArrayLike<unknown>, others: ArrayLike<unknown>) =>
    values.length === others.length && Array.prototype.every.call(values, (value, at) => Object.is(value, others[at]));
  return same(one.ids, other.ids) && same(one.x, other.x) && same(one.y, other.y);
}

/**
 * Two maps side by side share their selection, and are both light or both dark. Two different maps are looked at in one
 * view; of one map, two views show the same part.
 */
export function keepAlike(one: LinkedMap, other: LinkedMap): () => void {
  const isOne = arePlacedAlike(one.data, other.data);
  const shared = ({ view, dark, camera }: State) => (isOne ? { dark, camera } : { dark, view });
  const alike = (to: Store) => (now: State) => to.change(shared(now));
  other.store.change(shared(one.store.state));
  const ends = [
    linkSelections(one, other),
    one.store.subscribe(alike(other.store)),
    other.store.subscribe(alike(one.store)),
  ];
  return () => {
    for (const end of ends) end();
  };
}

/** How one map is looked at beside the first view of it: by score, or else how dense it is. */
export const viewBeside = (data: MapData, view: ViewName): ViewName =>
  [...(data.scores.size ? ["overlay" as const] : []), "density" as const, "network" as const].find(
    (other) => other !== view,
  ) ?? "network";
