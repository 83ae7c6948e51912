import assert from "node:assert/strict";
import { test } from "node:test";
import { projection } from "../../viewer/camera.ts";
import { placeNames } from "../../viewer/labels.ts";
import { fileName } from "../../viewer/save/download.ts";
import { mostScale } from "../../viewer/save/png.ts";
import { svgOf } from "../../viewer/save/svg.ts";
import { sceneOf } from "../../viewer/scene.ts";
import { DEFAULTS, type State } from "../../viewer/state.ts";
import { smallMap } from "../small.ts";

const LOOKS = { palettes: { benang: { colours: ["#0072b2", "#e69f00"], rest: "#bfbfbf" } }, scales: {} };
const SIZE = { width: 400, height: 300 };

function svg(change: Partial<State> = {}): string {
  const state = { ...DEFAULTS, ...change };
  const scene = sceneOf(smallMap(), LOOKS, state);
  const names = placeNames(scene, null, SIZE, (text, size) => 0.6 * size * text.length, []);
  return svgOf({
    scene,
    names,
    seen: projection(scene, null, SIZE),
    size: SIZE,
    title: "Kota <&> desa",
    selected: state.selected,
  });
}

test("names are text, marks of XML are escaped, links shade from end to end", () => {
  const text = svg();
  assert.match(text, /^<\?xml version="1.0" encoding="UTF-8"\?>\n<svg xmlns/);
  assert.match(text, /<title>Kota &#60;&#38;&#62; desa<\/title>/);
  assert.match(text, /<text [^>]*>desa &#60;b&#62;<\/text>/);
  assert.equal(text.match(/<circle /g)?.length, 3);
  assert.equal(text.match(/<path /g)?.length, 2);
  assert.match(text, /<linearGradient id="link0"[^>]*><stop stop-color="#[0-9a-f]{6}"\/>/);
  assert.doesNotMatch(text, /NaN|undefined|<b>/);
});

test("grey links need no shades; frames are boxes; a chosen item has a ring", () => {
  assert.doesNotMatch(svg({ coloured: false }), /linearGradient/);
  assert.match(svg({ frames: true }), /<rect x="[^"]*" y="[^"]*" width="[^"]*" height="[^"]*" rx="3"/);
  assert.equal(svg({ selected: [0] }).match(/<circle /g)?.length, 5);
});

test("names of files are such as every system takes", () => {
  assert.equal(fileName('a/b: "c"?.svg'), "a b c.svg");
  assert.equal(fileName(".svg").endsWith("svg"), true);
  assert.equal(fileName("CON.json"), "map CON.json");
  assert.ok(fileName(`${"x".repeat(300)}.png`).length < 110);
});

test("a picture is as large as a browser draws at most", () => {
  assert.ok(mostScale({ width: 1280, height: 800 }) >= 4);
  assert.ok(mostScale({ width: 10_000, height: 10 }) < 2);
});
