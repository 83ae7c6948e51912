import assert from "node:assert/strict";
import { test } from "node:test";
import { panned, projection } from "../viewer/camera.ts";
import { toWhole, type Under } from "../viewer/layers.ts";

const SIZE = { width: 1000, height: 600 };
const SCENE = { bounds: { left: -2, right: 2, bottom: -1, top: 1 }, inked: 0 };
const drawn = (ratio: number) =>
  ({ seen: projection(SCENE, null, SIZE), size: SIZE, margin: 200, ratio }) as unknown as Under;
const off = (x: number, y: number, ratio = 1) =>
  toWhole(drawn(ratio), SCENE, projection(SCENE, panned(SCENE, null, SIZE, { x, y }), SIZE));
const near = (one: { x: number; y: number }, x: number, y: number) =>
  assert.ok(Math.abs(one.x - x) < 1e-6 && Math.abs(one.y - y) < 1e-6, `${one.x}, ${one.y}`);

test("a map that was moved by parts of a pixel is brought to the nearest whole one", () => {
  near(off(30, -20), 0, 0);
  near(off(30.25, -20.75), -0.25, -0.25);
});

test("on a fine screen its pixels count, not those of the page", () => {
  near(off(30.5, -20.4, 2), 0, -0.1);
});

test("a map that was zoomed, or is not drawn yet, stays where it is", () => {
  const zoomed = projection(SCENE, { x: 0.0123, y: 0, zoom: 2 }, SIZE);
  assert.deepEqual(toWhole(drawn(1), SCENE, zoomed), { x: 0, y: 0 });
  assert.deepEqual(toWhole({ ...drawn(1), seen: null }, SCENE, zoomed), { x: 0, y: 0 });
});
