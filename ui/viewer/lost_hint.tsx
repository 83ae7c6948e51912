/** A line for whoever has moved the map until no item is in sight, with the way back. */

import { areOutOfSight } from "./camera.ts";
import type { MapCanvas } from "./canvas.ts";
import type { State, Store } from "./state.ts";
import { useRested } from "./use_rested.ts";
import { useStore } from "./use_store.ts";
import { t } from "./words.ts";

const MOVED_BY: readonly (keyof State)[] = ["camera", "hidden", "clusters", "period"];

export function LostHint({ store, canvas }: { store: Store; canvas: () => MapCanvas | null }) {
  const state = useStore(store, ...MOVED_BY);
  const isLost = useRested(() => isNothingSeen(canvas()), ...MOVED_BY.map((name) => state[name]));
  return (
    <div role="status" class="lost-hint">
      {isLost && (
        <>
          <p>{t("No item is in view.")}</p>
          <button type="button" onClick={() => canvas()?.fit()}>
            {t("Show the whole map")}
          </button>
        </>
      )}
    </div>
  );
}

const isNothingSeen = (canvas: MapCanvas | null): boolean =>
  canvas !== null && areOutOfSight(canvas.scene, canvas.projection(), canvas.size());
