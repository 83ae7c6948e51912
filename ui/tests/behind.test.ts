import assert from "node:assert/strict";
import { test } from "node:test";
import { anyRecords, behindLink, linkBetween, linksAmong, neighboursOf, sharedRecords } from "../viewer/behind.ts";
import type { MapData } from "../viewer/model.ts";

function mapOf(part: Partial<MapData>): MapData {
  return {
    n: 3,
    ids: ["a", "b", "c"],
    rawIds: ["a", "b", "c"],
    labels: ["a", "b", "c"],
    x: new Float64Array(3),
    y: new Float64Array(3),
    cluster: new Int32Array(3),
    weights: new Map(),
    scores: new Map(),
    attributes: new Map(),
    links: {
      n: 2,
      source: Int32Array.of(0, 1),
      target: Int32Array.of(1, 2),
      strength: Float64Array.of(3, 1),
      attributes: new Map(),
    },
    allLinks: 2,
    clusterLabels: new Map(),
    kinds: { items: "author-keywords", links: "co-occurrence", unit: "records", counting: "full" },
    records: [Int32Array.of(0, 1, 4), Int32Array.of(1, 2, 4), Int32Array.of(3, 4)],
    cited: null,
    years: null,
    extras: {},
    ...part,
  };
}

const kinds = (links: string, counting = "full") => ({ items: "sources", links, unit: "records", counting });

test("items share the records in which all of them occur", () => {
  assert.deepEqual([...sharedRecords(mapOf({}), [0, 1])], [1, 4]);
  assert.deepEqual([...sharedRecords(mapOf({}), [0, 1, 2])], [4]);
  assert.deepEqual([...anyRecords(mapOf({}), [0, 2])], [0, 1, 3, 4]);
  assert.deepEqual([...sharedRecords(mapOf({}), [])], []);
});

test("behind a link of co-occurrence are the records of both items", () => {
  assert.deepEqual([...behindLink(mapOf({}), 0, 1).records], [1, 4]);
});

test("a map without its records has nothing behind a link", () => {
  const behind = behindLink(mapOf({ records: null, kinds: kinds("coupling") }), 0, 1);
  assert.deepEqual({ ...behind, records: [...behind.records] }, { records: [], cited: [], lacksCitations: false });
});

test("under bibliographic coupling, works that records of both items cite, and not one record of both alone", () => {
  const records = [Int32Array.of(0, 1), Int32Array.of(1, 2), Int32Array.of(3)];
  const cited = {
    label: ["w", "v", "u"],
    by: [
      [0, 2],
      [1, 3],
      [0, 3],
    ],
  };
  const behind = behindLink(mapOf({ kinds: kinds("coupling"), records, cited }), 0, 1);
  assert.deepEqual([behind.cited, behind.records], [[0], [0, 2]]);
  const once = behindLink(mapOf({ kinds: kinds("coupling", "binary"), records, cited }), 0, 1);
  assert.deepEqual(
    [once.cited, once.records],
    [
      [0, 1],
      [0, 1, 2],
    ],
  );
});

test("under direct citation, records of either item that a record of the other cites", () => {
  const records = [Int32Array.of(0), Int32Array.of(1), Int32Array.of(2)];
  const cited = { label: ["first", "second", "third"], by: [[1, 2], [], [0]] };
  const map = mapOf({ kinds: kinds("citation"), records, cited });
  assert.deepEqual([behindLink(map, 0, 1).cited, behindLink(map, 0, 1).records], [[0], [1]]);
  assert.deepEqual(
    [behindLink(map, 0, 2).cited, behindLink(map, 0, 2).records],
    [
      [0, 2],
      [0, 2],
    ],
  );
});

test("a map that lacks the citations behind its links says so", () => {
  assert.equal(behindLink(mapOf({ kinds: kinds("coupling") }), 0, 1).lacksCitations, true);
});

test("links are found from both ends, and neighbours with the strongest first", () => {
  assert.equal(linkBetween(mapOf({}), 2, 1), 1);
  assert.equal(linkBetween(mapOf({}), 0, 2), -1);
  assert.deepEqual(neighboursOf(mapOf({}), 1), [
    { item: 0, strength: 3 },
    { item: 2, strength: 1 },
  ]);
  assert.deepEqual(linksAmong(mapOf({}), [1, 2]), [1]);
});
