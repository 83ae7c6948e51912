import "./browser.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { movedIn } from "../../pages/grid.ts";

const WIDTHS = [4, 4, 3]; // the row of totals has no corner

test("arrows lead to the cell beside, and stop at the edge", () => {
  assert.deepEqual(movedIn(WIDTHS, [0, 0], "ArrowRight"), [0, 1]);
  assert.deepEqual(movedIn(WIDTHS, [0, 3], "ArrowRight"), [0, 3]);
  assert.deepEqual(movedIn(WIDTHS, [0, 0], "ArrowUp"), [0, 0]);
  assert.deepEqual(movedIn(WIDTHS, [1, 2], "ArrowLeft"), [1, 1]);
});

test("a shorter row is entered at its end", () => {
  assert.deepEqual(movedIn(WIDTHS, [1, 3], "ArrowDown"), [2, 2]);
});

test("Home, End and Ctrl lead to the ends of rows, columns and the table", () => {
  assert.deepEqual(movedIn(WIDTHS, [1, 2], "Home"), [1, 0]);
  assert.deepEqual(movedIn(WIDTHS, [1, 0], "End"), [1, 3]);
  assert.deepEqual(movedIn(WIDTHS, [1, 1], "ArrowDown", true), [2, 1]);
  assert.deepEqual(movedIn(WIDTHS, [0, 1], "End", true), [2, 2]);
  assert.deepEqual(movedIn(WIDTHS, [2, 2], "PageUp"), [0, 2]);
});

test("other keys move nowhere", () => {
  assert.equal(movedIn(WIDTHS, [1, 1], "Enter"), null);
});
