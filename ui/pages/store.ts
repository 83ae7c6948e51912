/** What the browser keeps between pages; where it keeps nothing (a private window may not), pages work without. */

export interface Store {
  get(name: string): string | null;
  set(name: string, value: string): void;
  remove(name: string): void;
  names(): string[];
}

/** A store whose names begin with a prefix of its own, so that nothing else on the same address is touched. */
export function storeOf(storage: () => Storage, prefix: string): Store {
  const tried = <T>(act: (held: Storage) => T, otherwise: T): T => {
    try {
      return act(storage());
    } catch {
      return otherwise;
    }
  };
  return {
    get: (name) => tried((held) => held.getItem(prefix + name), null),
    set: (name, value) => tried((held) => held.setItem(prefix + name, value), undefined),
    remove: (name) => tried((held) => held.removeItem(prefix + name), undefined),
    names: () => tried((held) => namesIn(held, prefix), []),
  };
}

function namesIn(held: Storage, prefix: string): string[] {
  const names = Array.from({ length: held.length }, (_, place) => held.key(place) ?? "");
  return names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
}

/** Kept for all tabs, until it is removed. */
export const kept = storeOf(() => localStorage, "benang:");

/** Kept for this tab, as long as it is open. */
export const keptInTab = storeOf(() => sessionStorage, "benang:");
