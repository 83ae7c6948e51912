/**
 * The names that are written on a picture. Which ones follows from the zoom alone (`name_plan.ts`); items that are
 * pointed at or chosen are named in any case, and take the place of names that stand in their way.
 */
import { type Projection, projection, type Size } from "./camera.ts";
import type { Focus } from "./focus.ts";
import { linesOf } from "./label_texts.ts";
import {
  advance,
  blockSize,
  GAP,
  LINE_STEP,
  type Measure,
  type NamePlan,
  newPlan,
  PADDING,
  SIDES,
  samePlan,
  textSize,
} from "./name_plan.ts";
import type { Scene } from "./scene.ts";
import type { Camera } from "./state.ts";

export interface Name {
  item: number;
  /** The middle of the block of lines, in pixels, y downwards. */
  x: number;
  y: number;
  width: number;
  height: number;
  lines: string[];
  /** Of the text, in pixels. */
  size: number;
  /** Where the lines stand flush: at the left, in the middle, or at the right of the block. */
  flush: "start" | "middle" | "end";
}

/** Letters of names, on the screen and in what is saved. */
export const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif';

const DESCENT = 0.24; // of the text size: what lies below the baseline
const ALWAYS_NAMED = 8; // of more that are asked for, those are left out that would lie on others

/** Return the names of a picture, worked out whole. */
export function placeNames(
  scene: Scene,
  camera: Camera | null,
  size: Size,
  measure: Measure,
  forced: readonly number[],
): Name[] {
  const plan = planFor(scene, size, measure);
  advance(plan);
  return namesAt(plan, scene, projection(scene, camera, size), size, forced);
}

let last: NamePlan | null = null;

/** The plan of names of a scene: the last one where nothing that it depends on has changed. */
export function planFor(scene: Scene, size: Size, measure: Measure, before: NamePlan | null = last): NamePlan {
  if (before && samePlan(before, scene, size)) return before;
  last = newPlan(scene, size, measure);
  return last;
}

/** Return the names of what is seen, as far as they are worked out. */
export function namesAt(
  plan: NamePlan,
  scene: Scene,
  seen: Projection,
  size: Size,
  forced: readonly number[] = [],
): Name[] {
  const asked = forcedNames(plan, scene, seen, forced);
  const taken = new Set(forced);
  const names: Name[] = [];
  for (let at = 0; at < plan.done; at++) {
    if (plan.from[at] >= seen.zoom || taken.has(plan.order[at])) continue;
    const name = nameOf(plan, scene, seen, plan.order[at]);
    if (isSeen(name, size) && !asked.some((other) => overlap(name, other))) names.push(name);
  }
  return [...names, ...asked];
}

/** The names of what is lit: the items that are meant, and those of their neighbours that have room beside these. */
export function litNames(plan: NamePlan, scene: Scene, seen: Projection, focus: Focus): Name[] {
  const names = forcedNames(plan, scene, seen, focus.items);
  for (const item of focus.neighbours) {
    if (scene.text[item] === "") continue;
    const name = nameOf(plan, scene, seen, item);
    if (!names.some((other) => overlap(name, other))) names.push(name);
  }
  return names.reverse();
}

/** The names of some items, one after the other, where they lie on none before. */
function forcedNames(plan: NamePlan, scene: Scene, seen: Projection, forced: readonly number[]): Name[] {
  const names: Name[] = [];
  for (const item of forced) {
    if (!scene.visible[item] || scene.text[item] === "") continue;
    const name = nameOf(plan, scene, seen, item);
    if (forced.length <= ALWAYS_NAMED || !names.some((other) => overlap(name, other))) names.push(name);
  }
  return names;
}

/** The name of an item where it stands, whether there is room for it or not. */
export function nameOf(plan: NamePlan, scene: Scene, seen: Projection, item: number): Name {
  const at = plan.rank[item];
  const lines = linesOf(scene.text[item]);
  const size = textSize(plan, item);
  const known = at >= 0 && at < plan.done;
  const [width, height] = known ? [plan.width[at], plan.height[at]] : blockSize(lines, size, plan.measure);
  const side = SIDES[known ? plan.side[at] : 0];
  const off = scene.marks === "circles" ? scene.radius[item] * seen.circles + GAP : 0;
  const x = seen.toX(scene.x[item]) + side.x * off + (side.leanX * width) / 2;
  const y = seen.toY(scene.y[item]) + side.y * off + (side.leanY * height) / 2;
  const flush = side.leanX > 0.5 ? "start" : side.leanX < -0.5 ? "end" : "middle";
  return { item, x, y, width, height, lines, size, flush };
}

const overlap = (one: Name, other: Name) =>
  Math.abs(one.x - other.x) < (one.width + other.width) / 2 + 2 &&
  Math.abs(one.y - other.y) < (one.height + other.height) / 2 + 1;

const isSeen = (name: Name, size: Size) =>
  name.x + name.width / 2 > 0 &&
  name.x - name.width / 2 < size.width &&
  name.y + name.height / 2 > 0 &&
  name.y - name.height / 2 < size.height;

/** The lines of a name: what each says, where it is flush to, and its baseline. */
export function linePlaces(name: Name): { text: string; x: number; baseline: number }[] {
  const top = name.y - name.height / 2;
  const lean = name.flush === "start" ? -0.5 : name.flush === "end" ? 0.5 : 0;
  return name.lines.map((text, line) => ({
    text,
    x: name.x + lean * name.width,
    baseline: top + name.size * (1 - DESCENT + LINE_STEP * line),
  }));
}

/** The frame around a name. */
export function frameOf(name: Name): { left: number; top: number; width: number; height: number } {
  const width = name.width + 2 * PADDING[0] * name.size;
  const height = name.height + 2 * PADDING[1] * name.size;
  return { left: name.x - width / 2, top: name.y - height / 2, width, height };
}
