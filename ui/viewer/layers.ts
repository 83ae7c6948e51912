/**
 * Pictures that are kept: what lies under the names, with a margin around the view, and the whole at rest. While the
 * map moves, the picture below is shown moved and scaled, and drawn again once the map rests.
 */
import type { Pixel, Projection, Size } from "./camera.ts";
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
  const full = { width: size.width + 2 * margin, height: size.height + 2 * margin };
  clear(under, full, ratio);
  const moved = shifted(seen, margin);
  if (scene.marks === "none") density(under, moved, full);
  let began = performance.now();
  for (let from = 0; from < scene.links.n; from += LINKS_AT_ONCE) {
    paintLinks(under.context, scene, moved, full, from, Math.min(from + LINKS_AT_ONCE, scene.links.n));
    perform(under);
    if (performance.now() - began < SLICE) continue;
    yield;
    began = performance.now();
  }
  if (holdsCircles(scene)) {
    const small = yield* crowdedDots(scene, moved, full, ratio);
    paintCircles(under.context, scene, moved, full, small.large);
    under.context.drawImage(small.canvas, 0, 0, full.width, full.height);
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

/** Where the picture below begins as another camera sees it, and how much larger it is there. */
function placed({ seen: before, margin }: Under, { bounds }: Pick<Scene, "bounds">, seen: Projection) {
  if (!before) return null;
  const scale = seen.scale / before.scale;
  return {
    scale,
    isStill: Math.abs(scale - 1) < 1e-9,
    x: seen.toX(bounds.left) - scale * (before.toX(bounds.left) + margin),
    y: seen.toY(bounds.top) - scale * (before.toY(bounds.top) + margin),
  };
}

/** To the nearest whole pixel of the screen. */
const whole = (pixels: number, ratio: number) => Math.round(pixels * ratio) / ratio;

/**
 * The part of a pixel by which the map would have to move to lie where the picture below is shown: drawn anew there, it
 * looks as before, where half a pixel further all its edges would change.
 */
export function toWhole(under: Under, scene: Pick<Scene, "bounds">, seen: Projection): Pixel {
  const place = placed(under, scene, seen);
  if (!place?.isStill) return { x: 0, y: 0 };
  return { x: whole(place.x, under.ratio) - place.x, y: whole(place.y, under.ratio) - place.y };
}

/** Show the picture below as it looks from another camera. */
export function showUnder(context: CanvasRenderingContext2D, under: Under, scene: Scene, seen: Projection): void {
  const place = placed(under, scene, seen);
  if (!place) return;
  const { scale, isStill } = place;
  const { canvas, ratio } = under;
  // whole pixels of the screen, so that nothing blurs
  const [x, y] = isStill ? [whole(place.x, ratio), whole(place.y, ratio)] : [place.x, place.y];
  context.imageSmoothingEnabled = !isStill;
  context.imageSmoothingQuality = "low";
  context.drawImage(canvas, x, y, (canvas.width / ratio) * scale, (canvas.height / ratio) * scale);
  context.imageSmoothingEnabled = true;
}
