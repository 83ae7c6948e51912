import assert from "node:assert/strict";
import { test } from "node:test";
import { projection, type Size } from "../../viewer/camera.ts";
import { clusterColour, shadeAt } from "../../viewer/looks/colours.ts";
import { densityBitmap, wholeOf } from "../../viewer/looks/density.ts";
import { densityAt } from "../../viewer/looks/field.ts";
import { mixRgb, type Rgb, toRgb } from "../../viewer/looks/mixing.ts";
import { sceneOf } from "../../viewer/scene.ts";
import { DEFAULTS, type State } from "../../viewer/state.ts";
import { EXPECTED, LOOKS, mapOf } from "./expected.ts";

const SIZE: Size = { width: 600, height: 400 };
const CELLS: Size = { width: 300, height: 200 };
const [GIVEN] = EXPECTED.densities;

function painted(part: Partial<State>) {
  const data = mapOf({
    n: GIVEN.x.length,
    x: Float64Array.from(GIVEN.x),
    y: Float64Array.from(GIVEN.y),
    cluster: Int32Array.from(GIVEN.cluster),
    weights: new Map([["Documents", Float64Array.from(GIVEN.weight)]]),
  });
  const state: State = { ...DEFAULTS, ...part };
  const scene = sceneOf(data, LOOKS, state);
  const seen = projection(scene, state.camera, SIZE);
  const bitmap = densityBitmap(scene, LOOKS, state, seen, CELLS);
  /** The colour of the cell at a place of the map, and the place of that cell's middle. */
  const at = (x: number, y: number) => {
    const [column, row] = [Math.floor(seen.toX(x) / 2), Math.floor(seen.toY(y) / 2)];
    const start = 4 * (row * CELLS.width + column);
    return {
      colour: [...bitmap.subarray(start, start + 3)],
      x: seen.fromX(2 * column + 1),
      y: seen.fromY(2 * row + 1),
    };
  };
  return { at, state, whole: wholeOf(scene, state) };
}

function alike(found: number[], expected: readonly number[], most: number) {
  expected.forEach((part, channel) => {
    const off = Math.abs(found[channel] - 255 * part);
    assert.ok(off <= most, `${found} instead of ${expected.map((each) => Math.round(255 * each))}`);
  });
}

for (const part of [
  {},
  { dark: true },
  { scoreColours: "viridis" },
  { camera: { x: GIVEN.x[3], y: GIVEN.y[3], zoom: 6 } },
] satisfies Partial<State>[]) {
  test(`each place has the shade of its density: ${JSON.stringify(part)}`, () => {
    const { at, whole } = painted({ view: "density", ...part });
    const state = { ...DEFAULTS, ...part };
    const shades = LOOKS.scales[state.scoreColours] ?? LOOKS.scales[state.dark ? "density-dark" : "density"];
    for (const item of part.camera ? [3] : [0, 3, 7, 12, 20]) {
      const { colour, x, y } = at(GIVEN.x[item], GIVEN.y[item]);
      const density = densityAt(whole.points, whole.bandwidth, x, y) / whole.peak;
      alike(colour, shadeAt(shades, density), 4);
    }
  });
}

test("each place has the colours of its clusters, the denser the fuller, as in print", () => {
  const { at, state, whole } = painted({ view: "cluster-density" });
  for (const item of [0, 3, 7, 12, 20]) {
    const { colour, x, y } = at(GIVEN.x[item], GIVEN.y[item]);
    const all = densityAt(whole.points, whole.bandwidth, x, y);
    const blend: [number, number, number] = [0, 0, 0];
    for (const cluster of new Set(GIVEN.cluster)) {
      const weight = whole.points.weight.map((own, each) => (GIVEN.cluster[each] === cluster ? own : 0));
      const share = densityAt({ ...whole.points, weight }, whole.bandwidth, x, y) / all;
      toRgb(clusterColour(cluster, LOOKS, state)).forEach((own, channel) => {
        blend[channel] += own * share;
      });
    }
    const density = all / whole.peak;
    const white: Rgb = [1, 1, 1];
    alike(colour, mixRgb(white, blend, (0.95 * density * 1.12) / (density + 0.12)), 4);
  }
});

test("what is hidden leaves no trace, and where nothing is shown there is only the page", () => {
  const all = new Set(GIVEN.x.keys());
  const { at, whole } = painted({ view: "density", hidden: all });
  assert.equal(whole.peak, 0);
  assert.deepEqual(at(GIVEN.x[0], GIVEN.y[0]).colour, [255, 255, 255]);
  assert.deepEqual(painted({ view: "cluster-density", hidden: all }).at(0, 0).colour, [255, 255, 255]);
});

test("colours stay when the map is moved or enlarged", () => {
  const one = painted({ view: "density" }).at(GIVEN.x[3], GIVEN.y[3]).colour;
  const camera = { x: GIVEN.x[3], y: GIVEN.y[3], zoom: 4 };
  const other = painted({ view: "density", camera }).at(GIVEN.x[3], GIVEN.y[3]).colour;
  alike(
    other,
    one.map((level) => level / 255),
    6,
  );
});
