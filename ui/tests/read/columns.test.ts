import assert from "node:assert/strict";
import { test } from "node:test";
import type { MapColumns } from "../../viewer/model.ts";
import { fromColumns } from "../../viewer/read/columns.ts";

const COLUMNS: MapColumns = {
  items: {
    id: [0, "b"],
    label: ["kota", "desa"],
    x: [0, 1],
    y: [0, -1],
    cluster: [1, 0],
    weights: { Documents: [3, 1] },
    scores: { "Avg. pub. year": [2020, null] },
    attributes: { url: [null, "https://example.org"] },
  },
  links: { source: [0], target: [1], strength: [2], attributes: { "0": { url: "…" } } },
  allLinks: 1,
  clusters: { "1": "towns" },
  kinds: { items: "", links: "", unit: "records", counting: "" },
  records: [[0, 2], [1]],
  cited: null,
  years: null,
  extras: {},
};

test("columns become arrays; an id keeps its kind, a missing score is NaN", () => {
  const map = fromColumns(COLUMNS);
  assert.equal(map.n, 2);
  assert.deepEqual(map.ids, ["0", "b"]);
  assert.deepEqual(map.rawIds, [0, "b"]);
  assert.deepEqual([...(map.scores.get("Avg. pub. year") ?? [])], [2020, Number.NaN]);
  assert.deepEqual(map.clusterLabels, new Map([[1, "towns"]]));
  assert.deepEqual(map.links.attributes, new Map([[0, { url: "…" }]]));
  assert.deepEqual([...(map.records?.[0] ?? [])], [0, 2]);
});

test("a map without records says so", () => {
  assert.equal(fromColumns({ ...COLUMNS, records: null }).records, null);
});
