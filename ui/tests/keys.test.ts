import assert from "node:assert/strict";
import { test } from "node:test";
import { actOf, nextItem } from "../viewer/keys.ts";

const press = (key: string, more: Partial<KeyboardEvent> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...more,
});

test("keys of the page", () => {
  assert.deepEqual(actOf(press("/"), false), { do: "search" });
  assert.deepEqual(actOf(press("3"), false), { do: "view", number: 2 });
  assert.deepEqual(actOf(press("z", { ctrlKey: true }), false), { do: "undo" });
  assert.deepEqual(actOf(press("Z", { metaKey: true, shiftKey: true }), false), { do: "redo" });
  assert.equal(actOf(press("f", { ctrlKey: true }), true), null);
  assert.equal(actOf(press("constructor"), true), null);
});

test("with Shift, arrows on the map go to the next item", () => {
  assert.equal(actOf(press("ArrowUp", { shiftKey: true }), false), null);
  assert.equal(actOf(press("ArrowUp"), true), null);
  assert.deepEqual(actOf(press("ArrowLeft", { shiftKey: true }), true), { do: "step", right: -1, up: 0 });
});

test("the next item lies in the direction, and is visible", () => {
  const places = { x: [0, 1, 2, -1, 0.2], y: [0, 0.1, 0, 0, 3], visible: [1, 1, 1, 1, 1] };
  assert.equal(nextItem(places, 0, 1, 0), 1);
  assert.equal(nextItem({ ...places, visible: [1, 0, 1, 1, 1] }, 0, 1, 0), 2);
  assert.equal(nextItem(places, 0, 0, 1), 4);
  assert.equal(nextItem(places, 0, 0, -1), null);
});
