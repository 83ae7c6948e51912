import assert from "node:assert/strict";
import { test } from "node:test";
import { focusOf, linksOfItem } from "../viewer/focus.ts";
import { sceneOf } from "../viewer/scene.ts";
import { DEFAULTS, type State } from "../viewer/state.ts";
import { LOOKS } from "./looks/expected.ts";
import { smallMap } from "./small.ts";

const data = smallMap();
const focus = (part: Partial<State>, hovered: number | null = null) => {
  const state = { ...DEFAULTS, ...part };
  return focusOf(sceneOf(data, LOOKS, state), state, hovered);
};

test("links of an item are found from both ends, strongest first", () => {
  assert.deepEqual([...linksOfItem(data, 1)], [0, 1]);
  assert.deepEqual([...linksOfItem(data, 2)], [1]);
});

test("an item that is pointed at lights its neighbours, the heaviest first", () => {
  const lit = focus({}, 1);
  assert.deepEqual(lit?.items, [1]);
  assert.deepEqual(lit?.neighbours, [0, 2]);
  assert.deepEqual(lit?.links, [1, 0]);
});

test("neighbours that are hidden, and links below the least strength, stay dark", () => {
  assert.deepEqual(focus({ hidden: new Set([0]) }, 1)?.neighbours, [2]);
  assert.deepEqual(focus({ minLinkStrength: 2 }, 1)?.neighbours, [0]);
});

test("a chosen item lights its neighbours, several only one another, a link its ends", () => {
  assert.deepEqual(focus({ selected: [0] })?.neighbours, [1]);
  assert.deepEqual(focus({ selected: [0, 1] })?.links, [0]);
  assert.deepEqual(focus({ selected: [0, 1] })?.neighbours, []);
  assert.deepEqual(focus({ selectedLink: [2, 1] })?.links, [1]);
});

test("where nothing is chosen, or what was chosen is hidden, nothing is lit", () => {
  assert.equal(focus({}), null);
  assert.equal(focus({ selected: [1, 77], hidden: new Set([1]) }), null);
});
