import assert from "node:assert/strict";
import { test } from "node:test";
import { isTable } from "../../viewer/read/tables.ts";
import { columnsOf, linksOf, tableMap } from "./files.ts";

const MAP = `\ufeffid\tlabel\tx\ty\tcluster\tweight<Documents>\tscore<Avg. pub. year>\tcountry
1\t"kota, ""baru"""\t0\t0.5\t1\t3\t2020\tIndonesia
2\tdesa\t1\t0\t\t2\tNaN\t
`;

const refused = (files: Record<string, string>, ...words: RegExp[]): void => {
  assert.throws(
    () => tableMap(files),
    (error: Error) => words.every((word) => word.test(error.message)) || assert.fail(error.message),
  );
};

test("a map file with a byte order mark, quotes and missing values", () => {
  const { map, notes } = tableMap({ "a_map.txt": MAP });
  assert.deepEqual(map.labels, ['kota, "baru"', "desa"]);
  assert.deepEqual(
    [map.ids, map.rawIds],
    [
      ["1", "2"],
      ["1", "2"],
    ],
  );
  assert.deepEqual([...map.cluster], [1, 0]);
  assert.deepEqual(columnsOf(map.weights), { Documents: [3, 2] });
  assert.deepEqual(columnsOf(map.scores), { "Avg. pub. year": [2020, Number.NaN] });
  assert.deepEqual(columnsOf(map.attributes), { country: ["Indonesia", null] });
  assert.equal(notes.length, 1);
});

test("commas and semicolons part columns, too; a delimiter within quotes is none", () => {
  for (const mark of [",", ";"]) {
    const text = MAP.replace(/\t/g, mark);
    assert.deepEqual(tableMap({ "a.csv": text }).map.labels, ['kota, "baru"', "desa"]);
  }
});

test("a map file together with its network file", () => {
  const { map, notes } = tableMap({ "a_network.txt": "1\t2\t3\r\n2\t1\t0.5\r\n2\t2\t7\r\n", "a_map.txt": MAP });
  assert.deepEqual(linksOf({ map }), [["1", "2", 3.5]]);
  assert.deepEqual([...map.weights.keys()], ["Links", "Total link strength", "Documents"]);
  assert.deepEqual(notes, []);
});

test("files of two maps are refused, a few links that were left out are told", () => {
  const items = (links: number[]) =>
    `id,x,y,weight<Links>\n${links.map((n, at) => `${at + 1},${at},0,${n}`).join("\n")}\n`;
  refused(
    { "m.csv": items([5, 5, 5]), "n.csv": "1,2\n2,3\n" },
    /3 of 3 items whose weight 'Links' differs from that in n\.csv/,
  );
  const { notes } = tableMap({ "m.csv": items([1, 2, 2]), "n.csv": "1,2\n2,3\n" });
  assert.match(notes[0], /1 of 3 items .* were links left out\?/);
});

test("columns are taken for weights, scores and clusters by a part of their name, where all of them are numbers", () => {
  const { map, notes } = tableMap({
    "a.csv": "label,total weight,Score of Year,my cluster,weightless\na,1,2,3,x\nb,2,-3,1,y\n",
  });
  assert.deepEqual(columnsOf(map.weights), { "total weight": [1, 2] });
  assert.deepEqual(columnsOf(map.scores), { "Score of Year": [2, -3] });
  assert.deepEqual([...map.cluster], [3, 1]);
  assert.deepEqual([...map.attributes.keys()], ["weightless"]);
  assert.equal(notes.filter((note) => note.includes("was read as")).length, 3);
});

test("an apostrophe that guards a spreadsheet is taken off in .csv, and is a letter elsewhere", () => {
  const text = "label,x,y\n'=sum,0,0\n";
  assert.equal(tableMap({ "a.csv": text }).map.labels[0], "=sum");
  assert.equal(tableMap({ "a.txt": text }).map.labels[0], "'=sum");
});

test("columns may have names that every object has", () => {
  const { map } = tableMap({ "a.csv": "id,__proto__,constructor,weight<__proto__>\n1,a,b,2\n" });
  assert.deepEqual(
    [...map.attributes],
    [
      ["__proto__", ["a"]],
      ["constructor", ["b"]],
    ],
  );
  assert.deepEqual([...(map.weights.get("__proto__") ?? [])], [2]);
});

test("a network file alone gives the items, in the order in which it speaks of them", () => {
  const { map, isPlaced } = tableMap({ "n.txt": "kota\tdesa\t2\ndesa\tkota\ndesa\tdesa\t9\n\nlaut\tkota\n" });
  assert.deepEqual(map.labels, ["kota", "desa", "laut"]);
  assert.deepEqual(linksOf({ map }), [
    ["kota", "desa", 3],
    ["laut", "kota", 1],
  ]);
  assert.ok(!isPlaced);
});

test("a full matrix, with a header or without, is averaged with its mirror image", () => {
  const bare = tableMap({ "m.txt": "a\t0\t4\t1\nb\t2\t0\t\nc\t1\t0\t0\n" });
  assert.deepEqual(linksOf(bare), [
    ["a", "b", 3],
    ["a", "c", 1],
  ]);
  assert.match(bare.notes[0], /not symmetric \(1 pairs?\)/);
  const headed = tableMap({ "m.csv": ",a,b\na,0,3\nb,3,0\n" });
  assert.deepEqual(linksOf(headed), [["a", "b", 3]]);
});

test("an edge list with a header; its other columns belong to the links", () => {
  const { map, notes } = tableMap({
    "e.csv": "Source,Target,Type,Weight,url\na,b,Directed,2,u1\nb,a,Directed,1,u2\nb,c,,,\n",
  });
  assert.deepEqual(linksOf({ map }), [
    ["a", "b", 3],
    ["b", "c", 1],
  ]);
  assert.deepEqual(map.links.attributes, new Map([[0, { url: "u1" }]]));
  assert.match(notes[0], /Directed links/);
});

test("problems are named with their line", () => {
  refused({ "a.txt": "id\tx\ty\n1\t0\t0\t7\n" }, /a\.txt, line 2: 4 fields\. Expected: 3, as in the header/);
  refused({ "a.txt": 'id\tlabel\n1\t"kota\n2\tdesa\n' }, /a\.txt, line 2: a quotation mark that is not closed/);
  refused({ "a.txt": "id\tx\ty\n1\tleft\t0\n" }, /a\.txt, line 2, x: 'left'/);
  refused({ "a.txt": "id\tlabel\tID\n1\ta\t2\n" }, /the column 'ID' a second time/);
  refused({ "n.txt": "1\t2\t3\n1\t\t3\n" }, /n\.txt, line 2: 3 fields \(1, , 3\)/);
  refused({ "n.txt": "1\t2\t-3\n" }, /n\.txt, line 1, strength: -3/, /Leave such links out/);
  refused({ "n.txt": "1\t2\t0,5\n" }, /strength: '0,5'/, /decimals with a point/);
  refused({ "m.txt": "a\t0\t1\nb\t1\t0\t3\n" }, /line 1, strength|line 1: 3 fields|line 2: 4 fields/);
  refused({ "a.txt": MAP, "n.txt": "1\t5\n" }, /n\.txt, line 1: a link to '5'/);
  refused({ "a.txt": MAP, "b.txt": MAP }, /2 files together/);
});

test("what is no table of items or links is left to others", () => {
  for (const text of [
    "{}",
    "<html>",
    "*Vertices 3",
    "@article{a,",
    "TY  - JOUR\nER  - ",
    "graph [\n",
    "Authors,Title,Year,DOI\na,b,c,d",
  ])
    assert.ok(!isTable(text), text);
  for (const text of ["1\t2", "id,label", "a,b,1"]) assert.ok(isTable(text), text);
});

test("long texts with marks that are never closed are refused at once", () => {
  const begun = performance.now();
  refused({ "a.txt": `id\tlabel\n1\t"${"kota ".repeat(200_000)}` }, /not closed/);
  refused({ "a.txt": `id\tlabel\n1\t${'"" '.repeat(100_000)}` }, /not closed/);
  assert.ok(performance.now() - begun < 5000);
});
