import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { bibtexOf, keyOf } from "../../viewer/cite/bibtex.ts";
import { csvOf, neutral } from "../../viewer/cite/csv.ts";
import { isBody, onOneLine, staysWhole } from "../../viewer/cite/fields.ts";
import { risOf } from "../../viewer/cite/ris.ts";
import { sha256 } from "../../viewer/cite/sha256.ts";
import { smallRecords } from "../small.ts";

test("RIS has the tags of Benang's writer, a body with a comma at its end", () => {
  assert.equal(
    risOf(smallRecords(), [0]),
    `TY  - JOUR
TI  - Seni & budaya: 50 % {kota}
T2  - Jurnal Kota
VL  - 2
IS  - 1
SP  - 12
EP  - 34
PY  - 2020
DO  - 10.1000/x
AU  - Sari, D.
AU  - World Health Organization,
AB  - Line one. Line two, with "marks".
KW  - kota kembar
KW  - seni; budaya
UR  - https://example.org/a_b
ID  - sari:1
N1  - Cited By: 7
ER  - 

`,
  );
});

test("the number of an article is no page", () => {
  assert.match(risOf(smallRecords(), [1]), /^C7 {2}- e105$/m);
  assert.doesNotMatch(risOf(smallRecords(), [1]), /^SP {2}-/m);
});

test("a record of which no more is known is cited by what is", () => {
  assert.equal(risOf(smallRecords(), [2]), "TY  - GEN\nTI  - Contoh (2019)\nID  - s3\nER  - \n\n");
});

test("BibTeX escapes what TeX would take for its own, and keeps whole names together", () => {
  assert.equal(
    bibtexOf(smallRecords(), [0, 1]),
    `@article{sari:1,
  author = {Sari, D. and {World Health Organization}},
  title = {Seni \\& budaya: 50 \\% \\textbraceleft{}kota\\textbraceright{}},
  year = {2020},
  volume = {2},
  number = {1},
  doi = {10.1000/x},
  url = {https://example.org/a\\_b},
  abstract = {Line one. Line two, with "marks".},
  journal = {Jurnal Kota},
  pages = {12--34},
  keywords = {kota kembar; seni; budaya},
  note = {Cited by: 7}
}

@incollection{10.1000/x_y-2-a67c84df,
  author = {{Siti binti Umpama} and Adi, A.},
  title = {=cmd|' /C calc'!A0},
  year = {2021},
  doi = {10.1000/x\\_y(2)},
  art_number = {e105},
  booktitle = {Buku; besar}
}

`,
  );
});

test("CSV begins with a byte order mark; no cell is a formula", () => {
  const lines = csvOf(smallRecords(), [0, 1]).split("\n");
  assert.equal(
    lines[0],
    "\ufeffkey,type,title,authors,year,source,volume,issue,first_page,last_page,article_number,doi,url,abstract,author_keywords,citations",
  );
  assert.equal(
    lines[1],
    'sari:1,article,Seni & budaya: 50 % {kota},"Sari, D.; World Health Organization",2020,Jurnal Kota,2,1,12,34,,10.1000/x,' +
      'https://example.org/a_b,"Line one. Line two, with ""marks"".",kota kembar; seni\\; budaya,7',
  );
  assert.ok(lines[2].startsWith("10.1000/x_y(2),chapter,'=cmd|' /C calc'!A0,"));
});

test("a number with its sign is no formula, one with an apostrophe gets another", () => {
  assert.deepEqual(["=1+1", "-5 °C", "'=x", "'t Hooft", "a=b", "-0.5", "＝1"].map(neutral), [
    "'=1+1",
    "'-5 °C",
    "''=x",
    "'t Hooft",
    "a=b",
    "-0.5",
    "'＝1",
  ]);
});

test("keys are those that Benang writes", () => {
  assert.equal(keyOf("Umpama, A 2018"), "Umpama-A-2018-00c68467");
  for (const text of ["", "abc", "kota é 漢 ".repeat(20), "x".repeat(55), "x".repeat(64)])
    assert.equal(sha256(text), createHash("sha256").update(text).digest("hex"));
});

test("bodies are known by their words", () => {
  for (const body of ["World Health Organization", "Badan Pusat Statistik", "World Bank"])
    assert.ok(isBody(body), body);
  for (const person of ["Dan Weld", "Kota Umpama", "Paul B. Kantor", "S. A. Bank"]) assert.ok(!isBody(person), person);
  assert.ok(staysWhole("Siti binti Umpama"));
  assert.ok(!staysWhole("Umpama, Siti binti"));
});

test("texts come on one line, without what no file can hold", () => {
  assert.equal(onOneLine(" a\r\n\tb\u0000\ud800c\u2028d\u007f "), "a bc d");
});
