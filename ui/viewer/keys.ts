/** What a key does, and which item is the next in a direction. */

export type Act =
  | { do: "search" | "help" | "fit" | "clear" | "undo" | "redo" }
  | { do: "view"; number: number }
  | { do: "zoom"; by: number }
  | { do: "step"; right: number; up: number };

interface Key {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};
const ZOOM = 1.3;

/**
 * The act of a key that is pressed on the map or on the page around it; null for keys that mean nothing here. The map
 * itself moves by arrows, and zooms (`pointer.ts`).
 */
export function actOf(key: Key, isOnMap: boolean): Act | null {
  if (key.altKey) return null;
  if (key.ctrlKey || key.metaKey) return undoOf(key);
  if (Object.hasOwn(ARROWS, key.key)) {
    const [right, up] = ARROWS[key.key];
    return isOnMap && key.shiftKey ? { do: "step", right, up } : null;
  }
  if (/^[1-4]$/.test(key.key)) return { do: "view", number: Number(key.key) - 1 };
  const acts: Record<string, Act> = {
    "/": { do: "search" },
    "?": { do: "help" },
    "0": { do: "fit" },
    "+": { do: "zoom", by: ZOOM },
    "=": { do: "zoom", by: ZOOM },
    "-": { do: "zoom", by: 1 / ZOOM },
    Escape: { do: "clear" },
  };
  return Object.hasOwn(acts, key.key) ? acts[key.key] : null;
}

function undoOf({ key, shiftKey }: Key): Act | null {
  const letter = key.toLowerCase();
  if (letter === "z") return { do: shiftKey ? "redo" : "undo" };
  return letter === "y" ? { do: "redo" } : null;
}

// A slider is none: there, the browser would take back what was last typed elsewhere.
const WRITTEN_IN = "input:not([type=checkbox], [type=radio], [type=button], [type=range], [type=color])";

/** Fields and lists have these keys for themselves. */
export function isWriting(target: EventTarget | undefined): boolean {
  return target instanceof Element && target.matches(`${WRITTEN_IN}, textarea, select, [contenteditable=true]`);
}

/** Whether a click, or the key that stands for one, adds to the selection what it is on, or takes it out again. */
export const isAdding = ({ shiftKey, ctrlKey, metaKey }: Omit<Key, "key" | "altKey">): boolean =>
  shiftKey || ctrlKey || metaKey;

interface Places {
  x: ArrayLike<number>;
  y: ArrayLike<number>;
  visible: ArrayLike<number>;
}

/** The nearest visible item within 45° of a direction, or null; y points up. */
export function nextItem({ x, y, visible }: Places, from: number, right: number, up: number): number | null {
  let [next, nearest] = [-1, Number.POSITIVE_INFINITY];
  for (let item = 0; item < x.length; item++) {
    if (item === from || !visible[item]) continue;
    const ahead = (x[item] - x[from]) * right + (y[item] - y[from]) * up;
    const aside = Math.abs((x[item] - x[from]) * up) + Math.abs((y[item] - y[from]) * right);
    if (ahead <= 0 || aside > ahead) continue;
    const distance = ahead * ahead + 4 * aside * aside;
    if (distance < nearest) [next, nearest] = [item, distance];
  }
  return next < 0 ? null : next;
}
