/** A store in memory. */
import type { Store } from "../../pages/store.ts";

export function inMemory(first: Record<string, string> = {}): Store {
  const held = new Map(Object.entries(first));
  return {
    get: (name) => held.get(name) ?? null,
    set: (name, value) => void held.set(name, value),
    remove: (name) => void held.delete(name),
    names: () => [...held.keys()],
  };
}
