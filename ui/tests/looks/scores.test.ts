import assert from "node:assert/strict";
import { test } from "node:test";
import { itemColours } from "../../viewer/looks/colours.ts";
import { chosenScore, normalised, scoreOf, scoreScale } from "../../viewer/looks/scores.ts";
import { DEFAULTS, type Normalisation, type State } from "../../viewer/state.ts";
import { EXPECTED, type ExpectedScores, LOOKS, mapOf } from "./expected.ts";

const numbers = (values: (number | null)[]) => Float64Array.from(values, (value) => value ?? Number.NaN);
const state = (part: Partial<State>): State => ({ ...DEFAULTS, view: "overlay", ...part });

function near(found: ArrayLike<number>, expected: ArrayLike<number>, about: string) {
  assert.equal(found.length, expected.length, about);
  for (let i = 0; i < expected.length; i++) {
    const same = Object.is(found[i], expected[i]) || Math.abs(found[i] - expected[i]) < 1e-9;
    assert.ok(same, `${about}: ${found[i]} instead of ${expected[i]}`);
  }
}

for (const [name, expected] of Object.entries(EXPECTED.scores)) {
  test(`scores are scaled and normalised as in print: ${name}`, () => {
    const values = numbers(expected.values);
    sameScale(scoreScale(values, expected.wanted), expected);
    for (const [how, wanted] of Object.entries(expected.normalised)) {
      const found = normalised(values, how as Normalisation);
      assert.ok(found);
      near(found, numbers(wanted), how);
    }
    if (expected.normalised["divide by mean"] === undefined) assert.equal(normalised(values, "divide by mean"), null);
    if (expected.colours === undefined) return;
    const data = mapOf({ n: values.length, scores: new Map([[expected.wanted.whole ? "Year" : "S", values]]) });
    const { low = null, high = null } = expected.wanted;
    assert.deepEqual(itemColours(data, LOOKS, state({ low, high })), expected.colours);
  });
}

function sameScale(found: ReturnType<typeof scoreScale>, { scale }: ExpectedScores) {
  if (!scale || !found) return assert.equal(found, scale);
  near([found.low, found.high], [scale.low, scale.high], "range");
  near(found.ticks, scale.ticks, "ticks");
  assert.equal(found.decimals, scale.decimals);
}

test("the score that is asked for is chosen, else the usual one, else the first", () => {
  const some = Float64Array.of(1);
  const scores = new Map([
    ["mine", some],
    ["Citations", some],
    ["Pub. year", some],
  ]);
  assert.equal(chosenScore(mapOf({ n: 1, scores }), ""), "Pub. year");
  assert.equal(chosenScore(mapOf({ n: 1, scores }), "mine"), "mine");
  assert.equal(chosenScore(mapOf({ n: 1, scores }), "of another map"), "Pub. year");
  assert.equal(chosenScore(mapOf({ n: 1, scores: new Map([["mine", some]]) }), ""), "mine");
  assert.equal(chosenScore(mapOf({ n: 1 }), ""), "");
});

test("scores that can't be divided by their mean stay as they are, and it is said", () => {
  const data = mapOf({ n: 3, scores: new Map([["S", Float64Array.of(-1, 2, Number.NaN)]]) });
  const score = scoreOf(data, state({ normalisation: "divide by mean" }));
  assert.equal(score.normalisation, "none");
  assert.deepEqual([...score.values], [-1, 2, Number.NaN]);
  assert.equal(score.without, 1);
});
