/** What hands change in the state: which items and link are selected, and where items are. */
import type { Projection } from "./camera.ts";
import type { MapData } from "./model.ts";
import type { Picked } from "./pick.ts";
import { ownPlace, type Scene } from "./scene.ts";
import { type State, toggled } from "./state.ts";

/** An item under the hand, and how far its middle is from there, in pixels. */
export interface Grip {
  item: number;
  offX: number;
  offY: number;
}

/** A tap selects what is under it, or adds the item there to the selection; on nothing, it clears the selection. */
export function afterTap(data: MapData, state: State, picked: Picked, add: boolean): Partial<State> {
  const { selected, selectedLink } = state;
  if (picked && "item" in picked) {
    return { selected: add ? toggled(selected, picked.item) : [picked.item], selectedLink: null };
  }
  if (picked) {
    const { source, target } = data.links;
    return { selected: [], selectedLink: [source[picked.link], target[picked.link]] };
  }
  return !add && (selected.length > 0 || selectedLink) ? { selected: [], selectedLink: null } : {};
}

/** A box adds the items in it to the selection. */
export function afterBox({ selected }: State, inside: readonly number[]): Partial<State> {
  return { selected: [...new Set([...selected, ...inside])], selectedLink: null };
}

export function gripOf(scene: Scene, seen: Projection, item: number, x: number, y: number): Grip {
  return { item, offX: seen.toX(scene.x[item]) - x, offY: seen.toY(scene.y[item]) - y };
}

/** An item follows the hand that drags it. */
export function afterMove(
  data: MapData,
  state: State,
  seen: Projection,
  { item, offX, offY }: Grip,
  x: number,
  y: number,
): Partial<State> {
  const place = ownPlace(data, state, seen.fromX(x + offX), seen.fromY(y + offY));
  return { moved: { ...state.moved, [item]: place } };
}
