/** The curves of links on the screen: as print bends them, by 0.3 of their length. */
import type { Projection, Size } from "./camera.ts";
import type { Scene } from "./scene.ts";

/** A quadratic curve in pixels: start, control point, end. */
export interface Curve {
  x0: number;
  y0: number;
  cx: number;
  cy: number;
  x1: number;
  y1: number;
}

const BEND = 0.3;

/** The items that a link joins, the one that comes first in the map first: a link bends the same way in print. */
export function endsOf(scene: Scene, link: number): [number, number] {
  const { source, target } = scene.data.links;
  return source[link] < target[link] ? [source[link], target[link]] : [target[link], source[link]];
}

export function curveOf(scene: Scene, seen: Projection, link: number): Curve {
  const [one, other] = endsOf(scene, link);
  const [x0, y0] = [seen.toX(scene.x[one]), seen.toY(scene.y[one])];
  const [x1, y1] = [seen.toX(scene.x[other]), seen.toY(scene.y[other])];
  const bend = scene.links.curved ? BEND : 0;
  return { x0, y0, x1, y1, cx: (x0 + x1) / 2 + bend * (y1 - y0), cy: (y0 + y1) / 2 - bend * (x1 - x0) };
}

/** Whether a curve can be seen on a picture; it lies within its three points. */
export function isOn(curve: Curve, size: Size, room = 0): boolean {
  return (
    Math.max(curve.x0, curve.x1, curve.cx) > -room &&
    Math.min(curve.x0, curve.x1, curve.cx) < size.width + room &&
    Math.max(curve.y0, curve.y1, curve.cy) > -room &&
    Math.min(curve.y0, curve.y1, curve.cy) < size.height + room
  );
}

/** How far a place is from a curve, in pixels. */
export function distanceTo(curve: Curve, x: number, y: number): number {
  let least = Number.POSITIVE_INFINITY;
  let [fromX, fromY] = [curve.x0, curve.y0];
  const steps = 16;
  for (let step = 1; step <= steps; step++) {
    const t = step / steps;
    const [a, b, c] = [(1 - t) * (1 - t), 2 * t * (1 - t), t * t];
    const toX = a * curve.x0 + b * curve.cx + c * curve.x1;
    const toY = a * curve.y0 + b * curve.cy + c * curve.y1;
    least = Math.min(least, distanceToPart(fromX, fromY, toX, toY, x, y));
    [fromX, fromY] = [toX, toY];
  }
  return least;
}

function distanceToPart(x0: number, y0: number, x1: number, y1: number, x: number, y: number): number {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const length = dx * dx + dy * dy;
  const share = length > 0 ? Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / length)) : 0;
  return Math.hypot(x - x0 - share * dx, y - y0 - share * dy);
}
