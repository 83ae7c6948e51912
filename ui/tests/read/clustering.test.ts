import assert from "node:assert/strict";
import { test } from "node:test";
import { clustered } from "../../viewer/read/clustering.ts";
import { jsonMap } from "./files.ts";

/** Three groups of 6, 4 and 3, all linked within, in a chain. */
function threeGroups(parameters: object = {}) {
  const sizes = [4, 6, 3];
  const items = sizes.flatMap((size, group) =>
    Array.from({ length: size }, (_, n) => ({ id: `${group} ${n}`, group })),
  );
  const pairs = items.flatMap((one, at) =>
    items
      .slice(at + 1)
      .filter(({ group }) => group === one.group)
      .map((other) => [one.id, other.id]),
  );
  const links = [...pairs, ["0 0", "1 0"], ["1 1", "2 0"]].map(([source_id, target_id]) => ({
    source_id,
    target_id,
    strength: 2,
  }));
  return jsonMap({ network: { items, links }, config: { parameters } }).map;
}

test("groups are clusters, numbered by size, the same each time", () => {
  const cluster = [...clustered(threeGroups())];
  assert.deepEqual(cluster, [2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 3, 3, 3]);
  assert.deepEqual([...clustered(threeGroups())], cluster);
});

test("a resolution of the file's own makes them larger or smaller", () => {
  assert.equal(new Set(clustered(threeGroups({ resolution: 0.01 }))).size, 1);
  assert.equal(new Set(clustered(threeGroups({ resolution: 100 }))).size, 13);
});

test("items without links are clusters of their own", () => {
  const { map } = jsonMap({ network: { items: [{ id: 1 }, { id: 2 }] } });
  assert.deepEqual([...clustered(map)], [1, 2]);
});
