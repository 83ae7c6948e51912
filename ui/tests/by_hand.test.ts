import assert from "node:assert/strict";
import { test } from "node:test";
import { afterBox, afterMove, afterTap, gripOf } from "../viewer/by_hand.ts";
import { projection } from "../viewer/camera.ts";
import { sceneOf } from "../viewer/scene.ts";
import { DEFAULTS } from "../viewer/state.ts";
import { LOOKS } from "./looks/expected.ts";
import { smallMap } from "./small.ts";

const data = smallMap();
const tap = (selected: number[], picked: Parameters<typeof afterTap>[2], add = false) =>
  afterTap(data, { ...DEFAULTS, selected }, picked, add);

test("a tap selects the item under it alone, or adds it, or takes it out again", () => {
  assert.deepEqual(tap([1, 2], { item: 0 }), { selected: [0], selectedLink: null });
  assert.deepEqual(tap([1, 2], { item: 0 }, true), { selected: [1, 2, 0], selectedLink: null });
  assert.deepEqual(tap([1, 2], { item: 2 }, true), { selected: [1], selectedLink: null });
});

test("a tap on a link selects the link, and no item", () => {
  assert.deepEqual(tap([1], { link: 0 }), { selected: [], selectedLink: [0, 1] });
});

test("a tap on nothing clears the selection, unless it was to add something", () => {
  assert.deepEqual(tap([1], null), { selected: [], selectedLink: null });
  assert.deepEqual(tap([1], null, true), {});
  assert.deepEqual(tap([], null), {});
});

test("a box adds to the selection what is not in it yet", () => {
  const change = afterBox({ ...DEFAULTS, selected: [2], selectedLink: [0, 1] }, [0, 2]);
  assert.deepEqual(change, { selected: [2, 0], selectedLink: null });
});

test("an item that is dragged stays where the hand took hold of it, and leaves the others in their places", () => {
  const size = { width: 600, height: 600 };
  const state = { ...DEFAULTS, moved: { 2: [7, 7] as const } };
  const scene = sceneOf(data, LOOKS, DEFAULTS);
  const seen = projection(scene, null, size);
  const [x, y] = [seen.toX(scene.x[0]), seen.toY(scene.y[0])];
  const grip = gripOf(scene, seen, 0, x + 3, y - 2);
  const { moved } = afterMove(data, state, seen, grip, x + 3 + seen.scale, y - 2);
  assert.ok(moved);
  assert.ok(Math.abs(moved[0][0] - (scene.x[0] + 1)) < 1e-6);
  assert.ok(Math.abs(moved[0][1] - scene.y[0]) < 1e-6);
  assert.deepEqual(moved[2], [7, 7]);
});
