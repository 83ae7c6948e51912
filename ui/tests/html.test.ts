import assert from "node:assert/strict";
import { test } from "node:test";
import { escaped, filled, reportAddress, safeAddress, withoutInline } from "../viewer/html.ts";

const FIELDS: Record<string, unknown> = { label: "Kota & <b>desa</b>", grid: "g.1", none: null, n: 3 };
const field = (name: string): unknown => FIELDS[name];

test("values of a template are text, whatever they hold", () => {
  assert.equal(filled("<i>{label}</i>: {n}", field), "<i>Kota &#38; &#60;b&#62;desa&#60;/b&#62;</i>: 3");
});

test("a link whose value is missing loses its address, another keeps it", () => {
  assert.equal(filled("<a class='u' href='https://a.org/{none}'>x</a>", field), "<a class='u'>x</a>");
  assert.equal(filled('<a href="https://a.org/{grid}">x</a>', field), '<a href="https://a.org/g.1">x</a>');
});

test("missing values are empty in a template, and left alone in a text of one's own", () => {
  assert.equal(filled("[{unknown}]", field), "[]");
  assert.equal(filled("\\frac{a}{b} {n}", field, true), "\\frac{a}{b} 3");
});

test("only addresses of the web are links", () => {
  assert.equal(safeAddress(" https://doi.org/10.1/x "), "https://doi.org/10.1/x");
  for (const bad of [
    "javascript:alert(1)",
    "data:text/html,x",
    "java\nscript:alert(1)",
    "10.1/x",
    "",
    null,
    7,
    "file:///etc",
  ])
    assert.equal(safeAddress(bad), null);
});

test("a passage leads to a report, here or in a file, and nowhere else", () => {
  for (const good of ["#case-a", "file:///home/a/report.html#case-a", "https://a.org/report.html"])
    assert.equal(reportAddress(good), good);
  for (const bad of ["", "javascript:alert(1)", "data:text/html,x", "report.html", null])
    assert.equal(reportAddress(bad), null);
});

test("all marks of HTML are escaped", () => {
  assert.equal(escaped(`<a b="c" d='e'>&`), "&#60;a b=&#34;c&#34; d=&#39;e&#39;&#62;&#38;");
});

test("attributes that browsers complain of have other names before they are parsed; texts stay", () => {
  assert.equal(
    withoutInline(
      `<STYLE type=x>* {</style ><img src=x onerror="a>b" STYLE='c'/onload=d><b title="on = 1">on = style=2</b><style>b {`,
    ),
    `<img src=x x-onerror="a>b" x-STYLE='c'/x-onload=d><b title="on = 1">on = style=2</b>`,
  );
});

test("a text full of marks that are never closed takes no time", () => {
  const begun = performance.now();
  for (const part of ["<a ", `<a "`, `<a '"`, "<style", "{", "{a", " href = "]) {
    withoutInline(part.repeat(100_000));
    filled(part.repeat(100_000), field);
  }
  assert.ok(performance.now() - begun < 5000);
});
