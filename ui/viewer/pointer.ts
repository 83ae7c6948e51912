/** What hands do on a map: mouse, pen, touch, wheel and keys, as gestures in pixels of the canvas. */

import { isAdding } from "./keys.ts";

export interface Gestures {
  /** The pointer rests or moves without a button. */
  hover(x: number, y: number): void;
  leave(): void;
  tap(x: number, y: number, how: { add: boolean; touch: boolean }): void;
  doubleTap(x: number, y: number, out: boolean): void;
  /** Whether a drag from here moves an item rather than the map. */
  grab(x: number, y: number, how: { any: boolean; touch: boolean }): boolean;
  moveItem(x: number, y: number): void;
  drop(): void;
  pan(byX: number, byY: number): void;
  panned(): void;
  zoom(x: number, y: number, factor: number, smooth: boolean): void;
  box(x0: number, y0: number, x1: number, y1: number): void;
  boxed(x0: number, y0: number, x1: number, y1: number): void;
  /** A step by key: across and along in steps, or a factor to zoom by, or the whole map. */
  step(byX: number, byY: number): void;
  zoomBy(factor: number): void;
  fit(): void;
  cancel(): void;
}

const STILL = { mouse: 4, touch: 10 }; // pixels that a click may move
const DOUBLE = 350; // milliseconds between two taps

type Drag = { kind: "wait" | "pan" | "item" | "box" | "pinch"; startX: number; startY: number; x: number; y: number };

/** Listen to a canvas; returns what ends it. */
export function listen(canvas: HTMLElement, on: Gestures): () => void {
  const ending = new AbortController();
  const options = { signal: ending.signal };
  const pointers = new Map<number, { x: number; y: number }>();
  let drag: Drag | null = null;
  let spread = 0;
  let tapped = { time: 0, x: 0, y: 0 };

  const place = (event: MouseEvent) => {
    const box = canvas.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  const isTouch = (event: PointerEvent) => event.pointerType === "touch";

  const down = (event: PointerEvent) => {
    if (event.button !== 0) return;
    const at = place(event);
    pointers.set(event.pointerId, at);
    canvas.setPointerCapture?.(event.pointerId);
    if (pointers.size === 2) {
      end(false);
      spread = pinch(pointers).spread;
      drag = { kind: "pinch", startX: at.x, startY: at.y, ...pinch(pointers) };
    } else if (pointers.size === 1) drag = { kind: "wait", startX: at.x, startY: at.y, ...at };
  };

  const move = (event: PointerEvent) => {
    const at = place(event);
    if (pointers.has(event.pointerId) && drag) {
      pointers.set(event.pointerId, at);
      if (drag.kind === "wait" && Math.hypot(at.x - drag.startX, at.y - drag.startY) > still(event)) begin(drag, event);
      drawn(drag, at);
    } else if (!isTouch(event)) on.hover(at.x, at.y);
  };

  const drawn = (now: Drag, at: { x: number; y: number }) => {
    if (now.kind === "wait") return;
    if (now.kind === "pinch") return pinched(now);
    if (now.kind === "pan") on.pan(at.x - now.x, at.y - now.y);
    if (now.kind === "item") on.moveItem(at.x, at.y);
    if (now.kind === "box") on.box(now.startX, now.startY, at.x, at.y);
    [now.x, now.y] = [at.x, at.y];
  };

  const still = (event: PointerEvent) => (isTouch(event) ? STILL.touch : STILL.mouse);

  const begin = (begun: Drag, event: PointerEvent) => {
    const how = { any: event.altKey, touch: isTouch(event) };
    if (event.shiftKey) begun.kind = "box";
    else begun.kind = on.grab(begun.startX, begun.startY, how) ? "item" : "pan";
    if (begun.kind !== "item") on.leave();
  };

  const pinched = (before: Drag) => {
    const now = pinch(pointers);
    on.pan(now.x - before.x, now.y - before.y);
    if (spread > 0 && now.spread > 0) on.zoom(now.x, now.y, now.spread / spread, false);
    spread = now.spread;
    [before.x, before.y] = [now.x, now.y];
  };

  const end = (done: boolean) => {
    if (drag?.kind === "item") on.drop();
    if (drag?.kind === "pan" || drag?.kind === "pinch") on.panned();
    if (drag?.kind === "box") (done ? on.boxed : on.cancel)(drag.startX, drag.startY, drag.x, drag.y);
    drag = null;
  };

  const up = (event: PointerEvent) => {
    if (!pointers.delete(event.pointerId)) return;
    const waiting = drag?.kind === "wait";
    end(event.type === "pointerup");
    if (waiting && event.type === "pointerup") tap(event);
    // the finger that is left goes on dragging
    const [rest] = pointers.values();
    if (rest) drag = { kind: "pan", startX: rest.x, startY: rest.y, ...rest };
  };

  const tap = (event: PointerEvent) => {
    const at = place(event);
    const isSecond = event.timeStamp - tapped.time < DOUBLE && Math.hypot(at.x - tapped.x, at.y - tapped.y) < 12;
    tapped = { time: isSecond ? 0 : event.timeStamp, ...at };
    const add = isAdding(event);
    if (isSecond && !add) on.doubleTap(at.x, at.y, event.altKey);
    else on.tap(at.x, at.y, { add, touch: isTouch(event) });
  };

  const wheel = (event: WheelEvent) => {
    event.preventDefault();
    const at = place(event);
    const pixels = event.deltaY * (event.deltaMode === 1 ? 30 : event.deltaMode === 2 ? 400 : 1);
    // pinching on a touch pad comes as a wheel with the control key, in small steps
    const share = Math.max(-1, Math.min(1, event.ctrlKey ? pixels * 0.01 : pixels * 0.0022));
    on.zoom(at.x, at.y, Math.exp(-share), Math.abs(pixels) > 40);
  };

  canvas.addEventListener("pointerdown", down, options);
  canvas.addEventListener("pointermove", move, options);
  canvas.addEventListener("pointerup", up, options);
  canvas.addEventListener("pointercancel", up, options);
  canvas.addEventListener("pointerleave", () => !drag && on.leave(), options);
  canvas.addEventListener("wheel", wheel, { ...options, passive: false });
  canvas.addEventListener("keydown", (event) => press(event, on), options);
  return () => ending.abort();
}

function pinch(pointers: ReadonlyMap<number, { x: number; y: number }>): { x: number; y: number; spread: number } {
  const [one, other] = [...pointers.values()];
  return {
    x: (one.x + other.x) / 2,
    y: (one.y + other.y) / 2,
    spread: Math.hypot(one.x - other.x, one.y - other.y),
  };
}

const STEP = 1.25;
const KEYS: Record<string, (on: Gestures) => void> = {
  ArrowLeft: (on) => on.step(-1, 0),
  ArrowRight: (on) => on.step(1, 0),
  ArrowUp: (on) => on.step(0, -1),
  ArrowDown: (on) => on.step(0, 1),
  "+": (on) => on.zoomBy(STEP),
  "=": (on) => on.zoomBy(STEP),
  "-": (on) => on.zoomBy(1 / STEP),
  "0": (on) => on.fit(),
};

function press(event: KeyboardEvent, on: Gestures): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const act = KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act(on);
}
