import assert from "node:assert/strict";
import { test } from "node:test";
import { fold, indexOf, matches } from "../viewer/matching.ts";
import { milliseconds } from "./effort.ts";

const LABELS = ["Intercity network", "Sister city", "city branding", "São Tomé", "New city", "branding of a city"];
const index = indexOf(LABELS, [0, 1, 2, 3, 4, 5]);
const found = (typed: string, most = 9) => matches(index, typed, most).map((item) => LABELS[item]);

test("labels that begin with it, then words that do, then labels that contain it", () => {
  assert.deepEqual(found("city"), [
    "city branding",
    "Sister city",
    "New city",
    "branding of a city",
    "Intercity network",
  ]);
});

test("accents and capitals make no difference", () => {
  assert.deepEqual(found("SAO"), ["São Tomé"]);
  assert.deepEqual(found("tomé"), ["São Tomé"]);
  assert.equal(fold("  ÉÇ "), "ec");
});

test("several words are found in any order", () => {
  assert.deepEqual(found("city bran"), ["city branding", "branding of a city"]);
});

test("nothing typed and nothing found", () => {
  assert.deepEqual(found("  "), []);
  assert.deepEqual(found("zzz"), []);
});

test("matches of one kind keep the order of the items, and are not more than asked for", () => {
  const byWeight = indexOf(["ab", "ac", "ad"], [2, 0, 1]);
  assert.deepEqual(matches(byWeight, "a", 2), [2, 0]);
});

test("100,000 labels are searched within 50 ms", () => {
  const labels = Array.from({ length: 100_000 }, (_, n) => `keyword ${n} of région ${n % 977}`);
  const large = indexOf(labels, Int32Array.from(labels.keys()));
  assert.equal(matches(large, "region 976", 20).length, 20);
  assert.equal(matches(large, "9 of nowhere", 20).length, 0);
  assert.ok(milliseconds(() => matches(large, "region 976", 20)) < 50);
  assert.ok(milliseconds(() => matches(large, "9 of nowhere", 20)) < 50);
});
