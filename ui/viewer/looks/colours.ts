/** The colours of items: by cluster, with what the reader changed about clusters, by score, or the items' own. */
import type { Looks, MapData, PaletteData, ScaleData } from "../model.ts";
import type { State } from "../state.ts";
import { toHex, toRgb } from "./mixing.ts";
import { scoreOf, shareOf } from "./scores.ts";
import { GREY, seen, type Theme, themeOf } from "./theme.ts";

export { darken, lighten, mix } from "./mixing.ts";

const NO_PALETTE: PaletteData = { colours: [], rest: GREY };
const NO_SCALE: ScaleData = { places: [0, 1], colours: ["#dddddd", "#333333"] };

/** Return the colour of each item in the current view, as #rrggbb. */
export function itemColours(data: MapData, looks: Looks, state: State): string[] {
  return state.view === "overlay" ? scoreColours(data, looks, state) : clusterColours(data, looks, state);
}

/** Return for each item the cluster that it is shown in, after merges; 0 is none. */
export function shownCluster(data: MapData, state: State): Int32Array {
  const areMerged = Object.values(state.clusters).some(({ into }) => into !== undefined);
  return areMerged ? data.cluster.map((cluster) => mergedInto(cluster, state.clusters)) : data.cluster;
}

/** Follow a cluster to the one that it is shown in. Merges in a circle end where they began. */
export function mergedInto(cluster: number, edits: State["clusters"]): number {
  let at = cluster;
  for (const met = new Set([cluster]); ; met.add(at)) {
    const next = edits[at]?.into;
    if (next === undefined || next === at) return at;
    if (met.has(next)) return cluster;
    at = next;
  }
}

/** Return the colour of a cluster, counted from 1; 0 is none. */
export function clusterColour(cluster: number, looks: Looks, state: State): string {
  const theme = themeOf(state);
  const palette = paletteOf(looks, state);
  const edited = state.clusters[cluster]?.colour;
  if (isColour(edited)) return seen(edited, theme);
  const colour = palette.colours[cluster - 1] ?? palette.rest;
  return colour === GREY ? theme.none : seen(colour, theme);
}

export const paletteOf = (looks: Looks, state: State): PaletteData =>
  looks.palettes[state.palette] ?? Object.values(looks.palettes)[0] ?? NO_PALETTE;

export const isColour = (text: unknown): text is string => typeof text === "string" && /^#[0-9a-f]{6}$/i.test(text);

function clusterColours(data: MapData, looks: Looks, state: State): string[] {
  const known = new Map<number, string>();
  return Array.from(shownCluster(data, state), (cluster) => {
    const colour = known.get(cluster) ?? clusterColour(cluster, looks, state);
    known.set(cluster, colour);
    return colour;
  });
}

/** Return the scale of colours of an overlay: the chosen one, else viridis. */
export const scoreScaleColours = (looks: Looks, state: State): ScaleData =>
  looks.scales[state.scoreColours] ?? looks.scales.viridis ?? NO_SCALE;

/** Return the shades of a density: the chosen scale, else those of the page. */
export const densityShades = (looks: Looks, state: State): ScaleData =>
  looks.scales[state.scoreColours] ?? looks.scales[state.dark ? "density-dark" : "density"] ?? NO_SCALE;

function scoreColours(data: MapData, looks: Looks, state: State): string[] {
  const theme = themeOf(state);
  const own = state.score === "" ? ownColours(data) : null;
  if (own) return own.map((colour) => colour ?? theme.none);
  const { values, scale } = scoreOf(data, state);
  if (!scale) return new Array<string>(data.n).fill(theme.none);
  const shades = scoreScaleColours(looks, state);
  return Array.from(values, (value) => scoreColour(shareOf(scale, value), shades, theme));
}

const scoreColour = (share: number, shades: ScaleData, theme: Theme): string =>
  Number.isNaN(share) ? theme.none : toHex(...shadeAt(shades, share));

/** Return the red, green and blue (0 to 1) at a place on a scale; beyond its ends those of the ends. */
export function shadeAt(scale: ScaleData, share: number): [number, number, number] {
  const { places, colours } = scale;
  const last = places.length - 1;
  if (share <= places[0] || last < 1) return [...toRgb(colours[0])];
  if (share >= places[last]) return [...toRgb(colours[last])];
  const above = places.findIndex((place) => place > share);
  const [one, other] = [toRgb(colours[above - 1]), toRgb(colours[above])];
  const part = (share - places[above - 1]) / (places[above] - places[above - 1]);
  const at = (channel: 0 | 1 | 2) => one[channel] + (other[channel] - one[channel]) * part;
  return [at(0), at(1), at(2)];
}

/**
 * Return the colours that items bring along in columns `red`, `green` and `blue` (0 to 255), as in VOSviewer: null for
 * an item that lacks one of them or has no such number there, and null for all where there are no such columns.
 */
export function ownColours(data: MapData): (string | null)[] | null {
  const columns = new Map([...data.attributes].map(([name, values]) => [name.toLowerCase(), values]));
  const channels = ["red", "green", "blue"].map((name) => columns.get(name));
  const [red, green, blue] = channels;
  if (!red || !green || !blue) return null;
  return Array.from({ length: data.n }, (_, item) => {
    const levels = [red, green, blue].map((column) => levelOf(column[item]));
    return levels.includes(null) ? null : toHex(...(levels as [number, number, number]));
  });
}

function levelOf(value: unknown): number | null {
  if (value === null || value === undefined || String(value).trim() === "") return null;
  const level = Number(value);
  return level >= 0 && level <= 255 ? Math.round(level) / 255 : null;
}
