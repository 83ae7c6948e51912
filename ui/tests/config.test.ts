import assert from "node:assert/strict";
import { test } from "node:test";
import { asksForInfo, configOf, descriptionCss, hexOf, termsOf } from "../viewer/config.ts";
import { smallMap } from "./small.ts";

const withConfig = (config: object, more: object = {}) => smallMap({ extras: { config, ...more } });

test("parameters of VOSviewer are a state; what is out of range or unknown is passed over", () => {
  const parameters = {
    scale: 1.5,
    item_size: 1,
    item_color: 2,
    item_size_variation: 0.2,
    link_size_variation: 7,
    max_label_length: 0,
    max_n_links: 500,
    min_link_strength: 2,
    colored_links: false,
    curved_links: "no",
    dark_ui: true,
    score_colors: "Plasma",
    min_score: -1,
    max_score: 2,
    zoom_level: 2,
    show_item: 7,
    largest_component: true,
  };
  assert.deepEqual(configOf(withConfig({ parameters })).start, {
    scale: 1.5,
    weight: "Documents",
    view: "overlay",
    score: "Avg. pub. year",
    itemSizeVariation: 0.2,
    labelLength: 0,
    maxLinks: 500,
    minLinkStrength: 2,
    coloured: false,
    dark: true,
    scoreColours: "plasma",
    low: -1,
    high: 2,
    camera: { x: 1, y: -1, zoom: 2 },
    selected: [1],
  });
});

test("a file may ask that what it says of the map is read first", () => {
  assert.deepEqual(
    [true, "yes", 1, undefined].map((show_info) => asksForInfo(withConfig({ parameters: { show_info } }))),
    [true, false, false, false],
  );
});

test("a file without config starts as the page does", () => {
  assert.deepEqual(configOf(smallMap({ extras: {} })), { start: {}, looks: {}, title: "", notes: [] });
  for (const config of [
    null,
    3,
    [],
    { parameters: [] },
    { color_schemes: "x" },
    { color_schemes: { cluster_colors: [null, 3] } },
  ])
    assert.deepEqual(configOf(smallMap({ extras: { config } })).start, {});
});

test("colours of the file's own, for clusters and scores", () => {
  const color_schemes = {
    cluster_colors: [
      { cluster: 1, color: "#ABC" },
      { cluster: 2, color: "rgb(1, 2, 255)" },
      { cluster: 3, color: "url(x)" },
    ],
    score_colors: [
      { rescaled_score: 1, color: "#ffffff" },
      { rescaled_score: 0, color: "#000000" },
      { rescaled_score: 2, color: "#111111" },
      { rescaled_score: 0.5, color: "no colour" },
    ],
  };
  const { start, looks, notes } = configOf(withConfig({ color_schemes }, { info: { title: " Kota " } }));
  assert.deepEqual(start, {
    palette: "vosviewer",
    clusters: { 1: { colour: "#aabbcc" }, 2: { colour: "#0102ff" } },
    scoreColours: "custom",
  });
  assert.deepEqual(looks, { scales: { custom: { places: [0, 1], colours: ["#000000", "#ffffff"] } } });
  assert.deepEqual(notes, ["Left out because they are not opaque CSS colours: 'url(x)', 'no colour'."]);
});

test("words of the file's own, with a capital", () => {
  const terms = termsOf(withConfig({ terminology: { item: "research organization", link_strength: "", links: 3 } }));
  assert.deepEqual([terms.item, terms.linkStrength, terms.links], ["Research organization", "Link strength", "Links"]);
});

test("styles are plain declarations, and load nothing", () => {
  const styles = {
    description_heading: "label: x; color: #757575; font-weight: 600; background: url(https://a.b/c)",
    description_text: "color: red} * {display: none",
    description_url: "color: rgb(1, 2, 3); text-decoration: none",
    body: "color: red",
  };
  assert.equal(
    descriptionCss(withConfig({ styles }), ".description"),
    ".description .description_heading { color: #757575; font-weight: 600; }\n" +
      ".description .description_url { color: rgb(1, 2, 3); text-decoration: none; }",
  );
});

test("colours in other words are none", () => {
  assert.deepEqual(["red", "rgb(1,2,300)", "#12345", 7, null].map(hexOf), [null, null, null, null, null]);
});
