/** Which weight sizes the items now, and which items are the heaviest. */

import { useMemo } from "preact/hooks";
import type { Shown } from "./shown.ts";
import { chooseWeight } from "./sizes.ts";
import { useStore } from "./use_store.ts";

export function useWeight({ data, store }: Shown): { weight: string; order: Int32Array } {
  const { weight } = useStore(store, "weight");
  return useMemo(() => {
    const { name, values } = chooseWeight(data, weight);
    const order = Int32Array.from({ length: data.n }, (_, item) => item).sort((a, b) => values[b] - values[a] || a - b);
    return { weight: name, order };
  }, [data, weight]);
}
