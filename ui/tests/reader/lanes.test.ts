import assert from "node:assert/strict";
import { test } from "node:test";
import { lanesOf, piecesOf } from "../../reader/lanes.ts";

test("passages that overlap have lanes of their own, and one that comes later takes a free one", () => {
  const stretches = [
    { start: 0, end: 10 },
    { start: 2, end: 4 },
    { start: 4, end: 12 },
    { start: 10, end: 11 },
  ];
  assert.deepEqual(lanesOf(stretches), [0, 1, 1, 0]);
});

test("a paragraph falls into pieces wherever a passage begins or ends", () => {
  const [one, other] = [
    { start: 2, end: 6 },
    { start: 4, end: 99 },
  ];
  const pieces = piecesOf({ start: 0, end: 8 }, [one, other]);
  assert.deepEqual(
    pieces.map(({ start, end, over }) => [start, end, over.length]),
    [
      [0, 2, 0],
      [2, 4, 1],
      [4, 6, 2],
      [6, 8, 1],
    ],
  );
});

test("the pieces are the paragraph again", () => {
  const stretches = Array.from({ length: 20 }, (_, at) => ({ start: (at * 7) % 50, end: ((at * 7) % 50) + 9 }));
  const pieces = piecesOf({ start: 5, end: 45 }, stretches);
  assert.equal(pieces[0].start, 5);
  assert.equal(pieces.at(-1)?.end, 45);
  for (const [at, { start }] of pieces.slice(1).entries()) assert.equal(start, pieces[at].end);
});

test("a paragraph without a passage is one piece", () => {
  assert.equal(piecesOf({ start: 3, end: 9 }, []).length, 1);
});
