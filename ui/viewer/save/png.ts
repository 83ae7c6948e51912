/** What is seen as PNG, drawn anew at the scale that is asked for, so that it is sharp in print. */
import { FONT } from "../labels.ts";
import { paintDensity } from "../looks/density.ts";
import { fillPage, paint } from "../paint.ts";
import { t } from "../words.ts";
import { download } from "./download.ts";
import { legendOf, type Mark } from "./legend.ts";
import { measurer, type SavedMap, type Seen } from "./shown.ts";

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
  const { state } = store;
  const [size, scene, seen] = [canvas.size(), canvas.scene, canvas.projection()];
  const legend = legendOf({ scene, looks, state, circles: seen.circles, width: size.width, measure: measurer() });
  const whole = { width: size.width, height: size.height + legend.height };
  const [across, along] = [Math.round(whole.width * scale), Math.round(whole.height * scale)];
  if (scale > mostScale(whole)) throw tooLarge(across, along, mostScale(whole));
  const picture = document.createElement("canvas");
  [picture.width, picture.height] = [across, along];
  const context = picture.getContext("2d");
  if (!context) throw tooLarge(across, along, mostScale(whole));
  context.scale(scale, scale);
  fillPage(context, scene.theme, whole);
  context.save();
  context.beginPath();
  context.rect(0, 0, size.width, size.height);
  context.clip();
  if (scene.marks === "none") paintDensity(context, scene, looks, state, seen, size);
  paint(context, scene, canvas.names(), seen, { size, background: false, selected: state.selected });
  context.restore();
  context.translate(0, size.height);
  for (const mark of legend.marks) drawMark(context, mark);
  const blob = await new Promise<Blob | null>((resolve) => picture.toBlob(resolve, "image/png"));
  if (!blob) throw tooLarge(across, along, mostScale(whole));
  return blob;
}

function drawMark(context: CanvasRenderingContext2D, mark: Mark): void {
  if (mark.kind === "text") {
    context.font = `${mark.size}px ${FONT}`;
    context.textAlign = mark.anchor === "middle" ? "center" : mark.anchor;
    context.fillStyle = mark.fill;
    context.fillText(mark.text, mark.x, mark.y);
  } else if (mark.kind === "circle") {
    context.beginPath();
    context.arc(mark.x, mark.y, mark.radius, 0, 2 * Math.PI);
    context.fillStyle = mark.fill;
    context.fill();
    context.strokeStyle = mark.stroke;
    context.lineWidth = 1;
    context.stroke();
  } else {
    const shades = context.createLinearGradient(mark.x, 0, mark.x + mark.width, 0);
    mark.colours.forEach((colour, stop) => {
      shades.addColorStop(stop / (mark.colours.length - 1), colour);
    });
    context.fillStyle = shades;
    context.fillRect(mark.x, mark.y, mark.width, mark.height);
  }
}

function tooLarge(across: number, along: number, most: number): Error {
  const dots = t("a picture of {across} × {along} dots is larger than this browser can draw", { across, along });
  return new Error(`${dots}. ${t("Choose a smaller scale (up to {most}), or save as SVG.", { most })}`);
}
