/** What is seen as PNG, drawn anew at the scale that is asked for, so that it is sharp in print. */
import { paintDensity } from "../looks/density.ts";
import { fillPage, paint } from "../paint.ts";
import { t } from "../words.ts";
import { download } from "./download.ts";
import type { SavedMap, Seen } from "./shown.ts";

/** What browsers draw at most: dots along a side, and in all (Safari's limit, the lowest). */
const [MOST_ALONG, MOST_DOTS] = [16_384, 16_777_216 * 4];

/** Save the picture; throws an `Error` whose message is for the reader where the browser can't draw it. */
export async function savePng(canvas: Seen, shown: SavedMap, scale: number): Promise<void> {
  download(await pngOf(canvas, shown, scale), `${shown.title || t("Map")}.png`);
}

/** The largest scale at which a browser draws a picture of this size. */
export function mostScale({ width, height }: { width: number; height: number }): number {
  const most = Math.min(MOST_ALONG / Math.max(width, height, 1), Math.sqrt(MOST_DOTS / Math.max(width * height, 1)));
  return Math.floor(most * 10) / 10;
}

export async function pngOf(canvas: Seen, { looks, store }: SavedMap, scale: number): Promise<Blob> {
  const [size, scene, seen] = [canvas.size(), canvas.scene, canvas.projection()];
  const [across, along] = [Math.round(size.width * scale), Math.round(size.height * scale)];
  if (scale > mostScale(size)) throw tooLarge(across, along, mostScale(size));
  const picture = document.createElement("canvas");
  [picture.width, picture.height] = [across, along];
  const context = picture.getContext("2d");
  if (!context) throw tooLarge(across, along, mostScale(size));
  context.scale(scale, scale);
  fillPage(context, scene.theme, size);
  if (scene.marks === "none") paintDensity(context, scene, looks, store.state, seen, size);
  paint(context, scene, canvas.names(), seen, { size, background: false, selected: store.state.selected });
  const blob = await new Promise<Blob | null>((resolve) => picture.toBlob(resolve, "image/png"));
  if (!blob) throw tooLarge(across, along, mostScale(size));
  return blob;
}

function tooLarge(across: number, along: number, most: number): Error {
  const dots = t("a picture of {across} × {along} dots is larger than this browser can draw", { across, along });
  return new Error(`${dots}. ${t("Choose a smaller scale (up to {most}), or save as SVG.", { most })}`);
}
