import assert from "node:assert/strict";
import { test } from "node:test";
import { projection } from "../viewer/camera.ts";
import { curveOf, distanceTo } from "../viewer/curves.ts";
import type { Name } from "../viewer/labels.ts";
import { gridOf, itemAt, itemsInBox, pickAt } from "../viewer/pick.ts";
import { sceneOf } from "../viewer/scene.ts";
import { DEFAULTS } from "../viewer/state.ts";
import { LOOKS } from "./looks/expected.ts";
import { smallMap } from "./small.ts";

const SIZE = { width: 600, height: 600 };
const scene = sceneOf(smallMap(), LOOKS, DEFAULTS);
const seen = projection(scene, null, SIZE);
const grid = gridOf(scene);
const [x, y] = [seen.toX(scene.x[0]), seen.toY(scene.y[0])];
const pick = (left: number, top: number, names: Name[] = []) => pickAt(scene, grid, names, seen, SIZE, left, top, 4, 4);

test("a click on a circle, or a few pixels beside it, is on the item", () => {
  assert.deepEqual(pick(x, y), { item: 0 });
  assert.deepEqual(pick(x - scene.radius[0] - 3, y), { item: 0 });
  assert.equal(itemAt(scene, grid, [], seen, x - scene.radius[0] - 9, y, 4), null);
});

test("a click on a name is on its item", () => {
  const name: Name = { item: 2, x: 300, y: 20, width: 60, height: 14, lines: ["kota"], size: 13, flush: "middle" };
  assert.deepEqual(pick(325, 24, [name]), { item: 2 });
});

test("a click near a link is on the link, elsewhere on nothing", () => {
  const curve = curveOf(scene, seen, 0);
  const middle = { x: (curve.x0 + 2 * curve.cx + curve.x1) / 4, y: (curve.y0 + 2 * curve.cy + curve.y1) / 4 };
  assert.ok(distanceTo(curve, middle.x, middle.y) < 0.5);
  assert.deepEqual(pick(middle.x + 2, middle.y), { link: 0 });
  assert.equal(pick(2, 2), null);
});

test("a curve bends to the left of the way from its first item to its second, as in print", () => {
  const { x0, y0, x1, y1, cx, cy } = curveOf(scene, seen, 0);
  // y downwards: what lies to the left of the way has a negative turn
  assert.ok((x1 - x0) * (cy - y0) - (y1 - y0) * (cx - x0) < 0);
});

test("a box holds the items whose middle is in it, the heaviest first", () => {
  assert.deepEqual(itemsInBox(scene, seen, 0, 0, 600, 600), [0, 2, 1]);
  assert.deepEqual(itemsInBox(scene, seen, x + 5, y + 5, x - 5, y - 5), [0]);
});

test("an item that was dragged out of the map's box is still found", () => {
  const moved = sceneOf(smallMap(), LOOKS, { ...DEFAULTS, moved: { 1: [9, 9] } });
  const [left, top] = [seen.toX(9), seen.toY(9)];
  assert.equal(itemAt(moved, gridOf(moved), [], seen, left, top, 4), 1);
});
