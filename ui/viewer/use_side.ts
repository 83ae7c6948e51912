/** Which panel is beside the map. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { Shown } from "./shown.ts";
import type { SideState } from "./side.tsx";
import type { Store } from "./state.ts";
import { useStore } from "./use_store.ts";

export const isAnything = ({ state }: Store) => state.selected.length > 0 || state.selectedLink !== null;

/** The panel follows the selection: what is selected is shown, and without a selection the legend. */
export function useSide({ store }: Shown, isNarrow: boolean): [SideState, (state: SideState) => void] {
  const [side, setSide] = useState<SideState>({
    panel: isAnything(store) ? "selection" : "legend",
    isOpen: isAnything(store),
  });
  const { selected, selectedLink } = useStore(store, "selected", "selectedLink");
  const isFirst = useRef(true);
  useEffect(() => {
    if (isAnything(store)) setSide({ panel: "selection", isOpen: true });
    else
      setSide((now) => (now.panel === "selection" || isFirst.current ? { panel: "legend", isOpen: !isNarrow } : now));
    isFirst.current = false;
  }, [store, selected, selectedLink, isNarrow]);
  return [side, setSide];
}
