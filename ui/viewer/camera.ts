/** From places on the map to pixels and back. y grows upwards on the map and downwards on the screen. */
import type { Scene } from "./scene.ts";
import { crowding } from "./sizes.ts";
import type { Camera } from "./state.ts";

export interface Size {
  width: number;
  height: number;
}

export interface Projection {
  /** Pixels to the map's unit. */
  scale: number;
  /** How much larger than whole the map is. */
  zoom: number;
  /** By what the radii of circles are multiplied. */
  circles: number;
  toX(x: number): number;
  toY(y: number): number;
  fromX(left: number): number;
  fromY(top: number): number;
}

export const MARGIN = 40;
export const [LEAST_ZOOM, MOST_ZOOM] = [0.5, 200];

/** What a camera has to know of a scene. */
export type Placed = Pick<Scene, "bounds" | "inked">;

/** What is asked of a scene to tell whether anything of it is seen. */
export type Seen = Pick<Scene, "x" | "y" | "visible">;

/** Pixels to the map's unit where the whole map is seen. */
export function fitScale({ bounds }: Placed, { width, height }: Size): number {
  const margin = Math.min(MARGIN, 0.08 * Math.min(width, height));
  const across = Math.max(width - 2 * margin, 1) / Math.max(bounds.right - bounds.left, 1e-12);
  const along = Math.max(height - 2 * margin, 1) / Math.max(bounds.top - bounds.bottom, 1e-12);
  const scale = Math.min(across, along);
  return scale < 1e9 ? scale : 1; // all items at one point
}

const LEAST_AREA = 0.2; // of the picture: a flat map may spread out a little

/** The part of their own size that circles have where the whole map is seen. */
export function crowdingOf(scene: Placed, size: Size): number {
  const { left, right, bottom, top } = scene.bounds;
  const area = (right - left) * (top - bottom) * fitScale(scene, size) ** 2;
  return crowding(scene.inked, Math.max(area, LEAST_AREA * size.width * size.height));
}

/** The camera that shows the whole map. */
export function wholeMap({ bounds }: Placed): Camera {
  return { x: (bounds.left + bounds.right) / 2, y: (bounds.bottom + bounds.top) / 2, zoom: 1 };
}

/** Whether a camera shows the whole map, as near as makes no difference. */
export function isWhole(scene: Placed, { x, y, zoom }: Camera): boolean {
  const whole = wholeMap(scene);
  const nearby = 1e-3 * Math.max(scene.bounds.right - scene.bounds.left, scene.bounds.top - scene.bounds.bottom);
  return Math.abs(zoom - 1) < 1e-3 && Math.abs(x - whole.x) <= nearby && Math.abs(y - whole.y) <= nearby;
}

/** How a camera sees the map; without one, all of it with a margin of 40 pixels. */
export function projection(scene: Placed, camera: Camera | null, size: Size): Projection {
  const { x, y, zoom } = camera ?? wholeMap(scene);
  const scale = fitScale(scene, size) * zoom;
  const [left, top] = [size.width / 2 - x * scale, size.height / 2 + y * scale];
  return {
    scale,
    zoom,
    circles: Math.min(1, crowdingOf(scene, size) * zoom),
    toX: (place) => left + place * scale,
    toY: (place) => top - place * scale,
    fromX: (pixel) => (pixel - left) / scale,
    fromY: (pixel) => (top - pixel) / scale,
  };
}

const within = (zoom: number) => Math.min(MOST_ZOOM, Math.max(LEAST_ZOOM, zoom));

/** Zoom by a factor; the place under a pixel stays there. */
export function zoomedAt(scene: Placed, camera: Camera | null, size: Size, at: Pixel, factor: number): Camera {
  const now = camera ?? wholeMap(scene);
  const zoom = within(now.zoom * factor);
  const before = projection(scene, now, size);
  const after = fitScale(scene, size) * zoom;
  return {
    x: before.fromX(at.x) - (at.x - size.width / 2) / after,
    y: before.fromY(at.y) + (at.y - size.height / 2) / after,
    zoom,
  };
}

export interface Pixel {
  x: number;
  y: number;
}

/** Move the picture by so many pixels; its middle stays within the map's box. */
export function panned(scene: Placed, camera: Camera | null, size: Size, by: Pixel): Camera {
  const now = camera ?? wholeMap(scene);
  const scale = fitScale(scene, size) * now.zoom;
  const { left, right, bottom, top } = scene.bounds;
  const [across, along] = [size.width / 2 / scale, size.height / 2 / scale];
  return {
    x: Math.min(right + across * 0.8, Math.max(left - across * 0.8, now.x - by.x / scale)),
    y: Math.min(top + along * 0.8, Math.max(bottom - along * 0.8, now.y + by.y / scale)),
    zoom: now.zoom,
  };
}

/** Whether the items that are shown all lie outside the picture; where none is shown, no camera would bring one back. */
export function areOutOfSight({ x, y, visible }: Seen, { toX, toY }: Projection, { width, height }: Size): boolean {
  let areAny = false;
  for (let item = 0; item < x.length; item++) {
    if (!visible[item]) continue;
    areAny = true;
    const [left, top] = [toX(x[item]), toY(y[item])];
    if (left > 0 && top > 0 && left < width && top < height) return false;
  }
  return areAny;
}

/** The camera that shows some items as large as they fit, at most `most` times as large as the whole map. */
export function around(scene: Scene, items: readonly number[], size: Size, most: number): Camera | null {
  if (items.length === 0) return null;
  const bounds = boundsOf(scene.x, scene.y, items);
  const whole = fitScale(scene, size);
  const margin = { width: size.width * 0.8, height: size.height * 0.8 };
  const own = items.length === 1 ? Number.POSITIVE_INFINITY : fitScale({ bounds, inked: 0 }, margin) / whole;
  return { ...wholeMap({ bounds, inked: 0 }), zoom: within(Math.min(own, most)) };
}

/** The camera a part of the way from one to another: the zoom in equal ratios, the place in step with it. */
export function between(start: Camera, end: Camera, share: number): Camera {
  if (share >= 1) return end;
  const zoom = start.zoom * (end.zoom / start.zoom) ** share;
  // in pixels of the way as they pass the eye, so that the end does not rush past
  const still = Math.abs(end.zoom / start.zoom - 1) < 1e-3;
  const part = still ? share : (1 / start.zoom - 1 / zoom) / (1 / start.zoom - 1 / end.zoom);
  return { x: start.x + (end.x - start.x) * part, y: start.y + (end.y - start.y) * part, zoom };
}

export interface Bounds {
  left: number;
  right: number;
  bottom: number;
  top: number;
}

/** The box around places that are numbers; around the origin where there are none. */
export function boundsOf(x: Float64Array, y: Float64Array, items?: readonly number[]): Bounds {
  const box = { left: Infinity, right: -Infinity, bottom: Infinity, top: -Infinity };
  const n = items?.length ?? x.length;
  for (let k = 0; k < n; k++) {
    const at = items ? items[k] : k;
    if (!Number.isFinite(x[at]) || !Number.isFinite(y[at])) continue;
    box.left = Math.min(box.left, x[at]);
    box.right = Math.max(box.right, x[at]);
    box.bottom = Math.min(box.bottom, y[at]);
    box.top = Math.max(box.top, y[at]);
  }
  return box.left <= box.right ? box : { left: 0, right: 0, bottom: 0, top: 0 };
}
