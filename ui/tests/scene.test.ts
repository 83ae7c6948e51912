import assert from "node:assert/strict";
import { test } from "node:test";
import { ownPlace, sceneOf } from "../viewer/scene.ts";
import { DEFAULTS, type State } from "../viewer/state.ts";
import { LOOKS } from "./looks/expected.ts";
import { smallMap } from "./small.ts";

const data = smallMap();
const scene = (part: Partial<State> = {}) => sceneOf(data, LOOKS, { ...DEFAULTS, ...part });

test("a scene has the places, sizes and colours of the items, the heaviest first", () => {
  const { order, radius, colour, weightName, x } = scene();
  assert.equal(weightName, "Documents");
  assert.deepEqual([...order], [0, 2, 1]);
  assert.ok(radius[0] > radius[2] && radius[2] > radius[1]);
  assert.deepEqual(colour, ["#0072b2", "#e69f00", "#bfbfbf"]);
  assert.deepEqual([...x], [0, 1, -0.5]);
});

test("what is hidden takes its links along, and the map keeps its place", () => {
  const { visible, links, bounds } = scene({ hidden: new Set([1, 99]) });
  assert.deepEqual([...visible], [1, 0, 1]);
  assert.equal(links.n, 0);
  assert.deepEqual(bounds, scene().bounds);
});

test("a cluster that is switched off is hidden, with those that are shown in it", () => {
  assert.deepEqual([...scene({ clusters: { 1: { hidden: true } } }).visible], [0, 1, 1]);
  assert.deepEqual([...scene({ clusters: { 1: { hidden: true }, 2: { into: 1 } } }).visible], [0, 0, 1]);
});

test("a map turns against the clock and flips about its middle", () => {
  const turned = scene({ rotation: 90 });
  const [midX, midY] = [0.25, 0.5];
  assert.ok(Math.abs(turned.x[0] - (midX - (0 - midY))) < 1e-12);
  assert.ok(Math.abs(turned.y[0] - (midY + (0 - midX))) < 1e-12);
  assert.deepEqual([...scene({ flipX: true }).x], [0.5, -0.5, 1]);
  assert.deepEqual([...scene({ flipY: true }).y], [1, 2, -1]);
});

test("an item that was dragged is where it was dropped, however the map is turned", () => {
  const state = { ...DEFAULTS, rotation: 30, flipX: true };
  const place = ownPlace(data, state, 0.3, 0.4);
  const { x, y, bounds } = sceneOf(data, LOOKS, { ...state, moved: { 1: place } });
  assert.ok(Math.abs(x[1] - 0.3) < 1e-12 && Math.abs(y[1] - 0.4) < 1e-12);
  assert.deepEqual(bounds, sceneOf(data, LOOKS, state).bounds);
});

test("links have the faded colours of their ends, or grey ones", () => {
  const { links } = scene();
  assert.equal(links.n, 2);
  assert.notEqual(links.colours[1][0], links.colours[1][1]);
  assert.deepEqual(scene({ coloured: false }).links.colours[0], ["#999999", "#999999"]);
});

test("a density has no links, and marks of its own kind", () => {
  assert.equal(scene({ view: "density" }).links.n, 0);
  assert.equal(scene({ view: "density" }).marks, "none");
  assert.equal(scene({ frames: true }).marks, "frames");
});

test("what doesn't change stays the same array", () => {
  const [before, after] = [scene(), scene({ selected: [1], dark: true })];
  assert.equal(before.x, after.x);
  assert.equal(before.radius, after.radius);
  assert.notEqual(before.colour, after.colour);
});

test("two ways of seeing a map side by side keep their parts apart", () => {
  const [network, overlay] = [scene(), scene({ view: "overlay", minLinkStrength: 2 })];
  assert.equal(scene().links, network.links);
  assert.equal(scene({ view: "overlay", minLinkStrength: 2 }).links, overlay.links);
});

test("items without a place stand at the origin, and break nothing", () => {
  const broken = { ...smallMap(), x: Float64Array.of(0, Number.NaN, 1) };
  assert.equal(sceneOf(broken, LOOKS, DEFAULTS).x[1], 0);
});
