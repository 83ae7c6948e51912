import assert from "node:assert/strict";
import { test } from "node:test";
import { clusterName, edited, listedClusters, merge, only, separate, shownAgain } from "../viewer/clusters.ts";
import { mergedInto } from "../viewer/looks/colours.ts";
import { DEFAULTS } from "../viewer/state.ts";
import { mapOf } from "./looks/expected.ts";

const data = mapOf({
  n: 5,
  cluster: Int32Array.of(2, 1, 0, 3, 2),
  weights: new Map([["Documents", Float64Array.of(1, 5, 2, 9, 4)]]),
});

test("clusters are listed by number, their heaviest items first, and items without one last", () => {
  assert.deepEqual(listedClusters(data, DEFAULTS), [
    { number: 1, items: [1], merged: [] },
    { number: 2, items: [4, 0], merged: [] },
    { number: 3, items: [3], merged: [] },
    { number: 0, items: [2], merged: [] },
  ]);
});

test("a merged cluster is listed with the one that it is shown in", () => {
  const listed = listedClusters(data, { ...DEFAULTS, clusters: { 3: { into: 2 }, 2: { label: "cities" } } });
  assert.deepEqual(listed[1], { number: 2, items: [3, 4, 0], merged: [3] });
  assert.equal(listed.length, 3);
});

test("what is changed back leaves no trace", () => {
  const named = edited({}, 2, { label: "cities" });
  assert.deepEqual(named, { 2: { label: "cities" } });
  assert.deepEqual(edited(named, 2, { hidden: true }), { 2: { label: "cities", hidden: true } });
  assert.deepEqual(edited(named, 2, { label: "" }), {});
  assert.deepEqual(edited({ 2: { hidden: true } }, 2, { hidden: false }), {});
});

test("merges can be turned round and undone", () => {
  const once = merge({ 3: { label: "villages" } }, 3, 2);
  assert.deepEqual(once, { 3: { label: "villages", into: 2 } });
  const round = merge(once, 2, 3);
  assert.equal(mergedInto(2, round), 3);
  assert.equal(mergedInto(3, round), 3);
  assert.deepEqual(separate(once, 3), { 3: { label: "villages" } });
  assert.deepEqual(separate({ 3: { into: 2 } }, 3), {});
});

test("one cluster is shown alone, and all again with their names", () => {
  const named = { 1: { label: "cities" }, 2: { hidden: true } };
  const alone = only(named, 2, listedClusters(data, DEFAULTS));
  assert.deepEqual(alone, { 0: { hidden: true }, 1: { label: "cities", hidden: true }, 3: { hidden: true } });
  assert.deepEqual(shownAgain(alone), { 1: { label: "cities" } });
});

test("clusters are called what the file calls them", () => {
  assert.equal(clusterName(data, {}, 2), "Cluster 2");
  const own = { ...data, extras: { config: { terminology: { cluster: "theme" } } } };
  assert.equal(clusterName(own, {}, 2), "Theme 2");
  assert.equal(clusterName(own, { 2: { label: "cities" } }, 2), "cities");
});
