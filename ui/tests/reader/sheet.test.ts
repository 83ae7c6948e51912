import "../pages/browser.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { paragraphsOf } from "../../reader/sheet.ts";

const shown = (text: string): string[] => paragraphsOf(text).map(({ start, end }) => text.slice(start, end));

test("empty lines part paragraphs, whatever ends lines", () => {
  assert.deepEqual(shown("One.\ntwo.\n\nThree.\r\n\r\n \nFour."), ["One.\ntwo.", "Three.", "Four."]);
});

test("nothing but white space is left out", () => {
  const text = "A.\n\n\n  B.\n\nC 🏮.\n";
  const places = paragraphsOf(text);
  let at = 0;
  for (const { start, end } of places) {
    assert.equal(text.slice(at, start).trim(), "");
    at = end;
  }
  assert.equal(text.slice(at).trim(), "");
});

test("a short line ends a paragraph of a page without empty lines", () => {
  const line = "The rent of a stall rose while sellers of tea crossed the strait again and";
  const page = ["Night markets read again", line, line, "went home.", line, line, "and home.", "Then they left."].join(
    "\n",
  );
  assert.deepEqual(
    shown(page).map((one) => one.split("\n").length),
    [1, 3, 3, 1],
  );
});
