/**
 * Pictures that are kept: what lies under the names, with a margin around the view, and the whole at rest. While the
 * map moves, the picture below is shown moved and scaled, and drawn again once the map rests.
 */
import type { Projection, Size } from "./camera.ts";
import { crowdedDots } from "./dots.ts";
import { clear, type Layer, newLayer, perform } from "./layer.ts";
import { paintCircles, paintLinks } from "./paint.ts";
import type { Scene } from "./scene.ts";

/** A picture with a margin on all sides, and how the map was seen when it was drawn. */
export interface Under extends Layer {
  seen: Projection | null;
  size: Size;
  margin: number;
  ratio: number;
}

export const MANY = 3000; // circles from which on they are not drawn anew in each frame
const LINKS_AT_ONCE = 80;
const SLICE = 14; // milliseconds of drawing links in one frame
const MARGIN = 0.2; // of the longer side

export const newUnder = (): Under => ({
  ...newLayer(),
  seen: null,
  size: { width: 0, height: 0 },
  margin: 0,
  ratio: 1,
});

/** The same view, seen on a picture with a margin. */
export const shifted = (seen: Projection, by: number): Projection => ({
  ...seen,
  toX: (x) => seen.toX(x) + by,
  toY: (y) => seen.toY(y) + by,
  fromX: (pixel) => seen.fromX(pixel - by),
  fromY: (pixel) => seen.fromY(pixel - by),
});

export type PaintDensity = (layer: Layer, seen: Projection, size: Size) => void;

/** Draw what lies under the names, a slice at each call, so that no frame has to wait long. */
export function* drawUnder(
  under: Under,
  scene: Scene,
  seen: Projection,
  size: Size,
  ratio: number,
  density: PaintDensity,
): Generator<void> {
  const margin = Math.round(MARGIN * Math.max(size.width, size.height));
  const whole = { width: size.width + 2 * margin, height: size.height + 2 * margin };
  clear(under, whole, ratio);
  const moved = shifted(seen, margin);
  if (scene.marks === "none") density(under, moved, whole);
  let began = performance.now();
  for (let from = 0; from < scene.links.n; from += LINKS_AT_ONCE) {
    paintLinks(under.context, scene, moved, whole, from, Math.min(from + LINKS_AT_ONCE, scene.links.n));
    perform(under);
    if (performance.now() - began < SLICE) continue;
    yield;
    began = performance.now();
  }
  if (holdsCircles(scene)) {
    const small = yield* crowdedDots(scene, moved, whole, ratio);
    paintCircles(under.context, scene, moved, whole, small.large);
    under.context.drawImage(small.canvas, 0, 0, whole.width, whole.height);
  }
  Object.assign(under, { seen, size, margin, ratio });
}

export const holdsCircles = (scene: Scene): boolean => scene.marks === "circles" && scene.n > MANY;

/** Whether the picture below reaches over all that is seen now. */
export function covers(under: Under, scene: Scene, seen: Projection, size: Size): boolean {
  if (!under.seen) return false;
  const { left, right, top, bottom } = scene.bounds;
  const { toX, toY } = shifted(under.seen, under.margin);
  const { fromX, fromY } = seen;
  // beyond the map there is nothing to see
  return (
    toX(Math.max(fromX(0), left)) >= 0 &&
    toX(Math.min(fromX(size.width), right)) <= under.size.width + 2 * under.margin &&
    toY(Math.min(fromY(0), top)) >= 0 &&
    toY(Math.max(fromY(size.height), bottom)) <= under.size.height + 2 * under.margin
  );
}

/** Show the picture below as it looks from another camera. */
export function showUnder(context: CanvasRenderingContext2D, under: Under, scene: Scene, seen: Projection): void {
  if (!under.seen) return;
  const scale = seen.scale / under.seen.scale;
  const { left, top } = scene.bounds;
  const offX = seen.toX(left) - scale * (under.seen.toX(left) + under.margin);
  const offY = seen.toY(top) - scale * (under.seen.toY(top) + under.margin);
  const { canvas, ratio } = under;
  const isStill = Math.abs(scale - 1) < 1e-9;
  // whole pixels of the screen, so that nothing blurs
  const [x, y] = isStill ? [Math.round(offX * ratio) / ratio, Math.round(offY * ratio) / ratio] : [offX, offY];
  context.imageSmoothingEnabled = !isStill;
  context.imageSmoothingQuality = "low";
  context.drawImage(canvas, x, y, (canvas.width / ratio) * scale, (canvas.height / ratio) * scale);
  context.imageSmoothingEnabled = true;
}
