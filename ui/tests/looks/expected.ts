/** What `benang.looks` makes of some maps and colours; `tests/viewer/test_looks_agree.py` keeps it up to date. */
import { readFileSync } from "node:fs";
import type { ScoreScale } from "../../viewer/looks/scores.ts";
import type { Looks, MapData, ScaleData } from "../../viewer/model.ts";
import type { Normalisation } from "../../viewer/state.ts";

export interface ExpectedScores {
  values: (number | null)[];
  wanted: { low?: number; high?: number; whole?: boolean };
  scale: ScoreScale | null;
  colours?: string[];
  normalised: Partial<Record<Normalisation, (number | null)[]>>;
}

export interface ExpectedDensity {
  x: number[];
  y: number[];
  cluster: number[];
  weight: number[];
  kernelWidth: number;
  meanDistance: number;
  bandwidth: number;
  points: { x: number; y: number; density: number; blend: [number, number, number] }[];
}

interface Expected {
  shades: string[];
  lab: [number, number, number][];
  lighter: string[];
  darker: string[];
  mixed: string[];
  links: { light: string[]; dark: string[] };
  edges: { light: string[]; dark: string[] };
  palettes: Looks["palettes"];
  onBlack: Record<string, string[]>;
  scales: Record<string, ScaleData>;
  share: number[];
  onScale: Record<string, string[]>;
  scores: Record<string, ExpectedScores>;
  sizes: { values: number[]; rounds: number[] }[];
  densities: ExpectedDensity[];
}

export const EXPECTED = JSON.parse(readFileSync(new URL("./expected.json", import.meta.url), "utf8")) as Expected;

export const LOOKS: Looks = { palettes: EXPECTED.palettes, scales: EXPECTED.scales };

/** A map of some items; everything about them that isn't given is nothing. */
export function mapOf(part: Partial<MapData> & { n: number }): MapData {
  const places = Array.from({ length: part.n }, (_, item) => item);
  return {
    ids: places.map(String),
    rawIds: places,
    labels: places.map((item) => `item ${item}`),
    x: new Float64Array(part.n),
    y: new Float64Array(part.n),
    cluster: new Int32Array(part.n),
    weights: new Map(),
    scores: new Map(),
    attributes: new Map(),
    links: {
      n: 0,
      source: new Int32Array(),
      target: new Int32Array(),
      strength: new Float64Array(),
      attributes: new Map(),
    },
    allLinks: 0,
    clusterLabels: new Map(),
    kinds: { items: "", links: "", unit: "", counting: "" },
    records: null,
    cited: null,
    years: null,
    extras: {},
    ...part,
  };
}
