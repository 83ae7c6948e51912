import assert from "node:assert/strict";
import { test } from "node:test";
import { columnsOf, jsonMap, linksOf } from "./files.ts";

const ITEMS = [
  { id: 0, label: "kota", x: 0, y: 0.5, cluster: 2, weights: { Documents: 3 }, scores: { Year: 2020 }, country: "ID" },
  { id: "b", x: 1, y: 0, weights: null, scores: { Year: null }, description: "<b>…</b>" },
  { label: "laut", x: -1, y: 0, weights: { Links: 9, "W 2": 1.5 } },
];

const refused = (data: unknown, ...words: RegExp[]): void => {
  assert.throws(
    () => jsonMap(data),
    (error: Error) => words.every((word) => word.test(error.message)) || assert.fail(error.message),
  );
};

const network = (more: object, items: unknown = ITEMS) => ({ network: { items, ...more } });

test("an item without a label, or with a blank one, goes by its id", () => {
  const labels = ["  ", "", null, undefined, "\u00a0kota"];
  const items = labels.map((label, at) => ({ id: at + 1, label }));
  assert.deepEqual(jsonMap(network({ links: [] }, items)).map.labels, ["1", "2", "3", "4", "\u00a0kota"]);
});

test("items have ids, labels, clusters, weights and scores as Benang reads them", () => {
  const { map, isPlaced } = jsonMap(network({ links: [] }));
  assert.deepEqual(map.ids, ["0", "b", "laut"]);
  assert.deepEqual(map.rawIds, [0, "b", "laut"]);
  assert.deepEqual(map.labels, ["kota", "b", "laut"]);
  assert.deepEqual([...map.cluster], [2, 0, 0]);
  assert.deepEqual(columnsOf(map.weights), {
    Links: [0, 0, 0],
    "Total link strength": [0, 0, 0],
    Documents: [3, 0, 0],
    "W 2": [0, 0, 1.5],
  });
  assert.deepEqual(columnsOf(map.scores), { Year: [2020, Number.NaN, Number.NaN] });
  assert.deepEqual(columnsOf(map.attributes), { country: ["ID", null, null], description: [null, "<b>…</b>", null] });
  assert.ok(isPlaced);
});

test("repeats add up in both directions, an item has no link to itself, a missing strength is 1", () => {
  const links = [
    { source_id: 0, target_id: "b", strength: 2 },
    { source_id: "b", target_id: 0, strength: 0.5, url: "https://example.org" },
    { source_id: "b", target_id: "b", strength: 9 },
    { source_id: "laut", target_id: 0 },
    { source_id: "laut", target_id: "b", strength: 0 },
  ];
  const made = jsonMap(network({ links }));
  assert.deepEqual(linksOf(made), [
    ["b", "0", 2.5],
    ["laut", "0", 1],
  ]);
  assert.deepEqual(made.map.links.attributes, new Map([[0, { url: "https://example.org" }]]));
  assert.deepEqual([...(made.map.weights.get("Links") ?? [])], [2, 1, 1]);
  assert.equal(made.map.allLinks, 2);
});

test("of equal links the first in the order of items comes first", () => {
  const ids = ["a", "b", "c", "d"];
  const pairs = [
    ["c", "d"],
    ["b", "a"],
    ["d", "a"],
    ["b", "d"],
  ];
  const items = ids.map((id, x) => ({ id, x, y: 0 }));
  const made = jsonMap(network({ links: pairs.map(([source_id, target_id]) => ({ source_id, target_id })) }, items));
  assert.deepEqual(
    linksOf(made).map(([one, other]) => one + other),
    ["ba", "da", "bd", "cd"],
  );
});

test("the ends of a link stay as the file has them, since its templates speak of source and target", () => {
  const links = [
    { source_id: "laut", target_id: 0, dari: "laut" },
    { source_id: 0, target_id: "laut", strength: 4 },
    { source_id: "b", target_id: 0 },
    { source_id: 0, target_id: "b", dari: "0" },
  ];
  const { map } = jsonMap({
    ...network({ links }),
    config: { templates: { link_description: "{source_label}, {target_id}: {dari}" } },
  });
  assert.deepEqual(linksOf({ map }), [
    ["laut", "0", 5],
    ["0", "b", 2],
  ]);
  assert.deepEqual([...map.links.attributes.values()], [{ dari: "laut" }, { dari: "0" }]);
});

test("what the viewer doesn't know is kept", () => {
  const { map } = jsonMap({ ...network({}), info: { title: "T" }, strange: [1, { k: null }] });
  assert.deepEqual(map.extras, { info: { title: "T" }, strange: [1, { k: null }] });
});

test("names of clusters, without empty ones", () => {
  const clusters = [
    { cluster: 2, label: "towns" },
    { cluster: 1, label: "" },
  ];
  assert.deepEqual(jsonMap(network({ clusters })).map.clusterLabels, new Map([[2, "towns"]]));
  refused(network({ clusters: [{ cluster: 0 }] }), /a\.json, cluster 1/, /cluster and label/);
});

test("names that every object has are names like others", () => {
  const text = `{"network": {"items": [
    {"id": "__proto__", "constructor": 1, "__proto__": {"x": 5}, "weights": {"__proto__": 3, "toString": 2}},
    {"id": "constructor"}], "links": [{"source_id": "__proto__", "target_id": "constructor"}]}}`;
  const made = jsonMap(JSON.parse(text));
  assert.deepEqual(linksOf(made), [["__proto__", "constructor", 1]]);
  assert.deepEqual(
    [...made.map.weights].slice(2).map(([name, values]) => [name, ...values]),
    [
      ["__proto__", 3, 0],
      ["toString", 2, 0],
    ],
  );
  assert.deepEqual(
    [...made.map.attributes],
    [
      ["constructor", [1, null]],
      ["__proto__", [{ x: 5 }, null]],
    ],
  );
});

test("a map of one item, or of none, is read", () => {
  assert.equal(jsonMap(network({ links: [] }, [{ id: 1, label: "Alone" }])).map.n, 1);
  assert.equal(jsonMap(network({}, [])).map.n, 0);
});

test("problems are named with their place, all together", () => {
  refused({}, /a\.json: JSON without a network\. Expected: \{"network"/);
  refused([1], /JSON without a network/);
  refused(network({}, [{ x: 1 }]), /item 1: an item without id and label/);
  refused(network({}, [{ id: 1 }, { id: "1" }]), /item 2: the id '1' a second time \(first: a\.json, item 1\)/);
  refused(network({}, [{ id: 1, x: "0,5" }]), /item 1, x: '0,5'/, /decimals with a point/);
  refused(network({}, [{ id: 1, cluster: 1.5 }]), /item 1, cluster: 1\.5/, /whole number/);
  refused(network({}, [{ id: 1, weights: { W: -1 } }]), /weights 'W': -1/, /not negative/);
  refused(network({}, ["x", 3]), /item 1: 'x'/, /item 2: 3/);
  refused(network({ links: "x" }), /a\.json, links: 'x'/);
  refused(network({ links: [{ source_id: 0 }] }), /link 1: \{"source_id":0\}/);
  refused(network({ links: [{ source_id: 0, target_id: 8 }] }), /link 1: a link to '8'/);
  refused(network({ links: [{ source_id: 0, target_id: "b", strength: -2 }] }), /link 1, strength: -2/);
  refused(
    network(
      {},
      Array.from({ length: 30 }, () => ({})),
    ),
    /25 more problems like these/,
  );
});

test("a map of Benang's has its records behind the items, and what it is of", () => {
  const items = [
    { id: 1, x: 0, y: 0, records: [1, 0] },
    { id: 2, x: 1, y: 1, records: [] },
  ];
  const benang = {
    format: 1,
    items: "author-keywords",
    links: "co-occurrence",
    unit: "records",
    counting: "full",
    records: [{ key: "a1", citation: "Sari (2020)" }, { key: "10.1000/x" }],
    cited: { ids: ["z"], labels: ["Work"], by: [[1]] },
    layout: { seed: 0 },
  };
  const { map, records } = jsonMap({ ...network({ links: [] }, items), benang });
  assert.deepEqual(
    map.records?.map((one) => [...one]),
    [[0, 1], []],
  );
  assert.deepEqual(map.kinds, { items: "author-keywords", links: "co-occurrence", unit: "records", counting: "full" });
  assert.deepEqual(map.cited, { label: ["Work"], by: [[1]] });
  assert.deepEqual(
    [records?.citation, records?.doi],
    [
      ["Sari (2020)", "10.1000/x"],
      ["", "10.1000/x"],
    ],
  );
  assert.equal(map.attributes.size, 0);
  assert.deepEqual(Object.keys(map.extras.benang as object), [
    "format",
    "items",
    "links",
    "unit",
    "counting",
    "layout",
  ]);
});

test("ids that VOSviewer could not have read come back", () => {
  const items = [
    { id: 1, x: 0, y: 0 },
    { id: 2, x: 1, y: 1 },
  ];
  const links = [{ source_id: 1, target_id: 2 }];
  const { map } = jsonMap({ ...network({ links }, items), benang: { format: 1, ids: ["01", "null"] } });
  assert.deepEqual([map.ids, map.rawIds, map.links.n], [["01", "null"], ["01", "null"], 1]);
});

test("a map of a newer Benang, and records that aren't there, are refused", () => {
  refused({ ...network({}), benang: { format: 2 } }, /key 'benang': format 2/, /newer Benang/);
  refused({ ...network({}), benang: {} }, /a key without a format/);
  const items = [{ id: 1, records: [0] }];
  refused({ ...network({}, items), benang: { format: 1, records: [] } }, /item 1, records: \[0\]/);
});
