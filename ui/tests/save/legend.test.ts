import assert from "node:assert/strict";
import { test } from "node:test";
import { legendOf, type Mark } from "../../viewer/save/legend.ts";
import { sceneOf } from "../../viewer/scene.ts";
import { DEFAULTS, type State } from "../../viewer/state.ts";
import { smallMap } from "../small.ts";

const SCALE = { places: [0, 1], colours: ["#000000", "#ffffff"] };
const LOOKS = {
  palettes: { benang: { colours: ["#0072b2", "#e69f00"], rest: "#bfbfbf" } },
  scales: { viridis: SCALE, density: SCALE },
};
const measure = (text: string, size: number) => 0.6 * size * text.length;

function legend(change: Partial<State> = {}, width = 900) {
  const state = { ...DEFAULTS, ...change };
  return legendOf({ scene: sceneOf(smallMap(), LOOKS, state), looks: LOOKS, state, circles: 1, width, measure });
}

const texts = (marks: readonly Mark[]) => marks.flatMap((mark) => (mark.kind === "text" ? [mark.text] : []));

test("a network shows sizes and clusters: by their names, else by their heaviest items", () => {
  const { marks, height } = legend();
  assert.deepEqual(texts(marks), ["Documents", "1", "2", "3", "towns", "desa <b>", "No cluster"]);
  assert.ok(height > 40 && height < 100);
  assert.deepEqual(texts(legend({ clusters: { 2: { into: 1, label: "x" } } }).marks).slice(4), ["towns", "No cluster"]);
});

test("an overlay shows its scale, a density what is dense", () => {
  const { marks } = legend({ view: "overlay" });
  assert.ok(texts(marks).includes("Avg. pub. year"));
  assert.equal(marks.filter(({ kind }) => kind === "bar").length, 1);
  assert.deepEqual(texts(legend({ view: "density" }).marks), ["Density", "low", "high"]);
});

test("all of it lies within the strip, on narrow pictures, too", () => {
  for (const width of [220, 300, 500, 1200]) {
    for (const view of ["network", "overlay", "density", "cluster-density"] as const) {
      const { marks, height } = legend({ view, clusters: { 1: { label: "x".repeat(200) } } }, width);
      for (const mark of marks) {
        const right = mark.kind === "text" && mark.anchor === "start" ? mark.x + measure(mark.text, mark.size) : mark.x;
        assert.ok(mark.x >= 0 && right <= width + 1, `${view} ${width} ${JSON.stringify(mark)}`);
        assert.ok(mark.y >= 0 && mark.y <= height, `${view} ${width} ${JSON.stringify(mark)}`);
      }
    }
  }
});

test("a map without weights and clusters needs no legend", () => {
  const columns = smallMap({ clusters: {} });
  const bare = { ...columns, weights: new Map(), scores: new Map(), cluster: new Int32Array(3) };
  const state = { ...DEFAULTS };
  const scene = sceneOf(bare, LOOKS, state);
  assert.deepEqual(legendOf({ scene, looks: LOOKS, state, circles: 1, width: 500, measure }), { height: 0, marks: [] });
});
