/** What is lit while the rest is dimmed: an item and its neighbours, or what was chosen. */
import { endsOf } from "./curves.ts";
import type { MapData } from "./model.ts";
import type { Scene } from "./scene.ts";
import type { State } from "./state.ts";

export interface Focus {
  /** Named first, in this order; ringed where they are chosen. */
  items: readonly number[];
  /** Neighbours, heaviest first. */
  neighbours: readonly number[];
  /** Places in `data.links`, weakest first. */
  links: readonly number[];
  /** How far the rest is dimmed, from 0 to 1; a density not at all. */
  dimmed: number;
}

const MOST_LINKS = 300; // of one item, the strongest: more can't be told apart
const [POINTED_AT, CHOSEN] = [0.78, 0.6];

/** Return what is lit, or null where nothing is. */
export function focusOf(scene: Scene, state: State, hovered: number | null): Focus | null {
  if (hovered !== null && hovered < scene.n && scene.visible[hovered])
    return aroundItem(scene, state, hovered, POINTED_AT);
  if (state.selectedLink) return aroundLink(scene, state.selectedLink);
  const chosen = state.selected.filter((item) => item < scene.n && scene.visible[item]);
  if (chosen.length === 0) return null;
  return chosen.length === 1 ? aroundItem(scene, state, chosen[0], CHOSEN) : amongItems(scene, chosen);
}

function aroundItem(scene: Scene, state: State, item: number, dimmed: number): Focus {
  const { source, target } = scene.data.links;
  const links = scene.marks === "none" ? [] : strongestOf(scene, state, item);
  const neighbours = links.map((link) => (source[link] === item ? target[link] : source[link]));
  neighbours.sort((one, other) => scene.weight[other] - scene.weight[one] || one - other);
  return { items: [item], neighbours, links: links.reverse(), dimmed: scene.marks === "none" ? 0 : dimmed };
}

/** The links of an item in the period that is shown, to items that are shown; strongest first. */
function strongestOf({ data, visible, links }: Scene, state: State, item: number): number[] {
  const { source, target } = data.links;
  const { strength } = links;
  const shown = [...linksOfItem(data, item)].filter(
    (link) =>
      visible[source[link]] &&
      visible[target[link]] &&
      isLinked(strength[link]) &&
      strength[link] >= state.minLinkStrength,
  );
  // those of the whole map come strongest first; those of a period don't
  if (strength !== data.links.strength) shown.sort((one, other) => strength[other] - strength[one] || one - other);
  return shown.slice(0, MOST_LINKS);
}

/** Whether a link is there in the period that is shown. */
const isLinked = (strength: number): boolean => strength > 0;

function aroundLink(scene: Scene, [one, other]: readonly [number, number]): Focus | null {
  if (!(scene.visible[one] && scene.visible[other])) return null;
  const link = linksOfItem(scene.data, one).find((own) => endsOf(scene, own).includes(other));
  return {
    items: [one, other],
    neighbours: [],
    links: link !== undefined && isLinked(scene.links.strength[link]) ? [link] : [],
    dimmed: CHOSEN,
  };
}

function amongItems(scene: Scene, items: readonly number[]): Focus {
  const chosen = new Set(items);
  const { source, target } = scene.data.links;
  const links = [...scene.links.index].filter((link) => chosen.has(source[link]) && chosen.has(target[link]));
  return { items, neighbours: [], links, dimmed: scene.marks === "none" ? 0 : CHOSEN };
}

const touching = new WeakMap<MapData, { start: Int32Array; links: Int32Array }>();

/** Return the links of an item, as places in `data.links`, strongest first. */
export function linksOfItem(data: MapData, item: number): Int32Array {
  const known = touching.get(data) ?? byItem(data);
  touching.set(data, known);
  return known.links.subarray(known.start[item], known.start[item + 1]);
}

function byItem({ n, links }: MapData): { start: Int32Array; links: Int32Array } {
  const start = new Int32Array(n + 1);
  for (let link = 0; link < links.n; link++) {
    start[links.source[link] + 1]++;
    if (links.source[link] !== links.target[link]) start[links.target[link] + 1]++;
  }
  for (let item = 0; item < n; item++) start[item + 1] += start[item];
  const next = start.slice();
  const places = new Int32Array(start[n]);
  for (let link = 0; link < links.n; link++) {
    places[next[links.source[link]]++] = link;
    if (links.source[link] !== links.target[link]) places[next[links.target[link]]++] = link;
  }
  return { start, links: places };
}
