/** A map drawn on a canvas: links under circles under names, with the look of print (`benang.figures.map_drawing`). */
import type { Projection, Size } from "./camera.ts";
import { type Curve, curveOf, endsOf, isOn } from "./curves.ts";
import type { Focus } from "./focus.ts";
import { FONT, frameOf, linePlaces, type Name } from "./labels.ts";
import { mix } from "./looks/colours.ts";
import { edgeOf, linkColour, type Theme } from "./looks/theme.ts";
import type { Scene } from "./scene.ts";

export interface PaintOptions {
  size: Size;
  /** Whether the page is filled first; else what was drawn before shows through. */
  background?: boolean;
  /** Items with a ring around them. */
  selected?: readonly number[];
  focus?: Focus | null;
}

type Context = CanvasRenderingContext2D;

export const CIRCLE_OPACITY = 0.8;
export const OUTLINE = 0.75;
const HALO = 3; // pixels around letters, on both sides together
const FRAME = { opacity: 0.9, faded: 0.72, edge: 0.1 };
const [FULLEST, PALEST] = [0.9, 0.5]; // opacities of up to 25 links and from 400 on
const LEAST_RADIUS = 0.6;

/** Draw a whole picture. Sizes are pixels of the context, whatever it is scaled by. */
export function paint(
  context: Context,
  scene: Scene,
  names: readonly Name[],
  seen: Projection,
  options: PaintOptions,
): void {
  const { size, selected = [], focus = null } = options;
  if (options.background !== false) fillPage(context, scene.theme, size);
  paintLinks(context, scene, seen, size);
  paintItems(context, scene, names, seen, size);
  paintNames(context, scene, names);
  if (focus) paintFocus(context, scene, names, seen, size, focus, selected);
}

export function fillPage(context: Context, theme: Theme, { width, height }: Size): void {
  context.fillStyle = theme.page;
  context.fillRect(0, 0, width, height);
}

/** The opacity of n links: of many, the circles and names between them must be seen; of few, the links. */
export function linkOpacity(n: number): number {
  const share = Math.log(Math.max(n, 1) / 25) / Math.log(400 / 25);
  return FULLEST + Math.min(1, Math.max(0, share)) * (PALEST - FULLEST);
}

/** Draw links from one place in their order to another, each shading from the colour of one end to the other's. */
export function paintLinks(
  context: Context,
  scene: Scene,
  seen: Projection,
  size: Size,
  from = 0,
  to = scene.links.n,
): void {
  const { index, width, colours, n } = scene.links;
  context.globalAlpha = linkOpacity(n);
  for (let place = from; place < to; place++) {
    const curve = curveOf(scene, seen, index[place]);
    if (!isOn(curve, size, width[place])) continue;
    const [source, target] = colours[place];
    const turned = endsOf(scene, index[place])[0] !== scene.data.links.source[index[place]];
    strokeLink(context, curve, turned ? [target, source] : [source, target], width[place]);
  }
  context.globalAlpha = 1;
}

function strokeLink(context: Context, curve: Curve, [start, end]: readonly [string, string], width: number): void {
  context.strokeStyle = start === end ? start : gradient(context, curve, start, end);
  context.lineWidth = width;
  context.beginPath();
  context.moveTo(curve.x0, curve.y0);
  context.quadraticCurveTo(curve.cx, curve.cy, curve.x1, curve.y1);
  context.stroke();
}

function gradient(context: Context, { x0, y0, x1, y1 }: Curve, start: string, end: string): CanvasGradient {
  const shades = context.createLinearGradient(x0, y0, x1, y1);
  shades.addColorStop(0, start);
  shades.addColorStop(1, end);
  return shades;
}

/** Draw what stands for the items: circles, the largest first, so that a small one is never hidden; or frames. */
export function paintItems(context: Context, scene: Scene, names: readonly Name[], seen: Projection, size: Size): void {
  if (scene.marks === "none") return;
  if (scene.marks === "circles") {
    paintCircles(context, scene, seen, size, scene.order);
    return;
  }
  paintDots(context, scene, names, seen);
  for (let at = names.length - 1; at >= 0; at--) paintFrame(context, scene, names[at]);
}

export function paintCircles(
  context: Context,
  scene: Scene,
  seen: Projection,
  size: Size,
  items: Iterable<number>,
): void {
  context.lineWidth = OUTLINE;
  for (const item of items) {
    if (!scene.visible[item]) continue;
    const radius = radiusOf(scene, seen, item);
    const [x, y] = [seen.toX(scene.x[item]), seen.toY(scene.y[item])];
    if (x + radius < 0 || y + radius < 0 || x - radius > size.width || y - radius > size.height) continue;
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.fillStyle = scene.colour[item];
    context.globalAlpha = CIRCLE_OPACITY;
    context.fill();
    context.globalAlpha = 1;
    if (radius < 1.5) continue;
    context.strokeStyle = edge(scene.colour[item], scene.theme);
    context.stroke();
  }
}

/** The radius of a circle as it is drawn. */
export const radiusOf = (scene: Scene, seen: Projection, item: number): number =>
  Math.max(scene.radius[item] * seen.circles, LEAST_RADIUS);

const edges = new Map<string, string>();

export function edge(colour: string, theme: Theme): string {
  const key = `${colour}${theme.page}`;
  const known = edges.get(key) ?? edgeOf(colour, theme);
  if (edges.size > 5000) edges.clear();
  edges.set(key, known);
  return known;
}

/** Items whose frames find no room. */
function paintDots(context: Context, scene: Scene, names: readonly Name[], seen: Projection): void {
  const named = new Set(names.map((name) => name.item));
  for (const item of scene.order) {
    if (!scene.visible[item] || named.has(item)) continue;
    context.fillStyle = scene.colour[item];
    context.beginPath();
    context.arc(seen.toX(scene.x[item]), seen.toY(scene.y[item]), 2, 0, 2 * Math.PI);
    context.fill();
  }
}

function paintFrame(context: Context, scene: Scene, name: Name): void {
  const { left, top, width, height } = frameOf(name);
  context.globalAlpha = FRAME.opacity;
  context.fillStyle = mix(scene.colour[name.item], scene.theme.page, FRAME.faded);
  context.strokeStyle = edgeOf(scene.colour[name.item], scene.theme, FRAME.edge);
  context.lineWidth = 1;
  context.beginPath();
  context.roundRect(left, top, width, height, 3);
  context.fill();
  context.globalAlpha = 1;
  context.stroke();
}

/** Write names with a rim in the colour of the page; in frames they need none. The heaviest lie on top. */
export function paintNames(context: Context, scene: Scene, names: readonly Name[]): void {
  context.textBaseline = "alphabetic";
  context.lineJoin = "round";
  context.fillStyle = scene.theme.ink;
  context.strokeStyle = scene.theme.page;
  context.lineWidth = HALO;
  for (const name of names) paintName(context, name, scene.marks !== "frames");
}

function paintName(context: Context, name: Name, rim: boolean): void {
  context.font = `${name.size}px ${FONT}`;
  context.textAlign = name.flush === "middle" ? "center" : name.flush === "start" ? "left" : "right";
  const lines = linePlaces(name);
  if (rim) for (const { text, x, baseline } of lines) context.strokeText(text, x, baseline);
  for (const { text, x, baseline } of lines) context.fillText(text, x, baseline);
}

/** Dim what was drawn, and draw what is lit once more on top. `names` are those of what is lit. */
export function paintFocus(
  context: Context,
  scene: Scene,
  names: readonly Name[],
  seen: Projection,
  size: Size,
  focus: Focus,
  selected: readonly number[],
): void {
  context.globalAlpha = focus.dimmed;
  fillPage(context, scene.theme, size);
  paintLitLinks(context, scene, seen, size, focus);
  const lit = new Set([...focus.neighbours, ...focus.items]);
  if (scene.marks === "circles") {
    const items = [...lit].sort((one, other) => scene.radius[other] - scene.radius[one]);
    paintCircles(context, scene, seen, size, items);
  }
  const litNames = names.filter((name) => lit.has(name.item));
  if (scene.marks === "frames") for (const name of litNames) paintFrame(context, scene, name);
  paintRings(context, scene, litNames, seen, selected);
  paintNames(context, scene, litNames);
}

function paintLitLinks(context: Context, scene: Scene, seen: Projection, size: Size, focus: Focus): void {
  const { strength } = scene.links;
  const strongest = focus.links.length > 0 ? strength[focus.links[focus.links.length - 1]] : 1;
  context.globalAlpha = Math.max(0.7, linkOpacity(focus.links.length));
  for (const link of focus.links) {
    const curve = curveOf(scene, seen, link);
    if (!isOn(curve, size, 4)) continue;
    const [one, other] = endsOf(scene, link);
    const colours = [litLink(scene, one), litLink(scene, other)] as const;
    strokeLink(context, curve, colours, 1 + 2.5 * Math.sqrt(strength[link] / strongest));
  }
  context.globalAlpha = 1;
}

const litLink = ({ links, colour, theme }: Scene, item: number): string =>
  links.coloured ? linkColour(colour[item], theme) : theme.link;

const FEW_RINGS = 12;

/** Draw rings around items that are chosen, thinner ones around many. */
export function paintRings(
  context: Context,
  scene: Scene,
  names: readonly Name[],
  seen: Projection,
  items: readonly number[],
): void {
  const width = items.length <= FEW_RINGS ? 2 : 1.25;
  const framed = scene.marks === "frames" ? new Map(names.map((name) => [name.item, name])) : null;
  for (const item of items) {
    if (item >= scene.n || !scene.visible[item]) continue;
    context.beginPath();
    const name = framed?.get(item);
    if (name) {
      const { left, top, width, height } = frameOf(name);
      context.roundRect(left - 2, top - 2, width + 4, height + 4, 4);
    } else {
      const radius = scene.marks === "circles" ? radiusOf(scene, seen, item) : 4;
      context.arc(seen.toX(scene.x[item]), seen.toY(scene.y[item]), radius + 0.5 + width, 0, 2 * Math.PI);
    }
    context.lineWidth = width + 2;
    context.strokeStyle = scene.theme.page;
    context.stroke();
    context.lineWidth = width;
    context.strokeStyle = scene.theme.ink;
    context.stroke();
  }
}
