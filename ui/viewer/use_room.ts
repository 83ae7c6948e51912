/** How much room the viewer has. */

import { useLayoutEffect, useState } from "preact/hooks";

/** Up to these widths the panel comes from below, and the tools have no names. */
const [NARROW, MEDIUM] = [740, 1060];

export type Room = "narrow" | "medium" | "roomy";

export function useRoom(root: { current: HTMLElement | null }): Room {
  const [room, setRoom] = useState(() => roomIn(window.innerWidth));
  useLayoutEffect(() => {
    if (!root.current) return;
    const watch = new ResizeObserver(([entry]) => setRoom(roomIn(entry.contentRect.width)));
    watch.observe(root.current);
    return () => watch.disconnect();
  }, []);
  return room;
}

const roomIn = (width: number): Room => (width <= NARROW ? "narrow" : width <= MEDIUM ? "medium" : "roomy");
