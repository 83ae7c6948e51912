import assert from "node:assert/strict";
import { test } from "node:test";
import { trimmed, Units } from "../../reader/units.ts";

const LETTERS = ["a", "é", "e\u0301", "🏮", "👩🏽‍🌾", "س", "\u202e", "𝔘", "\n", "\r\n", "字", "🇮🇩"];

/** Texts of the letters that go wrong, the same in every run. */
function* texts(): Generator<string> {
  let state = 7;
  const next = (most: number): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state % most;
  };
  for (let number = 0; number < 200; number++)
    yield Array.from({ length: next(30) }, () => LETTERS[next(LETTERS.length)]).join("");
}

test("a place goes to code points and back, in any text", () => {
  for (const text of texts()) {
    const units = new Units(text, 40);
    const letters = [...text];
    let unit = 0;
    for (let point = 0; point <= letters.length; point++) {
      assert.equal(units.toUnits(40 + point), unit, `${JSON.stringify(text)} at ${point}`);
      assert.equal(units.toPoints(unit), 40 + point);
      unit += letters[point]?.length ?? 0;
    }
  }
});

test("what is cut out of a text in units is what is cut out in code points", () => {
  for (const text of texts()) {
    const units = new Units(text);
    for (let start = 0; start < text.length; start++) {
      const [from, to] = units.whole(start, Math.min(start + 5, text.length));
      const points = [...text].slice(units.toPoints(from), units.toPoints(to)).join("");
      assert.equal(points, text.slice(from, to));
    }
  }
});

test("no letter of two units is cut in half", () => {
  assert.deepEqual(new Units("a🏮b").whole(2, 2), [1, 3]);
  assert.deepEqual(new Units("a🏮b").whole(0, 2), [0, 3]);
});

test("a place behind the end is the end", () => {
  assert.equal(new Units("🏮").toUnits(9), 2);
});

test("white space at the ends is left out, and nothing is selected where nothing else is", () => {
  assert.deepEqual(trimmed("  two words \n", 0, 13), [2, 11]);
  assert.equal(trimmed(" \n ", 0, 3), null);
});
