/**
 * What a file says of how it is shown: VOSviewer's `config` (its documentation, "VOSviewer JSON files", and the
 * parameters of VOSviewer Online) and `info`. Keys that mean nothing here are passed over, and kept when saved.
 */
import type { Looks, MapData } from "./model.ts";
import { shown } from "./read/refused.ts";
import type { ClusterEdit, State } from "./state.ts";
import { t } from "./words.ts";

export interface Config {
  start: Partial<State>;
  /** Scales of colours that the file brings along, to be added to those of the page. */
  looks: Partial<Looks>;
  title: string;
  notes: string[];
}

type Values = Readonly<Record<string, unknown>>;

const NONE: Values = Object.freeze({});
const SCALES = ["viridis", "plasma", "rainbow", "white-blue-purple", "white-yellow-green-blue"].concat([
  "white-yellow-orange-red",
  "coolwarm",
  "spectral",
  "blue-grey-red",
]);
/** VOSviewer Online's, when it shows an item. */
const ITEM_ZOOM = 3;

export function configOf(map: MapData): Config {
  const config = valuesIn(map.extras, "config");
  const schemes = valuesIn(config, "color_schemes");
  const clusters = clusterColours(schemes.cluster_colors);
  const scale = scoreColours(schemes.score_colors);
  const start = { ...parametersOf(valuesIn(config, "parameters"), map) };
  if (Object.keys(clusters).length) Object.assign(start, { palette: "vosviewer", clusters });
  if (scale) start.scoreColours = "custom";
  const title = valuesIn(map.extras, "info").title;
  return {
    start,
    looks: scale ? { scales: { custom: scale } } : {},
    title: typeof title === "string" ? title.trim() : "",
    notes: unknownColours([schemes.cluster_colors, schemes.score_colors]),
  };
}

/** The colours of a page with those that a file brings along. */
export function withLooks(looks: Looks, more: Partial<Looks> = {}): Looks {
  return { palettes: { ...looks.palettes, ...more.palettes }, scales: { ...looks.scales, ...more.scales } };
}

/** Whether the file wants what it says of the map to be read first. */
export function asksForInfo(map: MapData): boolean {
  return valuesIn(valuesIn(map.extras, "config"), "parameters").show_info === true;
}

function parametersOf(given: Values, map: MapData): Partial<State> {
  const number = (name: string, low: number, high: number): number | undefined => {
    const value = given[name];
    return typeof value === "number" && value >= low && value <= high ? value : undefined;
  };
  const flag = (name: string): boolean | undefined => (typeof given[name] === "boolean" ? given[name] : undefined);
  const name = typeof given.score_colors === "string" ? given.score_colors.toLowerCase() : "";
  return withoutMissing({
    scale: number("scale", 0.1, 10),
    itemSizeVariation: number("item_size_variation", 0, 1),
    linkSizeVariation: number("link_size_variation", 0, 1),
    labelLength: number("max_label_length", 0, 300),
    maxLinks: number("max_n_links", 0, 1e9),
    minLinkStrength: number("min_link_strength", 0, 1e15),
    coloured: flag("colored_links"),
    curved: flag("curved_links"),
    dark: flag("dark_ui"),
    low: number("min_score", -1e15, 1e15),
    high: number("max_score", -1e15, 1e15),
    scoreColours: SCALES.includes(name) ? name : undefined,
    weight: [...map.weights.keys()][(number("item_size", 1, 1e6) ?? 0) - 1],
    ...colouredBy(number("item_color", 1, 1e6), map),
    ...shownAt(given.show_item, number("zoom_level", 0.01, 1000), map),
  });
}

/** VOSviewer Online counts what may colour items: first the clusters, then the scores. */
function colouredBy(place: number | undefined, map: MapData): Partial<State> {
  const score = place && place > 1 ? [...map.scores.keys()][place - 2] : undefined;
  return score === undefined ? {} : { view: "overlay", score };
}

function shownAt(id: unknown, zoom: number | undefined, map: MapData): Partial<State> {
  const name = typeof id === "string" || typeof id === "number" ? String(id) : "";
  const item = name ? Math.max(map.ids.indexOf(name), map.labels.indexOf(name)) : -1;
  if (item >= 0) {
    const camera = { x: map.x[item], y: map.y[item], zoom: zoom ?? ITEM_ZOOM };
    return { camera, selected: [item] };
  }
  if (zoom === undefined || zoom === 1 || !map.n) return {};
  return { camera: { x: middle(map.x), y: middle(map.y), zoom } };
}

function middle(values: Float64Array): number {
  let [low, high] = [values[0], values[0]];
  for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)];
  return (low + high) / 2;
}

function withoutMissing(values: { [Name in keyof State]?: State[Name] | undefined }): Partial<State> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<State>;
}

/** Colours of clusters; clusters that the file doesn't name keep those of VOSviewer. */
function clusterColours(listed: unknown): Record<number, ClusterEdit> {
  const clusters: Record<number, ClusterEdit> = {};
  for (const { cluster, color } of entriesOf(listed)) {
    const colour = hexOf(color);
    if (colour && typeof cluster === "number" && Number.isInteger(cluster) && cluster > 0)
      clusters[cluster] = { colour };
  }
  return clusters;
}

function entriesOf(listed: unknown): Values[] {
  return (Array.isArray(listed) ? listed : []).map((entry) => (entry ?? NONE) as Values);
}

/** Say which colours of the file's lists are none. */
function unknownColours(lists: readonly unknown[]): string[] {
  const given = lists.flatMap(entriesOf).map(({ color }) => color);
  const unknown = new Set(given.filter((color) => color !== undefined && hexOf(color) === null).map(shown));
  if (!unknown.size) return [];
  const colours = [...unknown].slice(0, MOST_NAMED).join(", ");
  return [t("Left out because they are not opaque CSS colours: {colours}.", { colours })];
}

function scoreColours(listed: unknown): Looks["scales"][string] | null {
  const known = entriesOf(listed)
    .map(({ rescaled_score, color }) => ({ place: rescaled_score, colour: hexOf(color) }))
    .filter((one): one is { place: number; colour: string } => typeof one.place === "number" && one.colour !== null)
    .filter(({ place }) => place >= 0 && place <= 1)
    .sort((one, other) => one.place - other.place);
  if (known.length < 2) return null;
  return { places: known.map(({ place }) => place), colours: known.map(({ colour }) => colour) };
}

/** An opaque colour of CSS as #rrggbb; null for anything else. */
export function hexOf(colour: unknown): string | null {
  if (typeof colour !== "string") return null;
  const bare = colour.trim().toLowerCase();
  if (/^#[0-9a-f]{6}$/.test(bare)) return bare;
  if (/^#[0-9a-f]{3}$/.test(bare)) return `#${[...bare.slice(1)].map((digit) => digit + digit).join("")}`;
  const rgb = /^rgb\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*\)$/.exec(bare)?.slice(1).map(Number);
  if (!rgb || rgb.some((level) => level > 255)) return namedColour(bare);
  return `#${rgb.map((level) => level.toString(16).padStart(2, "0")).join("")}`;
}

let canvas: CanvasRenderingContext2D | null = null;

/** A colour by its name, or written otherwise, as the browser reads it: a canvas passes over what is none. */
function namedColour(colour: string): string | null {
  if (typeof document === "undefined" || colour.length > LONGEST_COLOUR) return null;
  canvas ??= document.createElement("canvas").getContext("2d");
  const [first, second] = ["#000000", "#ffffff"].map((before) => {
    if (canvas) [canvas.fillStyle, canvas.fillStyle] = [before, colour];
    return String(canvas?.fillStyle);
  });
  return first === second && /^#[0-9a-f]{6}$/.test(first) ? first : null;
}

export interface Terms {
  item: string;
  items: string;
  link: string;
  links: string;
  linkStrength: string;
  totalLinkStrength: string;
  cluster: string;
  clusters: string;
}

/** What items, links and clusters are called: by the file's `terminology`, else as in VOSviewer. */
export function termsOf(map: MapData): Terms {
  const given = valuesIn(valuesIn(map.extras, "config"), "terminology");
  const term = (name: string, otherwise: string): string => {
    const said = given[name];
    return typeof said === "string" && said.trim() ? said.trim()[0].toUpperCase() + said.trim().slice(1) : otherwise;
  };
  return {
    item: term("item", t("Item")),
    items: term("items", t("Items")),
    link: term("link", t("Link")),
    links: term("links", t("Links")),
    linkStrength: term("link_strength", t("Link strength")),
    totalLinkStrength: term("total_link_strength", t("Total link strength")),
    cluster: term("cluster", t("Cluster")),
    clusters: term("clusters", t("Clusters")),
  };
}

const PROPERTIES = new Set(
  [
    "color",
    "background-color",
    "font-size",
    "font-style",
    "font-weight",
    "font-variant",
    "letter-spacing",
    "line-height",
  ].concat([
    "margin",
    "margin-top",
    "margin-bottom",
    "margin-left",
    "margin-right",
    "text-align",
    "text-decoration",
    "text-transform",
  ]),
);
const LONGEST_STYLE = 2000;
const LONGEST_COLOUR = 100;
const MOST_NAMED = 5;
const CLASSES = ["description_heading", "description_label", "description_text", "description_url"];

/** The file's `styles` of descriptions as CSS rules under a selector: plain declarations only, which load nothing. */
export function descriptionCss(map: MapData, under: string): string {
  const styles = valuesIn(valuesIn(map.extras, "config"), "styles");
  return CLASSES.map((name) => ({ name, declared: declarationsOf(styles[name]) }))
    .filter(({ declared }) => declared)
    .map(({ name, declared }) => `${under} .${name} { ${declared} }`)
    .join("\n");
}

function declarationsOf(style: unknown): string {
  if (typeof style !== "string" || style.length > LONGEST_STYLE) return "";
  return style
    .split(";")
    .map((one) => /^\s*([a-z-]+)\s*:\s*((?:[\w#%.,\s-]|rgba?\([\d.,%\s]+\))+?)\s*$/i.exec(one))
    .filter((found) => found !== null && PROPERTIES.has(found[1].toLowerCase()))
    .map((found) => `${found?.[1].toLowerCase()}: ${found?.[2]};`)
    .join(" ");
}

function valuesIn(values: Values, name: string): Values {
  const inner = values[name];
  return typeof inner === "object" && inner !== null && !Array.isArray(inner) ? (inner as Values) : NONE;
}
