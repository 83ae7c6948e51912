/** Keys of the page do what they mean: see `keys.ts` for which. */

import { useEffect } from "preact/hooks";
import type { MapCanvas } from "./canvas.ts";
import { type Act, actOf, isWriting, nextItem } from "./keys.ts";
import { nothingChosen, type Shown } from "./shown.ts";
import { VIEWS } from "./toolbar.tsx";

interface Props {
  root: { current: HTMLElement | null };
  canvas: () => MapCanvas | null;
  shown: Shown;
  /** Whether keys that are pressed anywhere on the page are meant for the map. */
  hasPage: boolean;
  onHelp: () => void;
}

export function useKeys({ root, canvas, shown, hasPage, onHelp }: Props): void {
  useEffect(() => {
    const around: HTMLElement | Document | null = hasPage ? document : root.current;
    const listen = (event: Event) => {
      const key = event as KeyboardEvent;
      const act = key.defaultPrevented ? null : meantBy(key);
      // The map has arrow keys of its own: those with Shift are taken before it gets them.
      const seen = canvas();
      if (!act || !seen || (act.do === "step") !== (key.eventPhase === Event.CAPTURING_PHASE)) return;
      key.preventDefault();
      if (act.do === "step") key.stopPropagation();
      perform(act, { root, canvas: seen, shown, onHelp });
    };
    around?.addEventListener("keydown", listen);
    around?.addEventListener("keydown", listen, true);
    return () => {
      around?.removeEventListener("keydown", listen);
      around?.removeEventListener("keydown", listen, true);
    };
  }, [shown, hasPage]);
}

function meantBy(key: KeyboardEvent): Act | null {
  const [target] = key.composedPath();
  if (!(target instanceof Element) || isWriting(target) || target.closest("dialog")) return null;
  return actOf(key, target.matches("canvas"));
}

interface Means extends Omit<Props, "canvas" | "hasPage"> {
  canvas: MapCanvas;
}

function perform(act: Act, { root, canvas, shown, onHelp }: Means): void {
  const { store } = shown;
  if (act.do === "search") root.current?.querySelector<HTMLElement>("[role=combobox]")?.focus();
  else if (act.do === "help") onHelp();
  else if (act.do === "fit") canvas.fit();
  else if (act.do === "zoom") canvas.zoomBy(act.by);
  else if (act.do === "clear") store.change(nothingChosen);
  else if (act.do === "view") store.change({ view: VIEWS[act.number] });
  else if (act.do === "step") step(act.right, act.up, canvas, shown);
  else shown.history[act.do]();
}

/** Select the next item in a direction; without a selection the heaviest item. */
function step(right: number, up: number, canvas: MapCanvas, { store }: Shown): void {
  const { scene } = canvas;
  const [from] = store.state.selected;
  const next = from === undefined ? (scene.order[0] ?? null) : nextItem(scene, from, right, up);
  if (next === null) return;
  store.change({ selected: [next], selectedLink: null });
  canvas.show([next]);
}
