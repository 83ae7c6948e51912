import assert from "node:assert/strict";
import { test } from "node:test";
import { Motion } from "../viewer/motion.ts";

const START = { x: 0, y: 0, zoom: 1 };
const END = { x: 3, y: 1, zoom: 4 };

test("a flight comes to its goal within half a second, and zooms evenly on the way", () => {
  const motion = new Motion(null);
  motion.fly(START, END);
  const began = performance.now();
  const zooms = [0, 100, 200, 300, 400, 500].map((later) => {
    motion.step(began + later);
    return motion.camera?.zoom ?? 0;
  });
  assert.deepEqual(
    [...zooms].sort((a, b) => a - b),
    zooms,
  );
  assert.deepEqual(motion.camera, END);
  assert.equal(motion.goal, null);
});

test("a step of the wheel ends softly, at its goal", () => {
  const motion = new Motion(START);
  motion.glide(START, END);
  let frames = 0;
  for (let time = 0; motion.step(time); time += 16) frames++;
  assert.deepEqual(motion.camera, END);
  assert.ok(frames > 5 && frames < 40, `${frames} frames`);
});

test("a hand on the map stops what is on its way", () => {
  const motion = new Motion(START);
  motion.fly(START, END);
  motion.jump(START);
  assert.equal(motion.step(performance.now() + 100), false);
  assert.deepEqual(motion.camera, START);
});
