import assert from "node:assert/strict";
import { test } from "node:test";
import { jsonNote, jsonOf, type Saved } from "../../viewer/save/json.ts";
import { DEFAULTS } from "../../viewer/state.ts";
import { jsonMap, linksOf } from "../read/files.ts";
import { smallMap, smallRecords } from "../small.ts";

const LOOKS = { palettes: { benang: { colours: ["#000001", "#000002"], rest: "#bfbfbf" } }, scales: {} };

function saved(
  change: Partial<Saved> = {},
): Record<string, never> & { network: { items: Record<string, unknown>[]; clusters?: unknown } } {
  const data = change.data ?? smallMap();
  return JSON.parse(jsonOf({ data, records: null, looks: LOOKS, state: DEFAULTS, places: data, ...change }));
}

test("a map that is saved as it was opened is the same map", () => {
  const { map } = jsonMap(saved());
  const before = smallMap();
  assert.deepEqual(map.ids, before.ids);
  assert.deepEqual(map.labels, before.labels);
  assert.deepEqual([map.x, map.y, map.cluster], [before.x, before.y, before.cluster]);
  assert.deepEqual(map.scores, before.scores);
  assert.deepEqual(map.attributes, before.attributes);
  assert.deepEqual(map.links, before.links);
  assert.deepEqual(map.clusterLabels, before.clusterLabels);
  assert.deepEqual(map.extras, before.extras);
});

test("places as they are seen, names and colours of the reader's", () => {
  const state = {
    ...DEFAULTS,
    clusters: { 1: { label: "Kota" }, 2: { label: "Desa", into: 1 } },
    moved: { 1: [9, 9] as const },
    curved: false,
  };
  const written = saved({ state, places: { x: [1, 1 / 3, 0], y: [2, 0, 0] } });
  assert.deepEqual(
    written.network.items.map(({ x, y }) => [x, y]),
    [
      [1, 2],
      [0.333333333, 0],
      [0, 0],
    ],
  );
  assert.deepEqual(written.network.clusters, [
    { cluster: 1, label: "Kota" },
    { cluster: 2, label: "Desa" },
  ]);
  assert.deepEqual(written.config, {
    parameters: { attraction: 2, curved_links: false },
    color_schemes: {
      cluster_colors: [
        { cluster: 1, color: "#000001" },
        { cluster: 2, color: "#000001" },
      ],
    },
  });
  assert.deepEqual(written.benang, { format: 1, moved_by_hand: ["7"] });
});

test("records as keys and citations, and what they cite", () => {
  const data = smallMap({
    records: [[0, 2], [1], []],
    cited: { label: ["Work", "Work"], by: [[0], [1, 2]] },
    extras: { benang: { format: 1, layout: { seed: 3 } } },
  });
  const written = saved({ data, records: smallRecords() });
  assert.deepEqual(
    written.network.items.map(({ records }) => records),
    [[0, 2], [1], []],
  );
  assert.deepEqual(written.benang, {
    format: 1,
    layout: { seed: 3 },
    records: [
      { key: "sari:1", citation: "Sari & WHO (2020)" },
      { key: "10.1000/x_y(2)", citation: "Umpama (2021)" },
      { key: "s3", citation: "Contoh (2019)" },
    ],
    cited: { ids: ["Work", "Work (2)"], labels: ["Work", "Work"], by: [[0], [1, 2]] },
  });
  const again = jsonMap(written);
  assert.deepEqual(
    again.map.records?.map((one) => [...one]),
    [[0, 2], [1], []],
  );
});

test("ids that VOSviewer would take for others become 1 to n, and come back", () => {
  const items = ["01", "null", "x"].map((id, x) => ({ id, x, y: 0 }));
  const { map } = jsonMap({ network: { items, links: [{ source_id: "01", target_id: "x" }] } });
  const written = saved({ data: map, places: map });
  assert.deepEqual(
    written.network.items.map(({ id }) => id),
    [1, 2, 3],
  );
  const again = jsonMap(written);
  assert.deepEqual([again.map.ids, linksOf(again)], [["01", "null", "x"], [["01", "x", 1]]]);
});

test("what a cut page lacks is said", () => {
  assert.equal(jsonNote(smallMap()), null);
  assert.match(jsonNote(smallMap({ allLinks: 9 })) ?? "", /2 strongest of 9 links/);
});
