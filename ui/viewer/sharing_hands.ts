/**
 * A map in a page that is read from top to bottom leaves the wheel and one finger to the page: it zooms with Ctrl or ⌘
 * or once it has the focus, and moves by two fingers. Shown on the full screen it takes all.
 */

export type Hint = "wheel" | "touch";

interface Means {
  /** The element that holds the canvas: it hears of everything before the canvas does. */
  around: HTMLElement;
  canvas: HTMLElement;
  /** Whether nothing but the map is on the screen. */
  isAlone: () => boolean;
  /** A gesture was left to the page: say how the map would have it. */
  hint: (how: Hint) => void;
}

const isChosen = (event: WheelEvent) => event.ctrlKey || event.metaKey;

/** Leave to the page what is meant for it; returns what ends it. */
export function shareHands({ around, canvas, isAlone, hint }: Means): () => void {
  const ending = new AbortController();
  const early = { signal: ending.signal, capture: true };
  const fingers = new Set<number>();
  const hasFocus = () => (canvas.getRootNode() as Document | ShadowRoot).activeElement === canvas;

  const wheel = (event: WheelEvent) => {
    if (isChosen(event) || hasFocus() || isAlone()) return;
    event.stopPropagation();
    hint("wheel");
  };
  const finger = (event: PointerEvent) => {
    if (event.pointerType !== "touch") return;
    if (event.type === "pointerdown") fingers.add(event.pointerId);
    else if (event.type !== "pointermove") fingers.delete(event.pointerId);
    // The browser scrolls by one finger, unless the page can't go further: the map doesn't move then either.
    else if (fingers.size < 2 && !isAlone()) event.stopPropagation();
  };
  const touch = (event: TouchEvent) => {
    if (event.touches.length > 1) event.preventDefault();
    else if (event.type === "touchmove" && !isAlone()) hint("touch");
  };
  around.addEventListener("wheel", wheel, { ...early, passive: true });
  for (const one of ["pointerdown", "pointermove", "pointerup", "pointercancel"] as const)
    around.addEventListener(one, finger, early);
  for (const one of ["touchstart", "touchmove"] as const)
    around.addEventListener(one, touch, { ...early, passive: false });
  const follow = () => {
    for (const { style } of [around, canvas]) style.touchAction = isAlone() ? "none" : "pan-x pan-y";
  };
  document.addEventListener("fullscreenchange", follow, { signal: ending.signal });
  follow();
  return () => ending.abort();
}
