import assert from "node:assert/strict";
import { test } from "node:test";
import type { RecordColumns } from "../viewer/model.ts";
import { doiAddress, ofYears, ordered, reference, shortAuthors, titleOf } from "../viewer/record_order.ts";

const columns: RecordColumns = {
  key: ["k0", "k1", "k2"],
  citation: ["Adi (2020)", "", "Citra (2024)"],
  type: ["journal-article", "", ""],
  title: ["Cities that forget", "", "Are twins alike?"],
  authors: [["Adi, B.", "Sari, D."], [], ["Citra, E."]],
  year: [2020, null, 2024],
  source: ["Habitat", "", "Cities"],
  volume: ["29", "", "4"],
  issue: ["4", "", ""],
  pages: ["12-31", "", ""],
  articleNumber: ["", "", "e7"],
  doi: ["10.1/a#b", "", ""],
  url: ["", "", "https://example.org/x"],
  keywords: [[], [], []],
  citations: [12, 3, null],
  abstract: ["", "", ""],
  passages: {},
};

test("newest or most cited first, and records without the number last", () => {
  assert.deepEqual(ordered(columns, [0, 1, 2], "newest"), [2, 0, 1]);
  assert.deepEqual(ordered(columns, [0, 1, 2], "cited"), [0, 1, 2]);
});

test("a reference in a line", () => {
  assert.equal(
    reference(columns, 0),
    "Adi, B.; Sari, D. (2020). Cities that forget. Habitat, 29(4), 12–31. https://doi.org/10.1/a%23b",
  );
  assert.equal(reference(columns, 2), "Citra, E. (2024). Are twins alike? Cities, 4, e7. https://example.org/x");
  assert.equal(reference(columns, 1), "k1.");
});

test("without a title, the key", () => assert.equal(titleOf(columns, 1), "k1"));

test("many authors are shortened", () => {
  assert.equal(shortAuthors(["A", "B", "C", "D"], "et al."), "A et al.");
  assert.equal(shortAuthors(["A", "B"], "et al."), "A; B");
});

test("the address of a DOI survives strange letters", () => {
  assert.equal(doiAddress("10.1002/(SICI)1<1::AID>3.0"), "https://doi.org/10.1002/(SICI)1%3C1::AID%3E3.0");
});

test("records of some years, and all of them without years", () => {
  assert.deepEqual([...ofYears(columns, [0, 1, 2], [2019, 2022])], [0]);
  assert.deepEqual([...ofYears(columns, [0, 1, 2], null)], [0, 1, 2]);
});
