/** What panels ask of the maps: to select and to bring into view. */

import { useMemo } from "preact/hooks";
import type { MapCanvas } from "./canvas.ts";
import type { Moves, Shown } from "./shown.ts";
import { type State, toggled } from "./state.ts";

/** Milliseconds for which the pointer rests on a row before its item is lit: it passes over many. */
const LIGHT_AFTER = 80;

/** The map that the reader is at, and its picture, among all that are on the page. */
export interface OnPage {
  maps: readonly Shown[];
  canvases: readonly (MapCanvas | null)[];
}

export function useMoves(shown: Shown, page: () => OnPage, complain: Moves["complain"]): Moves {
  return useMemo(() => {
    const { store } = shown;
    const canvas = () => page().canvases[page().maps.indexOf(shown)] ?? null;
    let lighting: ReturnType<typeof setTimeout> | undefined;
    const choose = (items: readonly number[], part: Partial<State>) => {
      clearTimeout(lighting);
      canvas()?.light(null);
      store.change({ ...part, hidden: without(store.state.hidden, items) });
      canvas()?.show(items);
      followElsewhere(page(), shown);
    };
    return {
      choose: (item, isAdded = false) => {
        const selected = isAdded ? toggled(store.state.selected, item) : [item];
        choose([item], { selected, selectedLink: null });
      },
      chooseLink: (one, other) => choose([one, other], { selected: [], selectedLink: [one, other] }),
      light: (item) => {
        clearTimeout(lighting);
        lighting = setTimeout(() => canvas()?.light(item), LIGHT_AFTER);
      },
      complain,
    };
  }, [shown]);
}

/** The other map has the same selection: bring that into view, too. */
function followElsewhere({ maps, canvases }: OnPage, shown: Shown): void {
  maps.forEach((map, at) => {
    const { selected, selectedLink } = map.store.state;
    const items = selectedLink ?? selected;
    if (map !== shown && items.length) canvases[at]?.show(items);
  });
}

function without(hidden: ReadonlySet<number>, items: readonly number[]): ReadonlySet<number> {
  if (!items.some((item) => hidden.has(item))) return hidden;
  return new Set([...hidden].filter((item) => !items.includes(item)));
}
