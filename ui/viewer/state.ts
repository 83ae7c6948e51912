/**
 * How a map is looked at: one frozen value, changed by making the next one, so that it can be compared, undone and
 * written into a link. Names and defaults are those of `benang.looks.View`.
 */

export type ViewName = "network" | "overlay" | "density" | "cluster-density";
export type Normalisation = "none" | "divide by mean" | "subtract mean" | "z-score";

/** What the reader changed about a cluster, for display only. */
export interface ClusterEdit {
  label?: string;
  colour?: string;
  hidden?: boolean;
  /** The cluster that it is shown as a part of. */
  into?: number;
}

export interface Camera {
  /** The place of the map, in its own unit, in the middle of the picture. */
  x: number;
  y: number;
  /** 1 shows the whole map; circles and texts keep their size. */
  zoom: number;
}

export interface State {
  view: ViewName;
  /** "" for the preset of `sizes.ts`. */
  weight: string;
  /** "" for the preset: own colours, then Avg. pub. year and the others. */
  score: string;
  normalisation: Normalisation;
  low: number | null;
  high: number | null;
  /** "" for the preset of the view. */
  scoreColours: string;
  palette: string;
  dark: boolean;
  kernelWidth: number;
  itemSizeVariation: number;
  /** null follows the items. */
  labelSizeVariation: number | null;
  linkSizeVariation: number;
  /** Circles, texts and links so many times as large. */
  scale: number;
  frames: boolean;
  labels: boolean;
  /** Letters; null for the preset (40, up to 60 items 60). */
  labelLength: number | null;
  maxLinks: number;
  minLinkStrength: number;
  curved: boolean;
  coloured: boolean;
  clusters: Readonly<Record<number, ClusterEdit>>;
  hidden: ReadonlySet<number>;
  /** Places of items, in the order in which they were chosen. */
  selected: readonly number[];
  /** The ends of the chosen link, or null. */
  selectedLink: readonly [number, number] | null;
  /** Items that were dragged, by place: where they are now, in the map's unit before it is turned. */
  moved: Readonly<Record<number, readonly [number, number]>>;
  /** Degrees, anticlockwise. */
  rotation: number;
  flipX: boolean;
  flipY: boolean;
  /** First and last year that are shown, or null for all. */
  period: readonly [number, number] | null;
  camera: Camera | null;
}

export const DEFAULTS: Readonly<State> = Object.freeze({
  view: "network",
  weight: "",
  score: "",
  normalisation: "none",
  low: null,
  high: null,
  scoreColours: "",
  palette: "benang",
  dark: false,
  kernelWidth: 0.125,
  itemSizeVariation: 0.5,
  labelSizeVariation: null,
  linkSizeVariation: 0.5,
  scale: 1,
  frames: false,
  labels: true,
  labelLength: null,
  maxLinks: 1000,
  minLinkStrength: 0,
  curved: true,
  coloured: true,
  clusters: Object.freeze({}),
  hidden: new Set<number>(),
  selected: Object.freeze([]),
  selectedLink: null,
  moved: Object.freeze({}),
  rotation: 0,
  flipX: false,
  flipY: false,
  period: null,
  camera: null,
} as const);

/** A selection with one more item, or without an item that is in it. */
export const toggled = (selected: readonly number[], item: number): number[] =>
  selected.includes(item) ? selected.filter((one) => one !== item) : [...selected, item];

type Listener = (now: Readonly<State>, before: Readonly<State>) => void;

/** Holds the current state and tells of every change, once each and in order. */
export class Store {
  #state: Readonly<State>;
  readonly #listeners = new Set<Listener>();

  constructor(state: Readonly<State> = DEFAULTS) {
    this.#state = state;
  }

  get state(): Readonly<State> {
    return this.#state;
  }

  change(part: Partial<State>): void {
    const before = this.#state;
    const differs = (Object.keys(part) as (keyof State)[]).some((name) => !Object.is(part[name], before[name]));
    if (!differs) return;
    this.#state = Object.freeze({ ...before, ...part });
    for (const listener of [...this.#listeners]) listener(this.#state, before);
  }

  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
