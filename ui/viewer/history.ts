/** Takes back changes of how the map looks, one at a time; where one looks and what is selected is no such change. */

import type { State, Store } from "./state.ts";

const NOT_KEPT: ReadonlySet<keyof State> = new Set(["camera", "selected", "selectedLink", "view", "period"]);
const TOGETHER = 600;
const MOST = 100;

export interface History {
  /** False where there is nothing to take back. */
  undo(): boolean;
  redo(): boolean;
}

/** Remember every change of the store; changes of the same things within a moment (a slider) are one. */
export function remember(store: Store, now: () => number = Date.now): History {
  const past: Partial<State>[] = [];
  const future: Partial<State>[] = [];
  let last = { names: "", time: Number.NEGATIVE_INFINITY };
  let isMoving = false;
  store.subscribe((state, before) => {
    const names = changed(state, before);
    if (isMoving || !names.length) return;
    future.length = 0;
    const isSame = names.join() === last.names && now() - last.time < TOGETHER;
    last = { names: names.join(), time: now() };
    if (isSame) return;
    past.push(picked(before, names));
    if (past.length > MOST) past.shift();
  });
  const move = (from: Partial<State>[], to: Partial<State>[]): boolean => {
    const part = from.pop();
    if (!part) return false;
    to.push(picked(store.state, Object.keys(part) as (keyof State)[]));
    last = { names: "", time: Number.NEGATIVE_INFINITY };
    isMoving = true;
    store.change(part);
    isMoving = false;
    return true;
  };
  return { undo: () => move(past, future), redo: () => move(future, past) };
}

function changed(now: Readonly<State>, before: Readonly<State>): (keyof State)[] {
  const names = Object.keys(now) as (keyof State)[];
  return names.filter((name) => !NOT_KEPT.has(name) && !Object.is(now[name], before[name]));
}

function picked(state: Readonly<State>, names: readonly (keyof State)[]): Partial<State> {
  return Object.fromEntries(names.map((name) => [name, state[name]]));
}
