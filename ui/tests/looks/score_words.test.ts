import assert from "node:assert/strict";
import { test } from "node:test";
import { shownEnds, shownTicks } from "../../viewer/looks/score_words.ts";

const scale = (low: number, high: number, decimals = 0, ticks: number[] = []) => ({ low, high, ticks, decimals });

test("the ends of a scale are not rounded to its ticks, where they would be another score", () => {
  assert.deepEqual(shownEnds(scale(2016, 2021), true), ["2016", "2021"]);
  assert.deepEqual(shownEnds(scale(2016.58, 2018.42), true), ["2016.6", "2018.4"]);
  assert.deepEqual(shownEnds(scale(0.5, 1.25, 1), false), ["0.50", "1.25"]);
});

test("numbers have their thousands parted, and years do not", () => {
  assert.deepEqual(shownEnds(scale(0, 1e15), false), ["0", "1,000,000,000,000,000"]);
  assert.deepEqual(shownEnds(scale(1999, 2001), true), ["1999", "2001"]);
});

test("of ticks that have no room below the bar, every second or third has its number", () => {
  const texts = shownTicks(scale(2010, 2020, 0, [2010, 2012, 2014, 2016, 2018, 2020]), true).map(({ text }) => text);
  assert.deepEqual(texts, ["2010", "2012", "2014", "2016", "2018", "2020"]);
  const long = shownTicks(scale(0, 4e9, 0, [0, 1e9, 2e9, 3e9, 4e9]), false).map(({ text }) => text);
  assert.deepEqual(long, ["0", "2,000,000,000", "4,000,000,000"]);
});
