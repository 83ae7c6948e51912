import assert from "node:assert/strict";
import { test } from "node:test";
import { roundSizes, sizeSamples } from "../../viewer/looks/size_legend.ts";
import { sceneOf } from "../../viewer/scene.ts";
import { DEFAULTS } from "../../viewer/state.ts";
import { EXPECTED, LOOKS, mapOf } from "./expected.ts";

test("values are round and the same as in print", () => {
  for (const { values, rounds } of EXPECTED.sizes) {
    assert.deepEqual(roundSizes(Float64Array.from(values)), rounds, String(values));
  }
});

test("circles of the legend are as large as those of the map", () => {
  const data = mapOf({ n: 3, weights: new Map([["Documents", Float64Array.of(1, 2, 9)]]) });
  for (const state of [DEFAULTS, { ...DEFAULTS, itemSizeVariation: 1, scale: 2 }]) {
    const scene = sceneOf(data, LOOKS, state);
    const samples = sizeSamples(scene, state, 0.5);
    assert.deepEqual(
      samples.map(({ value }) => value),
      [1, 5, 9],
    );
    assert.ok(Math.abs(samples[0].diameter - scene.radius[0]) < 1e-9);
    assert.ok(Math.abs(samples[2].diameter - scene.radius[2]) < 1e-9);
  }
});

test("where all items have one size there is no legend", () => {
  const data = mapOf({ n: 2, weights: new Map([["Documents", Float64Array.of(1, 2)]]) });
  const alike = { ...DEFAULTS, itemSizeVariation: 0 };
  assert.deepEqual(sizeSamples(sceneOf(data, LOOKS, alike), alike, 1), []);
  assert.deepEqual(sizeSamples(sceneOf(mapOf({ n: 2 }), LOOKS, DEFAULTS), DEFAULTS, 1), []);
});
