import assert from "node:assert/strict";
import { test } from "node:test";
import type { PageData, SharedData, SharingData } from "../../viewer/model.ts";
import { completed } from "../../viewer/read/shared.ts";
import { smallColumns, smallRecords } from "../small.ts";

const PASSAGE = { quote: "…", codes: ["rain"], where: "Alun", link: "#p-1" };
const LOOKS = { palettes: {}, scales: {} };
const SHARED: SharedData = { words: { Save: "Simpan" }, looks: LOOKS, records: smallRecords() };

function sharing(change: Partial<SharingData> = {}): SharingData {
  const map = smallColumns();
  return { format: 1, language: "id", title: "Kota", view: {}, map, records: null, notes: [], ...change };
}

test("a map that shares words, colours and records is a page of its own", () => {
  const shared = { ...SHARED, records: { ...smallRecords(), passages: { "2": [PASSAGE] } } };
  const page: PageData = completed(sharing({ recordsAt: [2, 0] }), shared);
  assert.deepEqual(page.records?.key, ["s3", "sari:1"]);
  assert.deepEqual(page.records?.passages, { 0: [PASSAGE] });
  assert.deepEqual([page.words, page.looks], [SHARED.words, LOOKS]);
  assert.ok(!("recordsAt" in page));
});

test("a map has its own colours where they differ, and no records where it has none", () => {
  const looks = { palettes: { own: { colours: ["#000000"], rest: "#999999" } }, scales: {} };
  const page = completed(sharing({ looks, recordsAt: null }), SHARED);
  assert.deepEqual([page.looks, page.records], [looks, null]);
});
