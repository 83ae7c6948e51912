/**
 * What is seen as SVG: the picture of `paint.ts` in the same order and with the same sizes, with names as text, so that
 * they can be searched and edited. A density is a picture in it. Sizes are those of the screen.
 */
import type { Projection, Size } from "../camera.ts";
import { type Curve, curveOf, endsOf, isOn } from "../curves.ts";
import { escaped } from "../html.ts";
import { FONT, frameOf, linePlaces, type Name } from "../labels.ts";
import { mix } from "../looks/colours.ts";
import { paintDensity } from "../looks/density.ts";
import { edgeOf } from "../looks/theme.ts";
import { CIRCLE_OPACITY, edge, linkOpacity, radiusOf } from "../paint.ts";
import type { Scene } from "../scene.ts";
import { t } from "../words.ts";
import { download } from "./download.ts";
import { legendOf, type Mark, type Strip } from "./legend.ts";
import { measurer, type SavedMap, type Seen } from "./shown.ts";

export interface Picture {
  scene: Scene;
  names: readonly Name[];
  seen: Projection;
  size: Size;
  title: string;
  selected?: readonly number[];
  /** The density below names, as a `data:` address; "" for none. */
  density?: string;
  /** What sizes and colours mean, below the map. */
  legend?: Strip;
}

const OUTLINE = 0.75;
const HALO = 3;
const DENSITY_SCALE = 1;

export function saveSvg(canvas: Seen, shown: SavedMap): void {
  const { state } = shown.store;
  const [scene, seen, size] = [canvas.scene, canvas.projection(), canvas.size()];
  const svg = svgOf({
    scene,
    names: canvas.names(),
    seen,
    size,
    title: shown.title,
    selected: state.selected,
    density: scene.marks === "none" ? densityAddress(canvas, shown) : "",
    legend: legendOf({
      scene,
      looks: shown.looks,
      state,
      circles: seen.circles,
      width: size.width,
      measure: measurer(),
    }),
  });
  download(svg, `${shown.title || t("Map")}.svg`, "image/svg+xml");
}

function densityAddress(canvas: Seen, { looks, store }: SavedMap): string {
  const { width, height } = canvas.size();
  const picture = document.createElement("canvas");
  [picture.width, picture.height] = [Math.round(width * DENSITY_SCALE), Math.round(height * DENSITY_SCALE)];
  const context = picture.getContext("2d");
  if (!context) return "";
  context.scale(DENSITY_SCALE, DENSITY_SCALE);
  paintDensity(context, canvas.scene, looks, store.state, canvas.projection(), { width, height });
  return picture.toDataURL("image/png");
}

export function svgOf(picture: Picture): string {
  const { scene, names, size, title, density, legend } = picture;
  const { width, height } = size;
  const box = `width="${num(width)}" height="${num(height)}"`;
  const whole = height + (legend?.height ?? 0);
  // What reaches beyond the map's edge is cut off there, as on the screen: it would lie on the legend.
  const map = [
    density ? `<image ${box} href="${density}"/>` : "",
    linksOf(picture),
    itemsOf(picture),
    namesOf(scene, names),
    ringsOf(picture),
  ];
  const parts = [
    `<title>${xml(title)}</title>`,
    `<desc>${xml(described(picture))}</desc>`,
    `<clipPath id="map"><rect ${box}/></clipPath>`,
    `<rect width="${num(width)}" height="${num(whole)}" fill="${scene.theme.page}"/>`,
    `<g clip-path="url(#map)">\n${map.filter(Boolean).join("\n")}\n</g>`,
    legend?.marks.length
      ? `<g transform="translate(0 ${num(height)})">\n${legend.marks.map(markOf).join("\n")}\n</g>`
      : "",
  ];
  const head =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${num(width)}" height="${num(whole)}" ` +
    `viewBox="0 0 ${num(width)} ${num(whole)}" role="img" font-family="${escaped(FONT)}">`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${head}\n${parts.filter(Boolean).join("\n")}\n</svg>\n`;
}

function markOf(mark: Mark, at: number): string {
  const place = `x="${num(mark.x)}" y="${num(mark.y)}"`;
  if (mark.kind === "text") {
    const anchor = mark.anchor === "start" ? "" : ` text-anchor="${mark.anchor}"`;
    return `<text ${place} font-size="${mark.size}" fill="${mark.fill}"${anchor}>${xml(mark.text)}</text>`;
  }
  if (mark.kind === "circle")
    return `<circle cx="${num(mark.x)}" cy="${num(mark.y)}" r="${num(mark.radius)}" fill="${mark.fill}" stroke="${mark.stroke}"/>`;
  const last = mark.colours.length - 1;
  const stops = mark.colours
    .map((colour, stop) => `<stop offset="${num(stop / last)}" stop-color="${colour}"/>`)
    .join("");
  const box = `<rect ${place} width="${num(mark.width)}" height="${num(mark.height)}" fill="url(#bar${at})"/>`;
  return `<linearGradient id="bar${at}">${stops}</linearGradient>${box}`;
}

function described({ scene }: Picture): string {
  const shown = scene.visible.reduce((sum, one) => sum + one, 0);
  return t("A map of {items} items; {links} of {all} links are drawn. Made with Benang.", {
    items: shown,
    links: scene.links.n,
    all: scene.data.allLinks,
  });
}

function linksOf({ scene, seen, size }: Picture): string {
  const { index, width, colours, n } = scene.links;
  const [shades, paths]: [string[], string[]] = [[], []];
  for (let place = 0; place < n; place++) {
    const curve = curveOf(scene, seen, index[place]);
    if (!isOn(curve, size, width[place])) continue;
    const [one, other] = colours[place];
    const turned = endsOf(scene, index[place])[0] !== scene.data.links.source[index[place]];
    const [start, end] = turned ? [other, one] : [one, other];
    if (start !== end) shades.push(shadeOf(shades.length, curve, start, end));
    const colour = start === end ? start : `url(#link${shades.length - 1})`;
    paths.push(`<path d="${pathOf(curve)}" stroke="${colour}" stroke-width="${num(width[place])}"/>`);
  }
  if (!paths.length) return "";
  const defs = shades.length ? `<defs>\n${shades.join("\n")}\n</defs>\n` : "";
  return `${defs}<g fill="none" stroke-opacity="${num(linkOpacity(n))}">\n${paths.join("\n")}\n</g>`;
}

function pathOf({ x0, y0, cx, cy, x1, y1 }: Curve): string {
  return `M${num(x0)} ${num(y0)}Q${num(cx)} ${num(cy)} ${num(x1)} ${num(y1)}`;
}

function shadeOf(at: number, { x0, y0, x1, y1 }: Curve, start: string, end: string): string {
  const ends = `x1="${num(x0)}" y1="${num(y0)}" x2="${num(x1)}" y2="${num(y1)}"`;
  const stops = `<stop stop-color="${start}"/><stop offset="1" stop-color="${end}"/>`;
  return `<linearGradient id="link${at}" gradientUnits="userSpaceOnUse" ${ends}>${stops}</linearGradient>`;
}

function itemsOf(picture: Picture): string {
  const { scene, names } = picture;
  if (scene.marks === "none") return "";
  const marks = scene.marks === "circles" ? circlesOf(picture) : [...dotsOf(picture), ...framesOf(scene, names)];
  return marks.length ? `<g>\n${marks.join("\n")}\n</g>` : "";
}

function circlesOf({ scene, seen, size }: Picture): string[] {
  const circles: string[] = [];
  for (const item of scene.order) {
    if (!scene.visible[item]) continue;
    const radius = radiusOf(scene, seen, item);
    const [x, y] = [seen.toX(scene.x[item]), seen.toY(scene.y[item])];
    if (x + radius < 0 || y + radius < 0 || x - radius > size.width || y - radius > size.height) continue;
    const outline = radius < 1.5 ? "" : ` stroke="${edge(scene.colour[item], scene.theme)}" stroke-width="${OUTLINE}"`;
    const place = `cx="${num(x)}" cy="${num(y)}" r="${num(radius)}"`;
    const fill = `fill="${scene.colour[item]}" fill-opacity="${CIRCLE_OPACITY}"`;
    circles.push(`<circle ${place} ${fill}${outline}><title>${xml(scene.data.labels[item])}</title></circle>`);
  }
  return circles;
}

/** Items whose frames find no room. */
function dotsOf({ scene, names, seen, size }: Picture): string[] {
  const named = new Set(names.map((name) => name.item));
  const dots: string[] = [];
  for (const item of scene.order) {
    const [x, y] = [seen.toX(scene.x[item]), seen.toY(scene.y[item])];
    const isOut = x < -2 || y < -2 || x > size.width + 2 || y > size.height + 2;
    if (!scene.visible[item] || named.has(item) || isOut) continue;
    dots.push(`<circle cx="${num(x)}" cy="${num(y)}" r="2" fill="${scene.colour[item]}"/>`);
  }
  return dots;
}

function framesOf(scene: Scene, names: readonly Name[]): string[] {
  return [...names].reverse().map((name) => {
    const colour = scene.colour[name.item];
    const fill = `fill="${mix(colour, scene.theme.page, 0.72)}" fill-opacity="0.9"`;
    return `<rect ${boxOf(name)} rx="3" ${fill} stroke="${edgeOf(colour, scene.theme, 0.1)}"/>`;
  });
}

function boxOf(name: Name, room = 0): string {
  const { left, top, width, height } = frameOf(name);
  const [across, along] = [num(width + 2 * room), num(height + 2 * room)];
  return `x="${num(left - room)}" y="${num(top - room)}" width="${across}" height="${along}"`;
}

/**
 * Names with a rim in the colour of the page. The rim is a text of its own below the other: programs for drawing and
 * writing don't know `paint-order`, and would draw it over the letters.
 */
function namesOf(scene: Scene, names: readonly Name[]): string {
  const { ink, page } = scene.theme;
  const rims =
    scene.marks === "frames" ? "" : `fill="none" stroke="${page}" stroke-width="${HALO}" stroke-linejoin="round"`;
  const written = names.map((name) => {
    const lines = linePlaces(name).map(({ text, x, baseline }) => lineOf(name, text, x, baseline));
    const rim = rims ? `<g aria-hidden="true" ${rims}>${lines.join("")}</g>` : "";
    return `${rim}${lines.join("")}`;
  });
  return written.length ? `<g fill="${ink}">\n${written.join("\n")}\n</g>` : "";
}

function lineOf({ size, flush }: Name, text: string, x: number, baseline: number): string {
  const anchor = flush === "start" ? "" : ` text-anchor="${flush}"`;
  return `<text x="${num(x)}" y="${num(baseline)}" font-size="${num(size)}"${anchor}>${xml(text)}</text>`;
}

function ringsOf({ scene, names, seen, selected = [] }: Picture): string {
  const framed = scene.marks === "frames" ? new Map(names.map((name) => [name.item, name])) : null;
  const rings = selected
    .filter((item) => item < scene.n && scene.visible[item])
    .flatMap((item) => {
      const name = framed?.get(item);
      const radius = scene.marks === "circles" ? radiusOf(scene, seen, item) : 4;
      const place = `cx="${num(seen.toX(scene.x[item]))}" cy="${num(seen.toY(scene.y[item]))}" r="${num(radius + 2.5)}"`;
      const shape = name ? `<rect ${boxOf(name, 2)} rx="4"` : `<circle ${place}`;
      return [
        `${shape} stroke="${scene.theme.page}" stroke-width="4"/>`,
        `${shape} stroke="${scene.theme.ink}" stroke-width="2"/>`,
      ];
    });
  return rings.length ? `<g fill="none">\n${rings.join("\n")}\n</g>` : "";
}

/** A hundredth of a pixel is enough for any print. */
function num(value: number): string {
  return String(Math.round(value * 100) / 100 || 0);
}

/** Text as XML holds it: some characters have no place there at all. */
function xml(text: string): string {
  return escaped(text.replace(/(?![\t\n\r])\p{Cc}|[\ufffe\uffff]|\p{Cs}/gu, ""));
}
