import assert from "node:assert/strict";
import { test } from "node:test";
import { laidOut } from "../../viewer/read/layout.ts";
import { jsonMap } from "./files.ts";

/** Two groups of five, all linked within, and one link between. */
function twoGroups(parameters?: object) {
  const items = [...Array(10).keys()].map((id) => ({ id }));
  const pairs = items.flatMap((one) =>
    items.filter((other) => other.id > one.id && one.id < 5 === other.id < 5).map((other) => [one.id, other.id]),
  );
  const links = [...pairs, [0, 5]].map(([source_id, target_id]) => ({ source_id, target_id, strength: 4 }));
  return jsonMap({ network: { items, links }, ...(parameters ? { config: { parameters } } : {}) }).map;
}

test("two groups lie side by side, turned as VOSviewer turns a map", async () => {
  for (const map of [twoGroups(), twoGroups({ attraction: 1, repulsion: -1 })]) {
    const { x, y } = await laidOut(map);
    const left = [...x].map((value) => value < 0);
    assert.deepEqual(left.slice(0, 5), Array(5).fill(left[0]));
    assert.deepEqual(left.slice(5), Array(5).fill(!left[0]));
    const distances = [...x.keys()].flatMap((one) =>
      [...x.keys()].slice(0, one).map((other) => Math.hypot(x[one] - x[other], y[one] - y[other])),
    );
    assert.ok(Math.abs(distances.reduce((sum, value) => sum + value, 0) / distances.length - 1) < 1e-9);
  }
});

test("the same network has the same places", async () => {
  assert.deepEqual(await laidOut(twoGroups()), await laidOut(twoGroups()));
});

test("one item, two items, and items without links have places", async () => {
  for (const n of [1, 2, 6]) {
    const { map } = jsonMap({ network: { items: [...Array(n).keys()].map((id) => ({ id })) } });
    const { x, y } = await laidOut(map);
    assert.ok([...x, ...y].every(Number.isFinite), `${n}`);
    assert.equal(new Set([...x].map((value, at) => `${value} ${y[at]}`)).size, n);
  }
});
