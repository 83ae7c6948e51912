import "./browser.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { textOf } from "../../pages/banner.ts";
import { sizeOf } from "../../pages/sizes.ts";
import { textsOf } from "../../pages/texts.ts";
import { saidIn, shownFor } from "../../pages/toasts.ts";
import { reasonAgainst } from "../../pages/uploads.ts";
import { speak } from "../../viewer/words.ts";

test("sizes in decimal units, with one decimal below a hundred", () => {
  assert.deepEqual([0, 999, 1000, 1_500_000, 99_940_000, 99_960_000, 999_960, 2_000_000_000].map(sizeOf), [
    "0 B",
    "999 B",
    "1 kB",
    "1.5 MB",
    "99.9 MB",
    "100 MB",
    "1 MB",
    "2 GB",
  ]);
  speak("id");
  assert.equal(sizeOf(1_500_000), "1,5 MB");
  speak("en");
});

test("a file that is too large is refused before it is sent, with both sizes", () => {
  const file = { size: 2_100_000_000 };
  const reason = reasonAgainst(file, 500_000_000);
  assert.ok(
    ["2.1 GB", "500 MB"].every((part) => reason.includes(part)),
    reason,
  );
  assert.equal(reasonAgainst(file, 0), "");
  assert.equal(reasonAgainst({ size: 500_000_000 }, 500_000_000), "");
  assert.match(reasonAgainst({ size: 0 }, 0), /file is empty/);
});

test("the banner speaks only of what is wrong, and counts what waits", () => {
  assert.equal(textOf("there", 2), "");
  assert.equal(textOf("connecting", 0), "");
  assert.match(textOf("away", 0), /keeps trying\.$/);
  assert.match(textOf("away", 1), / 1 change is kept, and is sent/);
  assert.match(textOf("away", 3), / 3 changes are kept, and are sent/);
  assert.match(textOf("refused", 0), /link .* old/);
  assert.match(textOf("gone", 0), /folder .* no longer there/);
});

test("what the server says has a text and a kind; an error stays until it is closed", () => {
  assert.deepEqual(saidIn({ text: "Included.", kind: "done", undo: true }), {
    text: "Included.",
    kind: "done",
    undo: true,
  });
  assert.equal(saidIn({ text: "Included.", kind: "constructor" })?.kind, "done");
  for (const nothing of [null, undefined, {}, { text: " " }, { text: 3 }]) assert.equal(saidIn(nothing), null);
  assert.equal(shownFor({ text: "No.", kind: "error" }), Number.POSITIVE_INFINITY);
  assert.ok(shownFor({ text: "x".repeat(100), kind: "done" }) > shownFor({ text: "x", kind: "done" }));
});

test("texts that can't be read are none", () => {
  assert.deepEqual(textsOf('{"Undo": "Urungkan"}'), { Undo: "Urungkan" });
  for (const damaged of ["", "{", "3", "null"]) assert.deepEqual(textsOf(damaged), {});
});
