import assert from "node:assert/strict";
import { test } from "node:test";
import { lettersOf, linesOf, shortLabels } from "../viewer/label_texts.ts";

// the answers are those of `benang.figures.label_texts`
const LABELS = [
  "University of California, San Diego",
  "University of California, San Francisco",
  "Fudan",
  "Landau-Lifshitz-Gilbert equation and spin waves in the north",
  "Pengaruh media sosial terhadap partisipasi pemilih pemula di Kabupaten Sleman",
  "The effect of A on B in the long run of many many years",
  "The effect of A on B in the long run of many many tears",
  "Supercalifragilisticexpialidociousandmoreandmoreandmore",
  "短い",
  "日本における高齢者の社会参加と健康に関する研究の展望と課題についての長い長い長い題名その一",
];

test("labels are shortened in their middle, each so that it fits one item only, as in print", () => {
  assert.deepEqual(shortLabels(LABELS, 40), [
    "University of California, San Diego",
    "University of California, San Francisco",
    "Fudan",
    "Landau-Lifshitz-Gilbert … in the north",
    "Pengaruh media sosial … Kabupaten Sleman",
    "The effect of A on B in the … many years",
    "The effect of A on B in the … many tears",
    "Supercalifragilisticexp…reandmoreandmore",
    "短い",
    "日本における高齢者の社会参加と健康に関する研究…についての長い長い長い題名その一",
  ]);
  assert.deepEqual(shortLabels(LABELS, 20).slice(0, 5), [
    "University … Diego",
    "University … Francisco",
    "Fudan",
    "Landau-Lifs…he north",
    "Pengaruh … Sleman",
  ]);
});

test("a length of one letter leaves one, and none leaves none", () => {
  assert.deepEqual(shortLabels(LABELS, 1).slice(0, 3), ["U", "U", "F"]);
  assert.deepEqual(
    shortLabels(LABELS, 0),
    LABELS.map(() => ""),
  );
});

test("blanks and line breaks become single blanks", () => {
  assert.deepEqual(shortLabels(["  kota \n desa ", ""], 40), ["kota desa", ""]);
});

test("names are broken into up to three lines of about equal length, as in print", () => {
  assert.deepEqual(linesOf("Fudan"), ["Fudan"]);
  assert.deepEqual(linesOf("University of California, San Diego"), ["University of", "California, San Diego"]);
  assert.deepEqual(linesOf("Landau-Lifshitz-Gilbert equation and spin waves in the north"), [
    "Landau-Lifshitz-Gilbert",
    "equation and spin",
    "waves in the north",
  ]);
  assert.deepEqual(linesOf(LABELS[7]), ["Supercalifragilisti", "cexpialidociousandm", "oreandmoreandmore"]);
  assert.deepEqual(linesOf(LABELS[9]), [
    "日本における高齢者の社会参加と健康に関する研究",
    "の展望と課題についての長い長い長い題名その一",
  ]);
});

test("a letter with its marks is one", () => {
  assert.equal(lettersOf("o\u0308l").length, 2);
  assert.equal(lettersOf("kota").length, 4);
});
