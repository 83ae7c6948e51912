/** How a part of the page follows the state: it is drawn again when what it names has changed, and only then. */

import { useLayoutEffect, useReducer } from "preact/hooks";
import type { State, Store } from "./state.ts";

export function useStore<Name extends keyof State>(store: Store, ...names: Name[]): Pick<Readonly<State>, Name> {
  const [, drawAgain] = useReducer((times: number) => times + 1, 0);
  useLayoutEffect(
    () =>
      store.subscribe((now, before) => {
        if (names.some((name) => !Object.is(now[name], before[name]))) drawAgain(undefined as never);
      }),
    [store, names.join()],
  );
  return store.state;
}
