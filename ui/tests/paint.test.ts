import assert from "node:assert/strict";
import { test } from "node:test";
import { projection } from "../viewer/camera.ts";
import { focusOf } from "../viewer/focus.ts";
import { paintFocus } from "../viewer/paint.ts";
import { sceneOf } from "../viewer/scene.ts";
import { DEFAULTS, type State } from "../viewer/state.ts";
import { LOOKS } from "./looks/expected.ts";
import { smallMap } from "./small.ts";

const SIZE = { width: 400, height: 300 };

/** The colours and widths of the curves that are drawn for an item that is pointed at. */
function litCurves(part: Partial<State>, item: number): { colours: string[]; width: number }[] {
  const state = { ...DEFAULTS, ...part };
  const scene = sceneOf(smallMap(), LOOKS, state);
  const focus = focusOf(scene, state, item);
  assert.ok(focus);
  const curves: { colours: string[]; width: number }[] = [];
  const nothing = () => {};
  let isCurve = false;
  const context = {
    strokeStyle: [] as string[],
    lineWidth: 0,
    beginPath: () => (isCurve = false),
    quadraticCurveTo: () => (isCurve = true),
    stroke: () => isCurve && curves.push({ colours: [context.strokeStyle].flat(), width: context.lineWidth }),
    createLinearGradient() {
      const shades: string[] = [];
      return Object.assign(shades, { addColorStop: (_: number, colour: string) => shades.push(colour) });
    },
    fillRect: nothing,
    moveTo: nothing,
    arc: nothing,
    fill: nothing,
  };
  paintFocus(context as unknown as CanvasRenderingContext2D, scene, [], projection(scene, null, SIZE), SIZE, focus, []);
  return curves;
}

test("links that are lit have the colours of their ends, or are grey as all links are; the strongest is the widest", () => {
  const [weak, strong] = litCurves({}, 1);
  assert.equal(new Set(strong.colours).size, 2);
  assert.ok(weak.width < strong.width);
  for (const { colours } of litCurves({ coloured: false }, 1)) assert.deepEqual(colours, ["#999999"]);
  for (const { colours } of litCurves({ coloured: false, dark: true }, 1)) assert.deepEqual(colours, ["#8a8a8a"]);
});
