/** What is on the picture, whatever part of it is seen: places, sizes, colours and texts, without a camera. */
import { type Bounds, boundsOf } from "./camera.ts";
import { shortLabels } from "./label_texts.ts";
import { itemColours, shownCluster } from "./looks/colours.ts";
import { linkColour, type Theme, themeOf } from "./looks/theme.ts";
import type { Looks, MapData, RecordColumns } from "./model.ts";
import { type Period, periodOf } from "./periods.ts";
import { chooseWeight, circleDiameters, labelSizes, linkWidths, relativeWeights, strongestLinks } from "./sizes.ts";
import type { State } from "./state.ts";

/** What stands for an item: a circle; a frame around its name; or nothing, where a density is shown. */
export type Marks = "circles" | "frames" | "none";

export interface Scene {
  data: MapData;
  n: number;
  /** Places as they are seen: turned, flipped and moved; y upwards. */
  x: Float64Array;
  y: Float64Array;
  /** Pixels. `Projection.circles` makes them smaller where they are crowded. */
  radius: Float64Array;
  fontSize: Float64Array;
  text: readonly string[];
  colour: readonly string[];
  /** Items, heaviest first. */
  order: Int32Array;
  visible: Uint8Array;
  weightName: string;
  /** What the weights count while only some years are shown, whatever the name; else null. */
  counting: Period["of"];
  /** Raw, of the period that is shown. */
  weight: Float64Array;
  links: SceneLinks;
  /** Around all items, also those that are hidden or were moved away: so the map keeps its place. */
  bounds: Bounds;
  marks: Marks;
  named: boolean;
  theme: Theme;
  /** Pixels that all circles together would cover. */
  inked: number;
}

/** Weakest first. */
export interface SceneLinks {
  n: number;
  /** Places in `data.links`. */
  index: Int32Array;
  width: Float64Array;
  /** At the source and at the target. */
  colours: readonly (readonly [string, string])[];
  /** Of all links, by place in `data.links`: their strength in the period that is shown. */
  strength: Float64Array;
  curved: boolean;
  coloured: boolean;
}

/** Return what is on the picture. Whatever did not change since the last state is the same array as before. */
export function sceneOf(data: MapData, looks: Looks, state: State, records: RecordColumns | null = null): Scene {
  const keep = keeper(data);
  const theme = themeOf(state);
  const period = keep("period", [records, state.period], () => periodOf(data, records, state));
  const visible = keep("visible", [period, state.hidden, state.clusters], () => visibleItems(data, state, period));
  const sized = keep("sizes", sizeKeys(state, period), () => sizesOf(data, state, period));
  const places = keep("places", [state.rotation, state.flipX, state.flipY, state.moved], () => placesOf(data, state));
  const inked = keep("inked", [sized.radius], () => inkOf(sized.radius));
  const colour = keep("colours", colourKeys(looks, state), () => itemColours(data, looks, state));
  const links = keep("links", [...linkKeys(state, period), visible, colour], () =>
    linksOf(data, state, period, visible, colour, theme),
  );
  const length = state.labelLength ?? (data.n <= 60 ? 60 : 40);
  const text = keep("texts", [length], () => shortLabels(data.labels, length));
  const named = state.labels && length > 0;
  return Object.freeze({
    data,
    n: data.n,
    ...places,
    ...sized,
    text,
    colour,
    visible,
    links,
    inked,
    named,
    theme,
    marks: marksOf(state),
  });
}

/** The box of the whole map depends on nothing that a reader drags, hides or plays. */
function placesOf(data: MapData, state: State): Pick<Scene, "x" | "y" | "bounds"> {
  const own = boundsOf(data.x, data.y);
  const turn = turned(state, (own.left + own.right) / 2, (own.bottom + own.top) / 2);
  const x = new Float64Array(data.n);
  const y = new Float64Array(data.n);
  for (let item = 0; item < data.n; item++) {
    const place = turn(
      Number.isFinite(data.x[item]) ? data.x[item] : 0,
      Number.isFinite(data.y[item]) ? data.y[item] : 0,
    );
    [x[item], y[item]] = place;
  }
  const bounds = boundsOf(x, y);
  for (const [item, place] of Object.entries(state.moved)) {
    if (Number(item) < data.n) [x[Number(item)], y[Number(item)]] = turn(place[0], place[1]);
  }
  return { x, y, bounds };
}

type Turn = (x: number, y: number) => [number, number];

/** Turn about a middle, anticlockwise, then flip. */
function turned({ rotation, flipX, flipY }: State, midX: number, midY: number): Turn {
  const [cos, sin] = [Math.cos((rotation * Math.PI) / 180), Math.sin((rotation * Math.PI) / 180)];
  const [signX, signY] = [flipX ? -1 : 1, flipY ? -1 : 1];
  if (rotation === 0 && !flipX && !flipY) return (x, y) => [x, y];
  return (x, y) => [
    midX + signX * ((x - midX) * cos - (y - midY) * sin),
    midY + signY * ((x - midX) * sin + (y - midY) * cos),
  ];
}

/** From a place that is seen back to the map's own, as `State.moved` keeps it. */
export function ownPlace(data: MapData, state: State, x: number, y: number): [number, number] {
  const own = boundsOf(data.x, data.y);
  const [midX, midY] = [(own.left + own.right) / 2, (own.bottom + own.top) / 2];
  const [cos, sin] = [Math.cos((state.rotation * Math.PI) / 180), Math.sin((state.rotation * Math.PI) / 180)];
  const across = (x - midX) * (state.flipX ? -1 : 1);
  const along = (y - midY) * (state.flipY ? -1 : 1);
  return [midX + across * cos + along * sin, midY - across * sin + along * cos];
}

function visibleItems(data: MapData, state: State, period: Period): Uint8Array {
  const visible = Uint8Array.from(period.present);
  for (const item of state.hidden) if (item < data.n) visible[item] = 0;
  const off = new Set(
    Object.keys(state.clusters)
      .map(Number)
      .filter((cluster) => state.clusters[cluster].hidden),
  );
  if (off.size === 0) return visible;
  const shown = shownCluster(data, state);
  for (let item = 0; item < data.n; item++) if (off.has(shown[item])) visible[item] = 0;
  return visible;
}

const LARGEST_TEXT = 26; // pixels: a name says no more in larger letters, and hides what is around it

type Sizes = Pick<Scene, "radius" | "fontSize" | "order" | "weight" | "weightName" | "counting">;

function sizesOf(data: MapData, state: State, period: Period): Sizes {
  const { name, values } = chooseWeight(data, state.weight);
  const weight = period.weight ?? values;
  const relative = relativeWeights(weight, period.weight ? period.present : null);
  const variation = state.labelSizeVariation ?? state.itemSizeVariation;
  return {
    weightName: name,
    counting: period.of,
    weight,
    radius: circleDiameters(relative, state.itemSizeVariation, state.scale).map((diameter) => diameter / 2),
    fontSize: labelSizes(relative, variation, state.scale).map((size) => Math.min(size, LARGEST_TEXT * state.scale)),
    order: heaviestFirst(relative),
  };
}

/** Of equal ones the first counts as heavier. */
function heaviestFirst(weight: Float64Array): Int32Array {
  return Int32Array.from(weight.keys()).sort((one, other) => weight[other] - weight[one] || one - other);
}

/** Also of items that are hidden: so that circles keep their size while clusters are switched off. */
function inkOf(radius: Float64Array): number {
  return radius.reduce((sum, own) => sum + Math.PI * own * own, 0);
}

function linksOf(
  data: MapData,
  state: State,
  period: Period,
  visible: Uint8Array,
  colour: readonly string[],
  theme: Theme,
): SceneLinks {
  const strength = period.linkStrength ?? data.links.strength;
  const most = marksOf(state) === "none" ? 0 : state.maxLinks;
  const index = strongestLinks(data.links, strength, visible, most, state.minLinkStrength);
  const width = linkWidths(
    Float64Array.from(index, (link) => strength[link]),
    state.linkSizeVariation,
    state.scale,
  );
  const faded = new Map<string, string>();
  const shade = (item: number) => {
    const own = colour[item];
    const known = faded.get(own) ?? linkColour(own, theme);
    faded.set(own, known);
    return known;
  };
  const { source, target } = data.links;
  const grey = [theme.link, theme.link] as const;
  const colours = Array.from(index, (link) =>
    state.coloured ? ([shade(source[link]), shade(target[link])] as const) : grey,
  );
  return { n: index.length, index, width, colours, strength, curved: state.curved, coloured: state.coloured };
}

function marksOf(state: State): Marks {
  if (state.view === "density" || state.view === "cluster-density") return "none";
  return state.frames ? "frames" : "circles";
}

const sizeKeys = (state: State, period: Period) => [
  state.weight,
  state.itemSizeVariation,
  state.labelSizeVariation,
  state.scale,
  period,
];

const colourKeys = (looks: Looks, state: State) => [
  looks,
  state.view,
  state.score,
  state.normalisation,
  state.low,
  state.high,
  state.scoreColours,
  state.palette,
  state.dark,
  state.clusters,
];

const linkKeys = (state: State, period: Period) => [
  state.view,
  state.maxLinks,
  state.minLinkStrength,
  state.curved,
  state.coloured,
  state.linkSizeVariation,
  state.scale,
  state.dark,
  period,
];

type Keep = <T>(part: string, keys: readonly unknown[], make: () => T) => T;

interface Kept {
  keys: readonly unknown[];
  value: unknown;
}

const MOST_KEPT = 3; // of each part: a map may be seen in two ways side by side
const kept = new WeakMap<MapData, Map<string, Kept[]>>();

/** Remembers the last values of each part of a map's picture, and what they were made from. */
function keeper(data: MapData): Keep {
  const parts = kept.get(data) ?? new Map<string, Kept[]>();
  kept.set(data, parts);
  return <T>(part: string, keys: readonly unknown[], make: () => T): T => {
    const values = parts.get(part) ?? [];
    const before = values.find((one) => one.keys.every((key, at) => Object.is(key, keys[at])));
    const value = before ? (before.value as T) : make();
    parts.set(part, [{ keys, value }, ...values.filter((one) => one !== before)].slice(0, MOST_KEPT));
    return value;
  };
}
