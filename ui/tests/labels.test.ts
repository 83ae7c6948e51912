import assert from "node:assert/strict";
import { test } from "node:test";
import { projection } from "../viewer/camera.ts";
import { type Name, placeNames } from "../viewer/labels.ts";
import { advance, newPlan } from "../viewer/name_plan.ts";
import { type Scene, sceneOf } from "../viewer/scene.ts";
import { DEFAULTS, type State } from "../viewer/state.ts";
import { LOOKS, mapOf } from "./looks/expected.ts";

const SIZE = { width: 900, height: 700 };
const measure = (text: string, size: number) => text.length * size * 0.55;

/** Numbers from 0 to 1 that look like chance, the same in each run. */
function* chance(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    yield state / 2 ** 32;
  }
}

function crowd(n: number, part: Partial<State> = {}, seed = 1): Scene {
  const next = chance(seed);
  const draw = () => next.next().value;
  const data = mapOf({
    n,
    labels: Array.from({ length: n }, (_, item) => `item number ${item}`.slice(0, 6 + Math.floor(draw() * 12))),
    x: Float64Array.from({ length: n }, () => (draw() + draw() + draw()) * 2),
    y: Float64Array.from({ length: n }, () => draw() + draw()),
    weights: new Map([["Documents", Float64Array.from({ length: n }, () => Math.floor(1 / (draw() + 0.01)))]]),
  });
  return sceneOf(data, LOOKS, { ...DEFAULTS, ...part });
}

const at = (scene: Scene, zoom: number, x = 3, y = 1, forced: number[] = []) =>
  placeNames(scene, { x, y, zoom }, SIZE, measure, forced);
const items = (names: readonly Name[]) => names.map((name) => name.item).sort((a, b) => a - b);

function overlaps(names: readonly Name[]): [number, number][] {
  const pairs: [number, number][] = [];
  for (const [k, one] of names.entries()) {
    for (const other of names.slice(k + 1)) {
      const across = (one.width + other.width) / 2 - Math.abs(one.x - other.x);
      const along = (one.height + other.height) / 2 - Math.abs(one.y - other.y);
      if (across > 0 && along > 0) pairs.push([one.item, other.item]);
    }
  }
  return pairs;
}

const SCENES: [string, Scene][] = [
  ["80 items", crowd(80)],
  ["600 items, crowded", crowd(600)],
  ["3,000 items, by the grid", crowd(3000)],
  ["frames", crowd(200, { frames: true })],
  ["a density", crowd(200, { view: "density" })],
];

for (const [title, scene] of SCENES) {
  test(`${title}: no name lies on another at any zoom`, () => {
    for (let zoom = 0.5; zoom < 30; zoom *= 1.17) assert.deepEqual(overlaps(at(scene, zoom)), [], `zoom ${zoom}`);
  });

  test(`${title}: zooming in only adds names, and panning changes none`, () => {
    for (const zoom of [0.5, 1, 2, 4, 8]) {
      const now = new Set(items(at(scene, zoom, 3, 1)));
      const nearer = projection(scene, { x: 3, y: 1, zoom: zoom * 1.6 }, SIZE);
      const later = new Set(items(at(scene, zoom * 1.6, 3, 1)));
      for (const item of now) {
        const [x, y] = [nearer.toX(scene.x[item]), nearer.toY(scene.y[item])];
        if (x > 200 && x < SIZE.width - 200 && y > 50 && y < SIZE.height - 50) assert.ok(later.has(item));
      }
    }
    const off = (x: number, y: number) => {
      const { toX, toY } = projection(scene, { x, y, zoom: 4 }, SIZE);
      return new Map(
        at(scene, 4, x, y).map(({ item, x: left, y: top, flush }) => [
          item,
          [left - toX(scene.x[item]), top - toY(scene.y[item]), flush].map((part) =>
            typeof part === "number" ? Math.round(part * 1e6) + 0 : part,
          ),
        ]),
      );
    };
    const [here, there] = [off(3, 1), off(3.05, 1.05)];
    const both = [...here.keys()].filter((item) => there.has(item));
    assert.ok(both.length > 0);
    for (const item of both) assert.deepEqual(here.get(item), there.get(item));
  });
}

test("the heaviest item always has its name", () => {
  for (const [, scene] of SCENES) {
    const heaviest = scene.order[0];
    assert.ok(items(at(scene, 0.5, scene.x[heaviest], scene.y[heaviest])).includes(heaviest));
  }
});

test("no name lies on the circle of a heavier item", () => {
  const scene = crowd(600);
  for (const zoom of [1, 2.5, 6, 15]) {
    const seen = projection(scene, { x: 3, y: 1, zoom }, SIZE);
    for (const name of at(scene, zoom)) {
      for (const other of scene.order) {
        if (scene.radius[other] <= 1.01 * scene.radius[name.item]) break;
        const radius = scene.radius[other] * seen.circles;
        const across = Math.max(Math.abs(seen.toX(scene.x[other]) - name.x) - name.width / 2, 0);
        const along = Math.max(Math.abs(seen.toY(scene.y[other]) - name.y) - name.height / 2, 0);
        assert.ok(Math.hypot(across, along) > radius - 0.5, `${name.item} on ${other} at zoom ${zoom}`);
      }
    }
  }
});

test("names are on their circle or touch it", () => {
  const scene = crowd(600);
  const seen = projection(scene, { x: 3, y: 1, zoom: 2 }, SIZE);
  for (const name of at(scene, 2)) {
    const across = Math.max(Math.abs(seen.toX(scene.x[name.item]) - name.x) - name.width / 2, 0);
    const along = Math.max(Math.abs(seen.toY(scene.y[name.item]) - name.y) - name.height / 2, 0);
    assert.ok(Math.hypot(across, along) < scene.radius[name.item] * seen.circles + 3);
  }
});

test("names that were worked out by and by are those worked out at once", () => {
  const scene = crowd(900);
  const [one, other] = [newPlan(scene, SIZE, measure), newPlan(scene, SIZE, measure)];
  advance(one);
  while (!advance(other, 0)) assert.ok(other.done > 0);
  assert.deepEqual(one.from, other.from);
  assert.deepEqual(one.side, other.side);
});

test("the grid finds what a comparison with all finds", () => {
  const scene = crowd(700);
  const plan = newPlan(scene, SIZE, measure);
  advance(plan);
  const all = newPlan(scene, SIZE, measure);
  all.board.grid.first = all.order.length;
  all.board.grid.start.fill(0);
  advance(all);
  assert.deepEqual([...plan.side], [...all.side]);
  for (const [rank, from] of plan.from.entries()) {
    assert.ok(
      Math.max(from, 0.5) === Math.max(all.from[rank], 0.5),
      `rank ${rank}: ${from}, expected ${all.from[rank]}`,
    );
  }
});

test("of very many items, the heaviest are all that the whole map names, and further ones come by zooming in", () => {
  const [n, many] = [12_000, 5000];
  const next = chance(3);
  // so far apart that each name has room wherever it may stand
  const scene = sceneOf(
    mapOf({
      n,
      x: Float64Array.from({ length: n }, (_, item) => 1000 * (item % 100) + next.next().value),
      y: Float64Array.from({ length: n }, (_, item) => 1000 * Math.floor(item / 100) + next.next().value),
      weights: new Map([["Documents", Float64Array.from({ length: n }, () => next.next().value)]]),
    }),
    LOOKS,
    DEFAULTS,
  );
  const plan = newPlan(scene, { width: 40_000, height: 20_000 }, measure);
  while (plan.done < many) advance(plan, 0);
  const early = plan.from.slice(0, many);
  assert.ok(early.every((from) => from < 1));
  advance(plan);
  assert.deepEqual(plan.from.slice(0, many), early);
  for (let rank = many; rank < n; rank++) assert.ok(Math.abs(plan.from[rank] ** 2 - rank / many) < 1e-9);
});

test("items that are asked for are named in any case, and names in their way are left out", () => {
  const scene = crowd(600);
  const named = items(at(scene, 1));
  const without = [...scene.order].filter((item) => !named.includes(item)).slice(-3);
  const names = at(scene, 1, 3, 1, without);
  assert.ok(without.every((item) => items(names).includes(item)));
  for (const pair of overlaps(names)) assert.ok(pair.every((item) => without.includes(item)));
});

test("names of items at nearly one place stand around it", () => {
  const data = mapOf({
    n: 5,
    x: Float64Array.of(0, 0.01, 0.01, 9, -9),
    y: Float64Array.of(0, 0.01, 0, 5, -5),
    weights: new Map([["Documents", Float64Array.of(1, 1, 1, 1, 1)]]),
  });
  const names = placeNames(sceneOf(data, LOOKS, DEFAULTS), null, SIZE, measure, []);
  assert.deepEqual(items(names), [0, 1, 2, 3, 4]);
  assert.ok(
    names.filter((name) => name.item < 3).every((name) => name.flush !== "middle" || name.y !== SIZE.height / 2),
  );
});

test("on a narrow picture large texts are smaller", () => {
  const scene = crowd(60);
  const [wide, narrow] = [900, 360].map((width) => placeNames(scene, null, { width, height: 700 }, measure, []));
  const largest = (names: readonly Name[]) => Math.max(...names.map((name) => name.size));
  assert.ok(largest(narrow) < largest(wide));
  assert.ok(narrow.every((name) => name.size >= 9));
});

test("without labels, or of a length of 0, nothing is named", () => {
  assert.deepEqual(at(crowd(50, { labels: false }), 1), []);
  assert.deepEqual(at(crowd(50, { labelLength: 0 }), 1), []);
});

test("what is hidden takes no room", () => {
  const scene = crowd(60, { hidden: new Set(Array.from({ length: 59 }, (_, item) => item)) });
  assert.deepEqual(items(placeNames(scene, null, SIZE, measure, [])), [59]);
});
