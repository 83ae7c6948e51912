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

test("in a period only its links are lit, those that are strongest in it last", () => {
  const years = [
    { year: 2001, link: [0, 1], strength: [1, 4] },
    { year: 2002, link: [0, 2], strength: [5, 1] },
  ];
  const links = { source: [0, 1, 0], target: [1, 2, 2], strength: [6, 4, 1], attributes: {} };
  const map = { ...smallMap({ links }), years };
  const within = (part: Partial<State>, hovered: number | null = null) => {
    const state = { ...DEFAULTS, ...part };
    return focusOf(sceneOf(map, LOOKS, state), state, hovered);
  };
  assert.deepEqual(within({ period: [2001, 2001] }, 1)?.links, [0, 1]);
  assert.deepEqual(within({ period: [2001, 2002] }, 1)?.links, [1, 0]);
  assert.deepEqual(within({ period: [2002, 2002] }, 1)?.links, [0]);
  assert.deepEqual(within({ period: [2002, 2002] }, 1)?.neighbours, [0]);
  assert.deepEqual(within({ period: [2001, 2001], minLinkStrength: 2 }, 1)?.links, [1]);
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
