/**
 * What the viewer shows: a map in columns, its records, and the colours and words that come with them.
 *
 * The wire types (`PageData` and below) are JSON as `benang.viewer.data` writes it; `MapData` is what the rest of the
 * viewer works with, whatever file it was read from. Coordinates are the map's own, y upwards; cluster 0 is none.
 */

export type Language = "en" | "id";

export interface PageData {
  format: 1;
  language: Language;
  title: string;
  words: Record<string, string>;
  looks: Looks;
  /** How the map is shown at first: what was asked for on the command line, else the defaults of `state.ts`. */
  view: Record<string, unknown>;
  map: MapColumns;
  records: RecordColumns | null;
  /** What has to be said of the map: left out, laid out, cut. */
  notes: string[];
}

/**
 * What the maps of one page have in common: its words, colours, and their records, each once. A map has no `words`
 * then, no `looks` unless they differ, and in `recordsAt` the places of its records here.
 */
export interface SharedData {
  words: Record<string, string>;
  looks: Looks;
  records: RecordColumns | null;
}

/** A map as it stands in a page beside others. */
export interface SharingData extends Omit<PageData, "words" | "looks"> {
  words?: Record<string, string>;
  looks?: Looks;
  recordsAt?: number[] | null;
}

export interface Looks {
  palettes: Record<string, PaletteData>;
  /** Colours at places from 0 to 1, mixed linearly in between as RGB; `density` and `density-dark` among them. */
  scales: Record<string, ScaleData>;
}

export interface PaletteData {
  /** Of clusters 1, 2, 3, … as many as the page needs; later clusters have the colour `rest`. */
  colours: string[];
  rest: string;
}

export interface ScaleData {
  places: number[];
  colours: string[];
}

export interface MapColumns {
  items: {
    id: (string | number)[];
    label: string[];
    x: number[];
    y: number[];
    cluster: number[];
    weights: Record<string, number[]>;
    scores: Record<string, (number | null)[]>;
    /** Free columns; `description` (HTML of anybody), `url`, `sublabel`, `red`, `green`, `blue` are known ones. */
    attributes: Record<string, unknown[]>;
  };
  /** Each pair once, places of items, strongest first; source and target as the file has them where it has attributes. */
  links: { source: number[]; target: number[]; strength: number[]; attributes: Record<string, LinkAttributes> };
  /** All links of the map, where only the strongest are here. */
  allLinks: number;
  clusters: Record<string, string>;
  /** Words of Benang's kinds: "author-keywords", "co-occurrence", "records" or "cases", "full". Empty where unknown. */
  kinds: { items: string; links: string; unit: string; counting: string };
  /** For each item the places of its records in `records`, ascending; null where nothing is known of them. */
  records: number[][] | null;
  /** What records cite, where links rest on that: for each cited work its label and the places of the records. */
  cited: { label: string[]; by: number[][] } | null;
  /** Strengths of links from the records of one year each, where they add up to the whole; null where they don't. */
  years: { year: number; link: number[]; strength: number[] }[] | null;
  /** The other keys of VOSviewer's JSON (`config`, `info`), and under `benang` ours without the records. */
  extras: Record<string, unknown>;
}

export type LinkAttributes = Record<string, unknown>;

/** One array a field, a place a record; "" and null where a record lacks it. */
export interface RecordColumns {
  key: string[];
  citation: string[];
  type: string[];
  title: string[];
  authors: string[][];
  year: (number | null)[];
  source: string[];
  volume: string[];
  issue: string[];
  pages: string[];
  /** What many journals have in place of pages. */
  articleNumber: string[];
  doi: string[];
  url: string[];
  keywords: string[][];
  citations: (number | null)[];
  abstract: string[];
  /** What was coded in a review, by the place of the record. */
  passages: Record<string, Passage[]>;
}

export interface Passage {
  quote: string;
  codes: string[];
  /** Cases, coder, document and page, ready to be read. */
  where: string;
  /** Address of the passage in the report, "" where there is none. */
  link: string;
}

export interface MapData {
  n: number;
  ids: string[];
  /** Ids as the file gave them, numbers as numbers. */
  rawIds: (string | number)[];
  labels: string[];
  x: Float64Array;
  y: Float64Array;
  cluster: Int32Array;
  weights: Map<string, Float64Array>;
  /** NaN where an item has none. */
  scores: Map<string, Float64Array>;
  attributes: Map<string, unknown[]>;
  links: LinkData;
  allLinks: number;
  clusterLabels: Map<number, string>;
  kinds: MapColumns["kinds"];
  records: Int32Array[] | null;
  cited: MapColumns["cited"];
  years: MapColumns["years"];
  extras: Record<string, unknown>;
}

/** Each pair once, strongest first; source and target as the file has them. */
export interface LinkData {
  n: number;
  source: Int32Array;
  target: Int32Array;
  strength: Float64Array;
  attributes: Map<number, LinkAttributes>;
}
