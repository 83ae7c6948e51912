import assert from "node:assert/strict";
import { test } from "node:test";
import { bandwidthOf, densityAt, fieldOn, meanDistance, type Points, peakOf } from "../../viewer/looks/field.ts";
import { toRgb } from "../../viewer/looks/mixing.ts";
import { relativeWeights } from "../../viewer/sizes.ts";
import { milliseconds } from "../effort.ts";
import { EXPECTED, type ExpectedDensity } from "./expected.ts";

function pointsOf(expected: ExpectedDensity): Points {
  return {
    x: Float64Array.from(expected.x),
    y: Float64Array.from(expected.y),
    weight: relativeWeights(Float64Array.from(expected.weight)),
  };
}

const colourOf = (cluster: number) =>
  cluster ? EXPECTED.palettes.benang.colours[cluster - 1] : EXPECTED.palettes.benang.rest;

/** Scattered places, the same each time. */
function scattered(n: number): Points {
  let seed = 7;
  const next = () => {
    seed = (seed * 16807) % 2147483647;
    return seed / 2147483647;
  };
  const bell = () => next() + next() + next() - 1.5;
  return {
    x: Float64Array.from({ length: n }, bell),
    y: Float64Array.from({ length: n }, bell),
    weight: Float64Array.from({ length: n }, () => 0.2 + next()),
  };
}

for (const [at, expected] of EXPECTED.densities.entries()) {
  const points = pointsOf(expected);
  test(`mean distance, bandwidth and density are those of print: ${at}`, () => {
    const distance = meanDistance(points.x, points.y);
    assert.ok(Math.abs(distance - expected.meanDistance) < 1e-9);
    const bandwidth = bandwidthOf(distance, expected.kernelWidth);
    assert.ok(Math.abs(bandwidth - expected.bandwidth) < 1e-9);
    for (const { x, y, density } of expected.points) {
      assert.ok(Math.abs(densityAt(points, bandwidth, x, y) - density) < 1e-9);
    }
  });

  test(`on a grid, density and mixed colours are those of print: ${at}`, () => {
    const { bandwidth } = expected;
    const rgb = expected.cluster.map((cluster) => toRgb(colourOf(cluster)));
    const channels = [0, 1, 2].map((channel) => Float32Array.from(rgb, (colour) => colour[channel]));
    const peak = peakOf(points, bandwidth);
    for (const { x, y, density, blend } of expected.points) {
      const step = bandwidth / 8;
      const grid = { x: x - 3 * step, y: y - 2 * step, step, columns: 9, rows: 7 };
      const [total, ...parts] = fieldOn(grid, points, bandwidth, channels);
      const here = 2 * grid.columns + 3;
      assert.ok(Math.abs(total[here] - density) < 0.003 * peak, `${total[here]} instead of ${density}`);
      if (density < 0.01 * peak) continue;
      parts.forEach((part, channel) => {
        assert.ok(Math.abs(part[here] / total[here] - blend[channel]) < 0.01);
      });
    }
  });
}

test("the peak is that of the densest place, between items too", () => {
  const two = { x: Float64Array.of(-0.5, 0.5), y: Float64Array.of(0, 0), weight: Float64Array.of(1, 1) };
  assert.ok(Math.abs(peakOf(two, 1) - 2 * Math.exp(-0.25)) < 0.005);
  assert.equal(peakOf({ ...two, weight: Float64Array.of(0, 0) }, 1), 0);
  const far = { x: Float64Array.of(0, 1e6), y: Float64Array.of(0, 1e6), weight: Float64Array.of(1, 3) };
  assert.equal(peakOf(far, 1e-3), 3);
});

test("an item that is not shown counts for nothing", () => {
  const points = { x: Float64Array.of(0, 1), y: Float64Array.of(0, 0), weight: Float64Array.of(1, 0) };
  const [field] = fieldOn({ x: 1, y: 0, step: 0.05, columns: 1, rows: 1 }, points, 0.2);
  assert.ok(field[0] < 1e-6);
});

test("the mean distance of many items is estimated closely", () => {
  const few = scattered(3000);
  const exact = meanDistance(few.x, few.y);
  const many = { x: new Float64Array(12000), y: new Float64Array(12000) };
  for (let item = 0; item < 12000; item++) {
    many.x[item] = few.x[item % 3000];
    many.y[item] = few.y[item % 3000];
  }
  // each place four times: a few pairs of the larger list are at no distance
  const expected = (exact * 4 * 2999) / 11999;
  assert.ok(Math.abs(meanDistance(many.x, many.y) / expected - 1) < 2e-3);
  assert.equal(meanDistance(Float64Array.of(1), Float64Array.of(1)), 0);
});

test("a density takes next to no time", () => {
  for (const [n, most] of [
    [1000, 30],
    [100_000, 400],
  ] as const) {
    const points = scattered(n);
    const grid = { x: -2, y: -1.5, step: 0.01, columns: 400, rows: 300 };
    const took = milliseconds(() => {
      const bandwidth = bandwidthOf(meanDistance(points.x, points.y), 0.125);
      peakOf(points, bandwidth);
      fieldOn(grid, points, bandwidth);
    });
    assert.ok(took < 4 * most, `${n} items took ${took} ms`);
  }
});
