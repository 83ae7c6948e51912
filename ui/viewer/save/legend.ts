/**
 * What sizes and colours mean, in a strip below a saved picture, as in print (`benang.figures.map_legends`): a picture
 * leaves the page, and the legend that stands beside it there.
 */
import { clusterName, type ListedCluster, listedClusters } from "../clusters.ts";
import { clusterColour, densityShades, ownColours, scoreScaleColours, shadeAt } from "../looks/colours.ts";
import { toHex } from "../looks/mixing.ts";
import { shownTicks, titleOf } from "../looks/score_words.ts";
import { scoreOf, shareOf } from "../looks/scores.ts";
import { sizeSamples } from "../looks/size_legend.ts";
import type { Looks, ScaleData } from "../model.ts";
import type { Scene } from "../scene.ts";
import { sizedBy } from "../shown.ts";
import type { State } from "../state.ts";
import { t, written } from "../words.ts";

export type Mark =
  | { kind: "text"; x: number; y: number; text: string; size: number; anchor: "start" | "middle" | "end"; fill: string }
  | { kind: "circle"; x: number; y: number; radius: number; fill: string; stroke: string }
  | { kind: "bar"; x: number; y: number; width: number; height: number; colours: string[] };

/** Marks from the top left of the strip; `height` is 0 where nothing has to be explained. */
export interface Strip {
  height: number;
  marks: Mark[];
}

export interface Explained {
  scene: Scene;
  looks: Looks;
  state: Readonly<State>;
  /** The part of their own size that circles have on the picture. */
  circles: number;
  width: number;
  measure: (text: string, size: number) => number;
}

type Block = Strip & { width: number };

const [MARGIN, GAP, SIZE, SMALL, LINE, DOT] = [16, 36, 13, 12, 20, 5];
const BAR = { width: 200, height: 9, steps: 24 };
const [NARROW, MOST_CLUSTERS, NAMED] = [260, 40, 2];
const BASELINE = 0.35; // of a text's size below its middle
const CAPTION = SIZE + 9;

/** Lay the legend out: sizes at the left, colours beside them, or below where there is no room. */
export function legendOf(explained: Explained): Strip {
  const { width } = explained;
  const sizes = sizesOf(explained);
  const left = sizes ? sizes.width + GAP : 0;
  const isBeside = width - 2 * MARGIN - left >= NARROW;
  const room = width - 2 * MARGIN - (isBeside ? left : 0);
  const colours = coloursOf(explained, room);
  const blocks = [sizes, colours].filter((block) => block !== null);
  if (!blocks.length) return { height: 0, marks: [] };
  const below = sizes && !isBeside ? sizes.height + MARGIN : 0;
  const marks = [
    ...(sizes ? moved(sizes, MARGIN, MARGIN / 2) : []),
    ...(colours ? moved(colours, MARGIN + (isBeside ? left : 0), MARGIN / 2 + below) : []),
  ];
  const height = isBeside
    ? Math.max(...blocks.map((block) => block.height))
    : (sizes?.height ?? 0) + (colours?.height ?? 0);
  return { height: Math.ceil(height + 1.5 * MARGIN + (below ? MARGIN : 0)), marks };
}

function moved({ marks }: Block, right: number, down: number): Mark[] {
  return marks.map((mark) => ({ ...mark, x: mark.x + right, y: mark.y + down }));
}

function sizesOf({ scene, state, circles, measure }: Explained): Block | null {
  if (scene.marks !== "circles") return null;
  const samples = sizeSamples(scene, state, circles);
  if (!samples.length) return null;
  const { ink, key, keyEdge } = scene.theme;
  const title = sizedBy(scene);
  const middle = CAPTION + Math.max(samples[samples.length - 1].diameter / 2, LINE / 2);
  const marks: Mark[] = [caption(title, ink)];
  let x = 0;
  for (const { value, diameter } of samples) {
    const [radius, text] = [diameter / 2, written(value)];
    marks.push({ kind: "circle", x: x + radius, y: middle, radius, fill: key, stroke: keyEdge });
    marks.push({
      kind: "text",
      x: x + diameter + 5,
      y: middle + BASELINE * SMALL,
      text,
      size: SMALL,
      anchor: "start",
      fill: ink,
    });
    x += diameter + measure(text, SMALL) + 18;
  }
  return { width: Math.max(x - 18, measure(title, SIZE)), height: 2 * middle - CAPTION, marks };
}

const caption = (text: string, fill: string): Mark => ({
  kind: "text",
  x: 0,
  y: SIZE,
  text,
  size: SIZE,
  anchor: "start",
  fill,
});

function coloursOf(explained: Explained, room: number): Block | null {
  const { scene, looks, state } = explained;
  if (state.view === "overlay") return scoresOf(explained, room);
  if (state.view !== "density") return clustersOf(explained, room);
  const ends: [number, string][] = [
    [0, t("low")],
    [1, t("high")],
  ];
  return barOf({ title: t("Density"), shades: densityShades(looks, state), ticks: ends, fill: scene.theme.ink, room });
}

function scoresOf({ scene, looks, state }: Explained, room: number): Block | null {
  const { ink } = scene.theme;
  if (state.score === "" && ownColours(scene.data)) return null;
  const score = scoreOf(scene.data, state);
  const { scale } = score;
  if (!score.name || !scale) return null;
  const ticks = shownTicks(scale, score.years).map(({ value, text }): [number, string] => [
    shareOf(scale, value),
    text,
  ]);
  const [title, shades] = [titleOf(score), scoreScaleColours(looks, state)];
  return barOf({ title, shades, ticks, fill: ink, room, isOne: scale.high <= scale.low });
}

interface Scale {
  title: string;
  shades: ScaleData;
  /** Places from 0 to 1, with what they mean. */
  ticks: readonly [number, string][];
  fill: string;
  room: number;
  /** Whether all scores are alike, and have the colour of the middle. */
  isOne?: boolean;
}

function barOf({ title, shades, ticks, fill, room, isOne = false }: Scale): Block {
  const { height, steps } = BAR;
  // The first number stands below the beginning of the bar, and flush with the title.
  const inset = 4 * (ticks[0]?.[0] === 0 ? ticks[0][1].length : 0);
  const width = Math.min(BAR.width, room - 2 * inset);
  const colours = Array.from({ length: steps + 1 }, (_, step) => toHex(...shadeAt(shades, isOne ? 0.5 : step / steps)));
  const y = CAPTION + height + SMALL + 3;
  const marks: Mark[] = [caption(title, fill), { kind: "bar", x: inset, y: CAPTION, width, height, colours }];
  for (const [share, text] of ticks) {
    marks.push({ kind: "text", x: inset + share * width, y, text, size: SMALL, anchor: "middle", fill });
  }
  return { width: width + inset, height: y + 4, marks };
}

/** The clusters, side by side in as many lines as they need. */
function clustersOf({ scene, looks, state, measure }: Explained, room: number): Block | null {
  const { data, theme } = scene;
  const listed = listedClusters(data, state).filter(({ items }) => items.some((item) => scene.visible[item]));
  if (!listed.some(({ number }) => number > 0)) return null;
  const marks: Mark[] = [];
  let [x, line] = [0, 0];
  const put = (text: string, colour: string | null): void => {
    const width = (colour ? 2 * DOT + 6 : 0) + measure(text, SMALL) + 18;
    if (x > 0 && x + width - 18 > room) [x, line] = [0, line + 1];
    const middle = (line + 0.5) * LINE;
    if (colour) marks.push({ kind: "circle", x: x + DOT, y: middle, radius: DOT, fill: colour, stroke: colour });
    const left = x + (colour ? 2 * DOT + 6 : 0);
    marks.push({
      kind: "text",
      x: left,
      y: middle + BASELINE * SMALL,
      text,
      size: SMALL,
      anchor: "start",
      fill: theme.ink,
    });
    x += width;
  };
  for (const cluster of listed.slice(0, MOST_CLUSTERS))
    put(shortened(nameOf(cluster, scene, state), room, measure), clusterColour(cluster.number, looks, state));
  const more = listed.length - MOST_CLUSTERS;
  if (more > 0) put(t("{n} more", { n: more }), null);
  return { width: room, height: (line + 1) * LINE, marks };
}

/** The name of a cluster; of one without, its heaviest items. */
function nameOf({ number, items }: ListedCluster, { data, text }: Scene, state: Readonly<State>): string {
  const isNamed = number < 1 || state.clusters[number]?.label || data.clusterLabels.get(number);
  return isNamed
    ? clusterName(data, state.clusters, number)
    : items
        .slice(0, NAMED)
        .map((item) => text[item])
        .join(", ");
}

function shortened(text: string, room: number, measure: Explained["measure"]): string {
  const most = room - 2 * DOT - 6;
  if (measure(text, SMALL) <= most) return text;
  const letters = [...text];
  return `${letters.slice(0, Math.max(1, Math.floor((letters.length * most) / measure(text, SMALL)) - 2)).join("")}…`;
}
