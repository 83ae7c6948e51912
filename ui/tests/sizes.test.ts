import assert from "node:assert/strict";
import { test } from "node:test";
import type { LinkData } from "../viewer/model.ts";
import {
  chooseWeight,
  circleDiameters,
  crowding,
  labelSizes,
  linkWidths,
  relativeWeights,
  strongestLinks,
} from "../viewer/sizes.ts";
import { smallMap } from "./small.ts";

const numbers = (...values: number[]) => Float64Array.from(values);
const rounded = (values: Float64Array) => [...values].map((value) => Math.round(value * 1000) / 1000);

test("circles, texts and links have the sizes of print", () => {
  assert.deepEqual([...circleDiameters(numbers(0.04, 1, 4), 0.5, 1)], [5, 16, 32]);
  assert.deepEqual([...labelSizes(numbers(0, 1, 4), 0.5, 1)], [9, 13, 17]);
  assert.deepEqual(rounded(linkWidths(numbers(1, 1, 4), 0.5, 1)), [1.061, 1.061, 2.121]);
});

test("weights are taken by their mean, which may be that of some items", () => {
  assert.deepEqual([...relativeWeights(numbers(1, 3))], [0.5, 1.5]);
  assert.deepEqual([...relativeWeights(numbers(1, 3, 0), Uint8Array.of(1, 1, 0))], [0.5, 1.5, 0]);
  assert.deepEqual([...relativeWeights(numbers(0, 0))], [1, 1]);
  assert.deepEqual([...relativeWeights(numbers(Number.NaN, -2, 4))], [0, 0, 3]);
});

test("the weight that is named sizes the items, else the usual one, else none", () => {
  const data = smallMap();
  assert.equal(chooseWeight(data, "").name, "Documents");
  assert.equal(chooseWeight(data, "no such weight").name, "Documents");
  const plain = { ...data, weights: new Map<string, Float64Array>() };
  assert.deepEqual(chooseWeight(plain, ""), { name: "", values: numbers(1, 1, 1) });
});

const LINKS: LinkData = {
  n: 4,
  source: Int32Array.of(0, 0, 1, 2),
  target: Int32Array.of(1, 2, 2, 3),
  strength: numbers(5, 3, 3, 1),
  attributes: new Map(),
};
const ALL = Uint8Array.of(1, 1, 1, 1);

test("the strongest links are drawn, the strongest last", () => {
  assert.deepEqual([...strongestLinks(LINKS, LINKS.strength, ALL, 1000, 0)], [3, 2, 1, 0]);
  assert.deepEqual([...strongestLinks(LINKS, LINKS.strength, ALL, 2, 0)], [1, 0]);
  assert.deepEqual([...strongestLinks(LINKS, LINKS.strength, ALL, 1000, 3)], [2, 1, 0]);
  assert.deepEqual([...strongestLinks(LINKS, LINKS.strength, ALL, 0, 0)], []);
});

test("links of items that are hidden are not drawn, nor those without a strength in a period", () => {
  assert.deepEqual([...strongestLinks(LINKS, LINKS.strength, Uint8Array.of(1, 1, 0, 1), 1000, 0)], [0]);
  assert.deepEqual([...strongestLinks(LINKS, numbers(0, 1, 2, 4), ALL, 2, 0)], [2, 3]);
});

test("circles that would cover much of the picture are smaller", () => {
  assert.equal(crowding(1000, 1_000_000), 1);
  assert.equal(Math.round(crowding(500_000, 1_000_000) * 100), 50);
});
