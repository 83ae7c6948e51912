/** A map that is a figure of its page can fill the screen, where the browser allows it. */

import { useEffect, useRef, useState } from "preact/hooks";
import { Icon } from "./icons.tsx";
import { t } from "./words.ts";

export function FullScreen() {
  const button = useRef<HTMLButtonElement>(null);
  const [isFull, setFull] = useState(false);
  useEffect(() => {
    const follow = () => setFull(button.current !== null && isFullScreen(button.current));
    document.addEventListener("fullscreenchange", follow);
    return () => document.removeEventListener("fullscreenchange", follow);
  }, []);
  if (!document.fullscreenEnabled) return null;
  const turn = () => {
    if (!button.current) return;
    const turned = isFull ? document.exitFullscreen() : hostOf(button.current).requestFullscreen();
    turned.catch(() => setFull(false)); // refused by the browser or its user: the map stays where it is
  };
  const label = isFull ? t("Leave full screen") : t("Full screen");
  return (
    <button ref={button} type="button" class="tool" aria-label={label} title={label} onClick={turn}>
      <Icon name={isFull ? "shrink" : "grow"} />
    </button>
  );
}

export const isFullScreen = (within: Element): boolean => document.fullscreenElement === hostOf(within);

/** The element that holds the viewer in its page. */
function hostOf(within: Element): Element {
  const root = within.getRootNode();
  return root instanceof ShadowRoot ? root.host : within;
}
