/**
 * What is seen, in the address of the page: `#view=overlay&select=kota`. Only what differs from the page's start is
 * there, and items stand by their ids, so that a link survives a new map of the same items. What a link says that
 * can't be read, or that names no item, is passed over.
 */
import type { MapData } from "./model.ts";
import type { Camera, ClusterEdit, Normalisation, State, Store, ViewName } from "./state.ts";

const DELAY = 250;
/** Letters of one part of a link; longer lists of items are kept in a saved file, not in an address. */
const LONGEST = 4000;

const VIEWS: readonly ViewName[] = ["network", "overlay", "density", "cluster-density"];
const NORMALISATIONS: readonly Normalisation[] = ["none", "divide by mean", "subtract mean", "z-score"];

/** How one part of the state is written; `read` returns undefined for what it can't use. */
interface Part<Value> {
  name: string;
  write(value: Value, data: MapData): string;
  read(text: string, data: MapData): Value | undefined;
}

const PARTS: { [Name in keyof State]: Part<State[Name]> } = {
  view: oneOf("view", VIEWS),
  weight: text("weight"),
  score: text("score"),
  normalisation: oneOf("normalise", NORMALISATIONS),
  low: orNone(number("low", -1e15, 1e15)),
  high: orNone(number("high", -1e15, 1e15)),
  scoreColours: text("colours"),
  palette: text("palette"),
  dark: flag("dark"),
  kernelWidth: number("kernel-width", 0.001, 100),
  itemSizeVariation: number("item-size", 0, 1),
  labelSizeVariation: orNone(number("label-size", 0, 1)),
  linkSizeVariation: number("link-size", 0, 1),
  scale: number("scale", 0.1, 10),
  frames: flag("frames"),
  labels: flag("labels"),
  labelLength: orNone(number("label-length", 0, 300)),
  maxLinks: number("links", 0, 1e9),
  minLinkStrength: number("min-strength", 0, 1e15),
  curved: flag("curved"),
  coloured: flag("coloured"),
  clusters: { name: "clusters", write: writeClusters, read: readClusters },
  hidden: {
    name: "hidden",
    write: (items, data) =>
      writeItems(
        [...items].sort((one, other) => one - other),
        data,
      ),
    read: (written, data) => new Set(readItems(written, data)),
  },
  selected: { name: "select", write: writeItems, read: readItems },
  selectedLink: {
    name: "link",
    write: (ends, data) => (ends ? writeItems(ends, data) : ""),
    read(written, data) {
      const [one, other] = readItems(written, data);
      if (!written) return null;
      return other === undefined || one === other ? undefined : [one, other];
    },
  },
  moved: { name: "moved", write: writeMoved, read: readMoved },
  rotation: number("rotate", -360, 360),
  flipX: flag("flip-x"),
  flipY: flag("flip-y"),
  period: {
    name: "years",
    write: (years) => years?.join("-") ?? "",
    read(written) {
      const years = /^(\d{1,4})-(\d{1,4})$/.exec(written)?.slice(1).map(Number);
      if (!written) return null;
      return years && years[0] <= years[1] ? [years[0], years[1]] : undefined;
    },
  },
  camera: { name: "at", write: writeCamera, read: readCamera },
};

const NAMES = Object.keys(PARTS) as (keyof State)[];

/** The part of an address behind `#` that shows a state again; "" where nothing differs from the start. */
export function hashOf(state: Readonly<State>, start: Readonly<State>, data: MapData): string {
  const written: string[] = [];
  for (const name of NAMES) {
    const [now, before] = [writePart(name, state, data), writePart(name, start, data)];
    if (now !== before && now.length <= LONGEST) written.push(`${PARTS[name].name}=${now}`);
  }
  return written.join("&");
}

/** What an address says of the state, with or without `#`. */
export function stateOf(hash: string, data: MapData): Partial<State> {
  const said = new Map<string, string>();
  for (const one of hash.replace(/^#/, "").split("&")) {
    const at = one.indexOf("=");
    if (at > 0) said.set(one.slice(0, at), one.slice(at + 1));
  }
  const state: Partial<State> = {};
  for (const name of NAMES) {
    const written = said.get(PARTS[name].name);
    if (written !== undefined) readPart(name, written, data, state);
  }
  return state;
}

function writePart<Name extends keyof State>(name: Name, state: Readonly<State>, data: MapData): string {
  return PARTS[name].write(state[name], data);
}

function readPart<Name extends keyof State>(name: Name, written: string, data: MapData, into: Partial<State>): void {
  const value = PARTS[name].read(written, data);
  if (value !== undefined) into[name] = value;
}

/** Where the state of a viewer stands: behind `#`, or for one of several on a page behind `#name?`. */
export interface Place {
  name?: string;
}

/** What the address of the page says of this viewer. */
export function stateInAddress(data: MapData, { name = "" }: Place = {}): Partial<State> {
  const own = ownHash(name);
  return own === null ? {} : stateOf(own, data);
}

/**
 * Keep the address up to date with the state, and follow it where the reader changes it; returns how to stop.
 *
 * Where the browser refuses (frames without an origin, `about:` pages, too many changes), the address stays as it is.
 */
export function keepAddress(
  store: Store,
  start: Readonly<State>,
  data: MapData,
  { name = "" }: Place = {},
): () => void {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const write = (): void => {
    const hash = hashOf(store.state, start, data);
    // The address may name a place on the page, which is not ours to remove.
    if (!hash && ownHash(name) === null) return;
    const bare = location.href.replace(/#.*$/s, "");
    try {
      history.replaceState(history.state, "", hash ? `${bare}#${name ? `${name}?` : ""}${hash}` : bare);
    } catch {
      // The state is still in the viewer; only the link lacks it.
    }
  };
  const follow = (): void => {
    const own = ownHash(name);
    if (own !== null) store.change({ ...start, ...stateOf(own, data) });
  };
  const stopListening = store.subscribe(() => {
    clearTimeout(waiting);
    waiting = setTimeout(write, DELAY);
  });
  window.addEventListener("hashchange", follow);
  return () => {
    clearTimeout(waiting);
    stopListening();
    window.removeEventListener("hashchange", follow);
  };
}

/** What stands behind `#` for this viewer, or null where something else does. */
function ownHash(name: string): string | null {
  const hash = location.hash.replace(/^#/, "");
  if (name) return hash.startsWith(`${name}?`) ? hash.slice(name.length + 1) : null;
  return /^[a-z-]+=/.test(hash) ? hash : null;
}

function text(name: string): Part<string> {
  return { name, write: encodeURIComponent, read: decoded };
}

function flag(name: string): Part<boolean> {
  return {
    name,
    write: (value) => (value ? "yes" : "no"),
    read: (written) => (written === "yes" ? true : written === "no" ? false : undefined),
  };
}

function oneOf<Value extends string>(name: string, values: readonly Value[]): Part<Value> {
  return {
    name,
    write: (value) => value.replaceAll(" ", "-"),
    read: (written) => values.find((value) => value.replaceAll(" ", "-") === written),
  };
}

function number(name: string, low: number, high: number): Part<number> {
  return {
    name,
    write: String,
    read(written) {
      const value = numberOf(written);
      return value === null || value < low || value > high ? undefined : value;
    },
  };
}

function orNone<Value>(part: Part<Value>): Part<Value | null> {
  return {
    name: part.name,
    write: (value, data) => (value === null ? "" : part.write(value, data)),
    read: (written, data) => (written === "" ? null : part.read(written, data)),
  };
}

function numberOf(written: string): number | null {
  const value = Number(written);
  return written.trim() === "" || !Number.isFinite(value) ? null : value;
}

/** Five digits are a hundredth of a pixel on any screen. */
function short(value: number): string {
  return String(Number(value.toPrecision(5)));
}

function decoded(written: string): string | undefined {
  try {
    return decodeURIComponent(written);
  } catch {
    return undefined;
  }
}

const places = new WeakMap<MapData, Map<string, number>>();

function placeOf(id: string | undefined, data: MapData): number | undefined {
  let known = places.get(data);
  if (!known) {
    known = new Map(data.ids.map((one, at) => [one, at]));
    places.set(data, known);
  }
  return id === undefined ? undefined : known.get(id);
}

function writeItems(items: readonly number[], data: MapData): string {
  return items.map((item) => encodeURIComponent(data.ids[item])).join(",");
}

function readItems(written: string, data: MapData): number[] {
  const items = written.split(",").map((id) => placeOf(decoded(id), data));
  return [...new Set(items.filter((item) => item !== undefined))];
}

function writeMoved(moved: State["moved"], data: MapData): string {
  return Object.entries(moved)
    .map(([item, [x, y]]) => `${encodeURIComponent(data.ids[Number(item)])}:${short(x)}:${short(y)}`)
    .join(",");
}

function readMoved(written: string, data: MapData): State["moved"] {
  const moved: Record<number, [number, number]> = {};
  for (const one of written.split(",")) {
    const [id, x, y] = one.split(":");
    const item = placeOf(decoded(id), data);
    const [across, up] = [numberOf(x ?? ""), numberOf(y ?? "")];
    if (item !== undefined && across !== null && up !== null) moved[item] = [across, up];
  }
  return moved;
}

/** `3:label:Villages,3:colour:d62728,4:hidden,5:into:2` */
function writeClusters(clusters: State["clusters"]): string {
  return Object.entries(clusters)
    .flatMap(([cluster, { label, colour, hidden, into }]) => [
      ...(label === undefined ? [] : [`${cluster}:label:${encodeURIComponent(label)}`]),
      ...(colour === undefined ? [] : [`${cluster}:colour:${colour.replace("#", "")}`]),
      ...(hidden ? [`${cluster}:hidden`] : []),
      ...(into === undefined ? [] : [`${cluster}:into:${into}`]),
    ])
    .join(",");
}

function readClusters(written: string): State["clusters"] {
  const clusters: Record<number, ClusterEdit> = {};
  for (const one of written.split(",")) {
    const [cluster, what, value = ""] = one.split(":");
    const edit = /^\d{1,7}$/.test(cluster) ? readEdit(what, value) : null;
    if (edit) clusters[Number(cluster)] = { ...clusters[Number(cluster)], ...edit };
  }
  return clusters;
}

function readEdit(what: string, value: string): ClusterEdit | null {
  const label = decoded(value);
  if (what === "label" && label !== undefined) return { label };
  if (what === "colour" && /^[0-9a-f]{6}$/i.test(value)) return { colour: `#${value.toLowerCase()}` };
  if (what === "hidden") return { hidden: true };
  return what === "into" && /^\d{1,7}$/.test(value) ? { into: Number(value) } : null;
}

function writeCamera(camera: Camera | null): string {
  return camera ? [camera.x, camera.y, camera.zoom].map(short).join(",") : "";
}

function readCamera(written: string): Camera | null | undefined {
  if (written === "") return null;
  const [x, y, zoom, ...rest] = written.split(",").map(numberOf);
  const isWhole = !rest.length && typeof x === "number" && typeof y === "number" && typeof zoom === "number";
  return isWhole && zoom > 0 && zoom <= 1e4 ? { x, y, zoom } : undefined;
}
