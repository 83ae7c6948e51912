import assert from "node:assert/strict";
import { test } from "node:test";
import { axisYears, firstStep, keyed, moved, nextStep, withEnd } from "../viewer/spans.ts";

const all = [2001, 2004] as const;

test("spans move within all years and keep their length", () => {
  assert.deepEqual(moved([2001, 2002], 1, all), [2002, 2003]);
  assert.deepEqual(moved([2001, 2003], 5, all), [2002, 2004]);
  assert.deepEqual(moved([2001, 2003], -5, all), [2001, 2003]);
});

test("the ends of a span stay in order and within all years", () => {
  assert.deepEqual(withEnd([2002, 2003], 0, 2009, all), [2003, 2003]);
  assert.deepEqual(withEnd([2002, 2003], 0, 1900, all), [2001, 2003]);
  assert.deepEqual(withEnd([2002, 2003], 1, 2003.6, all), [2002, 2004]);
});

test("years are played to the last one, growing or moving, and then from the beginning", () => {
  assert.deepEqual(firstStep(null, "growing", all), [2001, 2001]);
  assert.deepEqual(nextStep([2001, 2001], "growing", all), [2001, 2002]);
  assert.equal(nextStep([2001, 2004], "growing", all), null);
  assert.deepEqual(firstStep([2003, 2004], "growing", all), [2003, 2003]);
  assert.deepEqual(firstStep(null, "moving", all), [2001, 2003]);
  assert.deepEqual(firstStep([2003, 2004], "moving", all), [2001, 2002]);
  assert.deepEqual(nextStep([2001, 2002], "moving", all), [2002, 2003]);
  assert.deepEqual(firstStep([2002, 2003], "moving", all), [2002, 2003]);
});

test("arrow keys go to the next year, others further", () => {
  assert.equal(keyed("ArrowRight", 2002, all), 2003);
  assert.equal(keyed("ArrowDown", 2002, all), 2001);
  assert.equal(keyed("PageUp", 2002, all), 2007);
  assert.equal(keyed("Home", 2003, all), 2001);
  assert.equal(keyed("End", 2003, all), 2004);
  assert.equal(keyed("a", 2003, all), null);
});

test("round years are written below the bars, few enough to be read", () => {
  assert.deepEqual(axisYears({ first: 2001, last: 2004 }), [2001, 2002, 2003, 2004]);
  assert.deepEqual(axisYears({ first: 1992, last: 2024 }), [1995, 2000, 2005, 2010, 2015, 2020]);
  assert.deepEqual(axisYears({ first: 1800, last: 2024 }), [1800, 1850, 1900, 1950, 2000]);
});
