import assert from "node:assert/strict";
import { test } from "node:test";
import type { MapData, RecordColumns } from "../viewer/model.ts";
import { periodOf, yearCounts, yearsOf } from "../viewer/periods.ts";
import { mapOf } from "./looks/expected.ts";

const records = { year: [2001, 2001, 2003, null, 2004, 1990] } as unknown as RecordColumns;
const links: MapData["links"] = {
  n: 2,
  source: Int32Array.of(0, 1),
  target: Int32Array.of(1, 2),
  strength: Float64Array.of(3, 2),
  attributes: new Map(),
};
const data = mapOf({
  n: 3,
  links,
  records: [Int32Array.of(0, 1, 2), Int32Array.of(1, 3), Int32Array.of(4)],
  years: [
    { year: 2001, link: [0], strength: [2] },
    { year: 2003, link: [0, 1], strength: [1, 2] },
  ],
});

test("records behind items are counted by year; those without a year, and those behind none, aside", () => {
  const counts = yearCounts(data, records);
  assert.deepEqual(counts, { first: 2001, last: 2004, counts: [2, 0, 1, 1], of: "records", undated: 1 });
  assert.deepEqual(yearsOf(data, records), [2001, 2004]);
});

test("a period has the items, weights and links of its years", () => {
  const period = periodOf(data, records, { period: [2001, 2003] });
  assert.deepEqual([...(period.weight ?? [])], [3, 1, 0]);
  assert.deepEqual([...period.present], [1, 1, 0]);
  assert.deepEqual([...(period.linkStrength ?? [])], [3, 2]);
  assert.deepEqual([...(periodOf(data, records, { period: [2001, 2001] }).linkStrength ?? [])], [2, 0]);
  assert.deepEqual(periodOf(data, records, { period: null }).weight, null);
});

test("where links don't come by years, those of the whole map stay", () => {
  const whole = { ...data, years: null };
  assert.equal(periodOf(whole, records, { period: [2001, 2001] }).linkStrength, null);
});

test("without records, items count by the strength of their links", () => {
  const lone = { ...data, records: null };
  assert.equal(yearCounts(lone, null)?.of, "links");
  const period = periodOf(lone, null, { period: [2003, 2003] });
  assert.deepEqual([...(period.weight ?? [])], [1, 3, 2]);
});

test("without years there are no periods", () => {
  const plain = mapOf({ n: 1 });
  assert.equal(yearsOf(plain, null), null);
  assert.deepEqual([...periodOf(plain, null, { period: [2000, 2001] }).present], [1]);
  const once = mapOf({ n: 1, records: [Int32Array.of(0, 1)] });
  assert.equal(yearsOf(once, records), null);
});
