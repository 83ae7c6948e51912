/** Very many small circles, put into the pixels of a picture: a hundred thousand take some hundredths of a second. */
import type { Projection, Size } from "./camera.ts";
import { newLayer } from "./layer.ts";
import { CIRCLE_OPACITY, edge, OUTLINE, radiusOf } from "./paint.ts";
import type { Scene } from "./scene.ts";

const DOTS_A_SLICE = 20_000;
const MOST = 12; // pixels of the screen: larger circles are drawn one by one

/**
 * Return a clear picture with the small circles of a scene on it, and the large ones, which have to be drawn below them:
 * so that a small one is never hidden. It may be paused after some thousands.
 */
export function* crowdedDots(
  scene: Scene,
  seen: Projection,
  size: Size,
  ratio: number,
): Generator<void, { canvas: HTMLCanvasElement; large: number[] }> {
  const layer = newLayer();
  const [width, height] = [Math.round(size.width * ratio), Math.round(size.height * ratio)];
  Object.assign(layer.canvas, { width, height });
  const image = layer.context.createImageData(width, height);
  const shades = new Map<string, Shade>();
  const large: number[] = [];
  for (let at = 0; at < scene.n; at++) {
    if (at % DOTS_A_SLICE === DOTS_A_SLICE - 1) yield;
    const item = scene.order[at];
    if (!scene.visible[item]) continue;
    const [x, y] = [seen.toX(scene.x[item]) * ratio, seen.toY(scene.y[item]) * ratio];
    const radius = radiusOf(scene, seen, item) * ratio;
    if (radius > MOST) large.push(item);
    else dot(image, x, y, radius, shadeOf(shades, scene, item), ratio);
  }
  layer.context.putImageData(image, 0, 0);
  return { canvas: layer.canvas, large };
}

/** Red, green and blue from 0 to 255: of the disc, then of its outline. */
type Shade = readonly [number, number, number, number, number, number];

function shadeOf(shades: Map<string, Shade>, scene: Scene, item: number): Shade {
  const colour = scene.colour[item];
  const known = shades.get(colour) ?? ([...levels(colour), ...levels(edge(colour, scene.theme))] as unknown as Shade);
  shades.set(colour, known);
  return known;
}

function levels(colour: string): [number, number, number] {
  const number = Number.parseInt(colour.slice(1, 7), 16);
  return [number >> 16, (number >> 8) & 255, number & 255];
}

/** Mix a disc and its outline into a picture; borders are as soft as a pixel. */
function dot(image: ImageData, x: number, y: number, radius: number, shade: Shade, ratio: number): void {
  const { data, width, height } = image;
  if (x < -radius || y < -radius || x > width + radius || y > height + radius) return;
  const [left, right] = [Math.max(0, Math.floor(x - radius - 1)), Math.min(width - 1, Math.ceil(x + radius))];
  const [top, bottom] = [Math.max(0, Math.floor(y - radius - 1)), Math.min(height - 1, Math.ceil(y + radius))];
  const inner = radius < 1.5 ? radius + 1 : radius - OUTLINE * ratio;
  const strength = radius < 0.5 ? radius * 2 : 1; // what is smaller than a pixel is paler
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      const off = Math.hypot(column + 0.5 - x, row + 0.5 - y);
      const cover = Math.min(1, radius + 0.5 - off);
      if (cover <= 0) continue;
      const rim = Math.min(1, Math.max(0, off - inner + 0.5));
      const alpha = cover * strength * (CIRCLE_OPACITY + (1 - CIRCLE_OPACITY) * rim);
      blend(data, 4 * (row * width + column), shade, rim, alpha);
    }
  }
}

function blend(data: Uint8ClampedArray, at: number, shade: Shade, rim: number, alpha: number): void {
  const below = (data[at + 3] / 255) * (1 - alpha);
  const whole = alpha + below;
  for (let channel = 0; channel < 3; channel++) {
    const own = shade[channel] + (shade[channel + 3] - shade[channel]) * rim;
    data[at + channel] = (own * alpha + data[at + channel] * below) / whole;
  }
  data[at + 3] = whole * 255;
}
