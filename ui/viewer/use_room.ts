/** How much room the viewer has. */

import { useLayoutEffect, useState } from "preact/hooks";

/** Up to these widths the panel comes from below, and the tools have no names. */
const [NARROW, MEDIUM] = [740, 1060];

export type Room = "narrow" | "medium" | "roomy";

/** The room that an element has; `width` is what it had before it was there. */
export function useRoom(root: { current: HTMLElement | null }, width: number): Room {
  const [room, setRoom] = useState(() => roomIn(width));
  useLayoutEffect(() => {
    if (!root.current) return;
    const watch = new ResizeObserver(([entry]) => setRoom(roomIn(entry.contentRect.width)));
    watch.observe(root.current);
    return () => watch.disconnect();
  }, []);
  return room;
}

const roomIn = (width: number): Room => (width <= NARROW ? "narrow" : width <= MEDIUM ? "medium" : "roomy");
