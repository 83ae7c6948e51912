import assert from "node:assert/strict";
import { test } from "node:test";
import { hashOf, stateOf } from "../viewer/link.ts";
import { DEFAULTS, type State } from "../viewer/state.ts";
import { smallMap } from "./small.ts";

const DATA = smallMap();

const EVERYTHING: State = {
  ...DEFAULTS,
  view: "cluster-density",
  weight: "Documents",
  score: "Avg. pub. year & more=less",
  normalisation: "divide by mean",
  low: -1.5,
  high: 2020,
  scoreColours: "blue-grey-red",
  palette: "vosviewer",
  dark: true,
  kernelWidth: 0.2,
  itemSizeVariation: 0,
  labelSizeVariation: 1,
  linkSizeVariation: 0.25,
  scale: 2,
  frames: true,
  labels: false,
  labelLength: 0,
  maxLinks: 0,
  minLinkStrength: 0.5,
  curved: false,
  coloured: false,
  clusters: { 1: { label: "Kota, desa: laut", colour: "#d62728", hidden: true }, 2: { into: 1 } },
  hidden: new Set([2, 0]),
  selected: [2, 0],
  selectedLink: [1, 2],
  moved: { 1: [0.25, -3] },
  rotation: 90,
  flipX: true,
  flipY: true,
  period: [2010, 2015],
  camera: { x: 0.125, y: -2, zoom: 3 },
};

test("a state without differences needs no link", () => {
  assert.equal(hashOf(DEFAULTS, DEFAULTS, DATA), "");
});

test("all of a state comes back", () => {
  const back = stateOf(`#${hashOf(EVERYTHING, DEFAULTS, DATA)}`, DATA);
  assert.deepEqual(
    { ...back, hidden: new Set([...(back.hidden ?? [])].sort()) },
    { ...EVERYTHING, hidden: new Set([0, 2]) },
  );
});

test("what the page starts with can be taken back in a link", () => {
  const back = stateOf(hashOf(DEFAULTS, EVERYTHING, DATA), DATA);
  assert.deepEqual({ ...DEFAULTS, ...back }, DEFAULTS);
  assert.deepEqual(Object.keys(back).sort(), Object.keys(DEFAULTS).sort());
});

test("items stand by their ids, in words that can be read", () => {
  const state: State = { ...DEFAULTS, view: "overlay", selected: [1, 2] };
  assert.equal(hashOf(state, DEFAULTS, DATA), "view=overlay&select=7,kota%2C%20desa");
});

test("nonsense is passed over, and the rest is read", () => {
  const nonsense =
    "#view=upside-down&links=many&select=9,%E0%A4%A,7,7&clusters=x:label:a,1:colour:url(),3&at=1,2&years=9-1";
  assert.deepEqual(stateOf(`${nonsense}&low=&scale=1e9&moved=7:a:b,0:1:2&link=7&=&&dark=1&dark=yes`, DATA), {
    selected: [1],
    clusters: {},
    low: null,
    moved: { 0: [1, 2] },
    dark: true,
  });
  assert.deepEqual(stateOf("#chapter-2", DATA), {});
});

test("a list that no address can hold is left to the saved file", () => {
  const ids = Array.from({ length: 2000 }, (_, at) => `item ${at}`);
  const large = { ...DATA, n: 2000, ids };
  const state: State = { ...DEFAULTS, dark: true, hidden: new Set(ids.keys()) };
  assert.equal(hashOf(state, DEFAULTS, large), "dark=yes");
});
