/** A canvas to draw on, with what draws on it. */
import type { Size } from "./camera.ts";

export interface Layer {
  canvas: HTMLCanvasElement;
  context: CanvasRenderingContext2D;
}

export function newLayer(): Layer {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  if (!context) throw new Error("This browser offers no canvas to draw on.");
  return { canvas, context };
}

/** Give a canvas its size in pixels of the screen, and clear it. */
export function clear({ canvas, context }: Layer, { width, height }: Size, ratio: number): void {
  const [across, along] = [Math.max(1, Math.round(width * ratio)), Math.max(1, Math.round(height * ratio))];
  if (canvas.width !== across || canvas.height !== along) [canvas.width, canvas.height] = [across, along];
  else {
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, across, along);
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
}

let pixel: Layer | null = null;

/** Have done what was asked of a canvas: browsers put drawing off until it is shown, and one frame would wait for all. */
export function perform({ canvas }: Layer): void {
  pixel ??= newLayer();
  pixel.context.drawImage(canvas, 0, 0, 1, 1, 0, 0, 1, 1);
}
