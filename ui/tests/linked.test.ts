import assert from "node:assert/strict";
import { test } from "node:test";
import { arePlacedAlike, counterparts, keepAlike, linkSelections, viewBeside } from "../viewer/linked.ts";
import { Store } from "../viewer/state.ts";
import { mapOf } from "./looks/expected.ts";

const map = (ids: string[], labels: string[] = ids) => mapOf({ n: ids.length, ids, labels });

test("items are found by their ids, and by their labels where ids are mere numbers", () => {
  const named = counterparts(map(["kota", "desa", "laut"]), map(["desa", "kota"], ["villages", "cities"]));
  assert.deepEqual([...named], [1, 0, -1]);
  const numbered = counterparts(
    map(["1", "2", "3"], ["Kota", "desa", "x"]),
    map(["1", "2", "3"], ["Desa ", "kota", "y"]),
  );
  assert.deepEqual([...numbered], [1, 0, -1]);
});

test("a label that is there twice says nothing", () => {
  assert.deepEqual([...counterparts(map(["a"], ["Kim, J."]), map(["1", "2"], ["Kim, J.", "kim, j."]))], [-1]);
});

test("what is selected on one map is selected on the other", () => {
  const one = { data: map(["kota", "desa", "laut"]), store: new Store() };
  const other = { data: map(["desa", "kota"]), store: new Store() };
  one.store.change({ selected: [1] });
  const part = linkSelections(one, other);
  assert.deepEqual(other.store.state.selected, [0]);
  one.store.change({ selected: [2, 0] });
  assert.deepEqual(other.store.state.selected, [1]);
  assert.deepEqual(one.store.state.selected, [2, 0], "what the other lacks stays selected");
  other.store.change({ selected: [], selectedLink: [0, 1] });
  assert.deepEqual(one.store.state.selectedLink, [1, 0]);
  part();
  one.store.change({ selected: [0], selectedLink: null });
  assert.deepEqual(other.store.state.selected, []);
});

test("two views of one map show the same part of it, and two maps are seen in one view", () => {
  const data = map(["kota", "desa"]);
  const [one, other] = [
    { data, store: new Store() },
    { data: { ...data }, store: new Store() },
  ];
  const camera = { x: 1, y: 2, zoom: 3 };
  keepAlike(one, other);
  other.store.change({ camera, dark: true, view: "overlay" });
  assert.equal(one.store.state.camera, camera);
  assert.equal(one.store.state.dark, true);
  assert.equal(one.store.state.view, "network");
  assert.ok(!arePlacedAlike(data, { ...data, x: Float64Array.of(1, 2) }));
  const far = { data: map(["kota"]), store: new Store() };
  keepAlike(one, far);
  one.store.change({ camera: null, dark: false, view: "density" });
  assert.equal(far.store.state.dark, false);
  assert.equal(far.store.state.view, "density");
});

test("beside itself a map is seen by score, where it has scores", () => {
  const scored = mapOf({ n: 1, scores: new Map([["S", Float64Array.of(1)]]) });
  assert.equal(viewBeside(scored, "network"), "overlay");
  assert.equal(viewBeside(scored, "overlay"), "density");
  assert.equal(viewBeside(mapOf({ n: 1 }), "density"), "network");
});
