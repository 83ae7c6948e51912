import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { speak, t, tn, word, written } from "../viewer/words.ts";

afterEach(() => speak("en"));

test("English sentences are filled, and numbers written as English writes them", () => {
  assert.equal(t("{shown} of {all} links", { shown: 1000, all: 20499 }), "1,000 of 20,499 links");
  assert.equal(written(2.5), "2.5");
  assert.equal(written(1 / 3), "0.333333");
});

test("one and many differ", () => {
  assert.equal(tn("{n} record", "{n} records", 1), "1 record");
  assert.equal(tn("{n} record", "{n} records", 0), "0 records");
});

test("another language brings its sentences; what it lacks stays English", () => {
  speak("id", { "{n} records": "{n} rekaman", Occurrences: "Kemunculan" });
  assert.equal(tn("{n} record", "{n} records", 1204), "1.204 rekaman");
  assert.equal(word("Occurrences"), "Kemunculan");
  assert.equal(t("Search items"), "Search items");
  assert.equal(word("constructor"), "constructor");
});

test("a value that looks like a place to fill is left alone", () => {
  assert.equal(t("{label} selected", { label: "{n}" }), "{n} selected");
  assert.equal(t("{unknown} stays"), "{unknown} stays");
});
