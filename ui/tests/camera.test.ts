import assert from "node:assert/strict";
import { test } from "node:test";
import { areOutOfSight, between, boundsOf, panned, projection, wholeMap, zoomedAt } from "../viewer/camera.ts";

const SIZE = { width: 1000, height: 600 };
const SCENE = { bounds: { left: -2, right: 2, bottom: -1, top: 1 }, inked: 0 };
const near = (one: number, other: number) => assert.ok(Math.abs(one - other) < 1e-6, `${one}, expected ${other}`);

test("the whole map fits with a margin of 40 pixels, upwards as on paper", () => {
  const seen = projection(SCENE, null, SIZE);
  near(seen.toX(-2), 40);
  near(seen.toX(2), 960);
  near(seen.toY(0), 300);
  assert.ok(seen.toY(1) < seen.toY(-1));
  near(seen.fromX(seen.toX(0.7)), 0.7);
  near(seen.fromY(seen.toY(0.7)), 0.7);
});

test("items are out of sight where those that are shown all lie outside", () => {
  const items = { x: Float64Array.of(-2, 2), y: Float64Array.of(0, 0), visible: Uint8Array.of(1, 1) };
  const seen = (x: number, zoom: number) => projection(SCENE, { x, y: 0, zoom }, SIZE);
  assert.equal(areOutOfSight(items, seen(0, 1), SIZE), false);
  assert.equal(areOutOfSight(items, seen(0, 9), SIZE), true);
  assert.equal(areOutOfSight(items, seen(2, 9), SIZE), false);
  assert.equal(areOutOfSight({ ...items, visible: Uint8Array.of(1, 0) }, seen(2, 9), SIZE), true);
  assert.equal(areOutOfSight({ ...items, visible: Uint8Array.of(0, 0) }, seen(2, 9), SIZE), false);
});

test("on a narrow picture the margin is smaller", () => {
  near(projection(SCENE, null, { width: 300, height: 600 }).toX(-2), 24);
});

test("items at one point stand in the middle", () => {
  const seen = projection({ bounds: { left: 3, right: 3, bottom: 1, top: 1 }, inked: 0 }, null, SIZE);
  assert.deepEqual([seen.toX(3), seen.toY(1)], [500, 300]);
});

test("zooming leaves the place under the pointer where it is", () => {
  const before = projection(SCENE, null, SIZE);
  const camera = zoomedAt(SCENE, null, SIZE, { x: 730, y: 120 }, 3);
  const after = projection(SCENE, camera, SIZE);
  near(camera.zoom, 3);
  near(after.toX(before.fromX(730)), 730);
  near(after.toY(before.fromY(120)), 120);
});

test("so does every camera on the way", () => {
  const start = wholeMap(SCENE);
  const end = zoomedAt(SCENE, start, SIZE, { x: 730, y: 120 }, 8);
  const place = projection(SCENE, start, SIZE).fromX(730);
  for (const share of [0.1, 0.5, 0.9]) near(projection(SCENE, between(start, end, share), SIZE).toX(place), 730);
});

test("the zoom stays within its range", () => {
  assert.equal(zoomedAt(SCENE, null, SIZE, { x: 0, y: 0 }, 1e9).zoom, 200);
  assert.equal(zoomedAt(SCENE, null, SIZE, { x: 0, y: 0 }, 1e-9).zoom, 0.5);
});

test("a map follows the hand, and does not get lost", () => {
  const seen = projection(SCENE, panned(SCENE, null, SIZE, { x: 30, y: -20 }), SIZE);
  near(seen.toX(-2), 70);
  near(seen.toY(0), 280);
  const far = projection(SCENE, panned(SCENE, null, SIZE, { x: 1e6, y: 0 }), SIZE);
  assert.ok(far.toX(-2) < SIZE.width);
});

test("places that are no numbers have no say in the box of a map", () => {
  const x = Float64Array.of(0, Number.NaN, 3);
  const y = Float64Array.of(1, 2, Number.POSITIVE_INFINITY);
  assert.deepEqual(boundsOf(x, y), { left: 0, right: 0, bottom: 1, top: 1 });
  assert.deepEqual(boundsOf(new Float64Array(0), new Float64Array(0)), { left: 0, right: 0, bottom: 0, top: 0 });
});
