import assert from "node:assert/strict";
import { test } from "node:test";
import {
  clusterColour,
  densityShades,
  itemColours,
  mergedInto,
  ownColours,
  shadeAt,
  shownCluster,
} from "../../viewer/looks/colours.ts";
import { darken, lighten, mix, rgbToLab, toHex, toRgb } from "../../viewer/looks/mixing.ts";
import { DARK, edgeOf, LIGHT, linkColour } from "../../viewer/looks/theme.ts";
import { DEFAULTS, type State } from "../../viewer/state.ts";
import { EXPECTED, LOOKS, mapOf } from "./expected.ts";

const state = (part: Partial<State>): State => ({ ...DEFAULTS, ...part });

test("colours mix as in print", () => {
  for (const [i, shade] of EXPECTED.shades.entries()) {
    rgbToLab(toRgb(shade)).forEach((part, at) => {
      assert.ok(Math.abs(part - EXPECTED.lab[i][at]) < 1e-6, shade);
    });
    assert.equal(lighten(shade), EXPECTED.lighter[i]);
    assert.equal(darken(shade), EXPECTED.darker[i]);
    assert.equal(mix(shade, "#e69f00", 0.3), EXPECTED.mixed[i]);
    assert.equal(linkColour(shade, LIGHT), EXPECTED.links.light[i]);
    assert.equal(linkColour(shade, DARK), EXPECTED.links.dark[i]);
    assert.equal(edgeOf(shade, LIGHT), EXPECTED.edges.light[i]);
    assert.equal(edgeOf(shade, DARK), EXPECTED.edges.dark[i]);
  }
});

test("scales have the colours of print at every place", () => {
  for (const [name, scale] of Object.entries(LOOKS.scales)) {
    const found = EXPECTED.share.map((share) => toHex(...shadeAt(scale, share)));
    assert.deepEqual(found, EXPECTED.onScale[name], name);
  }
});

test("clusters have the colours of their palette, on black lighter ones", () => {
  for (const [palette, colours] of Object.entries(EXPECTED.onBlack)) {
    const found = colours.map((_, cluster) => clusterColour(cluster, LOOKS, state({ palette, dark: true })));
    assert.deepEqual(found, colours, palette);
  }
  assert.equal(clusterColour(1, LOOKS, DEFAULTS), "#0072b2");
  assert.equal(clusterColour(0, LOOKS, DEFAULTS), "#bfbfbf");
  assert.equal(clusterColour(99, LOOKS, DEFAULTS), "#bfbfbf");
  assert.equal(clusterColour(2, LOOKS, state({ palette: "no such palette" })), "#e69f00");
});

test("what the reader changed about clusters shows", () => {
  const data = mapOf({ n: 4, cluster: Int32Array.of(1, 2, 3, 0) });
  const edited = state({ clusters: { 1: { colour: "#ff0000" }, 2: { colour: "red" }, 3: { into: 1 } } });
  assert.deepEqual(itemColours(data, LOOKS, edited), ["#ff0000", "#e69f00", "#ff0000", "#bfbfbf"]);
  assert.deepEqual([...shownCluster(data, edited)], [1, 2, 1, 0]);
  assert.deepEqual([...data.cluster], [1, 2, 3, 0]);
});

test("merges follow one another, and end where they go in a circle", () => {
  assert.equal(mergedInto(3, { 3: { into: 2 }, 2: { into: 1 } }), 1);
  assert.equal(mergedInto(3, { 3: { into: 3 } }), 3);
  assert.equal(mergedInto(3, { 3: { into: 2 }, 2: { into: 3 } }), 3);
  assert.equal(mergedInto(4, { 4: { into: 3 }, 3: { into: 2 }, 2: { into: 3 } }), 4);
});

test("an overlay without a chosen score has the items' own colours", () => {
  const data = mapOf({
    n: 5,
    attributes: new Map<string, unknown[]>([
      ["Red", [0, "255", null, 300, 1]],
      ["green", [114, "1", 2, 0, ""]],
      ["blue", ["178", 2, 3, 0, 4]],
    ]),
    scores: new Map([["Citations", Float64Array.of(1, 2, 3, 4, 5)]]),
  });
  assert.deepEqual(ownColours(data), ["#0072b2", "#ff0102", null, null, null]);
  const own = itemColours(data, LOOKS, state({ view: "overlay" }));
  assert.deepEqual(own, ["#0072b2", "#ff0102", "#bfbfbf", "#bfbfbf", "#bfbfbf"]);
  assert.equal(itemColours(data, LOOKS, state({ view: "overlay", score: "Citations" }))[0], "#424086");
  assert.equal(ownColours(mapOf({ n: 1 })), null);
});

test("an overlay of a map without scores is grey", () => {
  assert.deepEqual(itemColours(mapOf({ n: 1 }), LOOKS, state({ view: "overlay" })), ["#bfbfbf"]);
});

test("a density has the shades of the page, or of the chosen scale", () => {
  assert.equal(densityShades(LOOKS, DEFAULTS), LOOKS.scales.density);
  assert.equal(densityShades(LOOKS, state({ dark: true })), LOOKS.scales["density-dark"]);
  assert.equal(densityShades(LOOKS, state({ scoreColours: "plasma" })), LOOKS.scales.plasma);
});
