/** A line over the map that says how it is zoomed or moved, for a moment, after a gesture that went to the page. */

import { useEffect, useState } from "preact/hooks";
import type { Hint } from "./sharing_hands.ts";
import { t } from "./words.ts";

const SHOWN = 1400; // milliseconds

/** What was last left to the page; each time is a new value. */
export type Left = { how: Hint } | null;

export function HandHint({ left }: { left: Left }) {
  const [isShown, show] = useState(false);
  useEffect(() => {
    if (!left) return;
    show(true);
    const waiting = setTimeout(() => show(false), SHOWN);
    return () => clearTimeout(waiting);
  }, [left]);
  // Only for those who point: keys and buttons zoom wherever the map stands.
  return (
    <p class={isShown ? "hand-hint now" : "hand-hint"} aria-hidden="true">
      {left && said(left.how)}
    </p>
  );
}

function said(how: Hint): string {
  if (how === "touch") return t("Move the map with two fingers");
  return isApple() ? t("Hold ⌘ to zoom, or click the map") : t("Hold Ctrl to zoom, or click the map");
}

const isApple = () => /Mac|iPhone|iPad/.test(navigator.platform);
