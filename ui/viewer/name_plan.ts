/**
 * From which zoom on each name of a map has room, and on which side of its circle: one number and one side a name, so
 * that panning changes nothing, and zooming in only adds names.
 *
 * The rule is that of print: the heaviest first; in the middle of the circle or beside it; no name on another one or on
 * a heavier circle, and beside a circle on none at all. Zooming in spreads the items and leaves the texts as large as
 * they are, so two boxes overlap between two zooms that follow from their sizes. A name is shown above the last zoom at
 * which it would meet the name of a heavier item that is shown there (as VOSviewer does it), or a circle.
 *
 * The names are worked out heaviest first, and as many at a time as there is time for: those that come later never
 * change those before. All lengths are in pixels, y downwards.
 */
import { crowdingOf, fitScale, LEAST_ZOOM, type Size } from "./camera.ts";
import { linesOf } from "./label_texts.ts";
import { type Board, meet, meetRing, OFF_CIRCLES, type Tried } from "./name_board.ts";
import { gridOf } from "./name_grid.ts";
import type { Scene } from "./scene.ts";

export type Measure = (text: string, size: number) => number;

/** Where a name stands: in the middle of its circle, or in a direction from there, y downwards. */
interface Side {
  x: number;
  y: number;
  /** The part of half its width and height by which the name leans away from the circle. */
  leanX: number;
  leanY: number;
  /** How much later than elsewhere it may show the name, and yet be chosen less. */
  cost: number;
}

const towards = (degrees: number, cost: number): Side => {
  const x = Math.cos((degrees * Math.PI) / 180);
  const y = -Math.sin((degrees * Math.PI) / 180);
  // beside, a name is level with its circle; above, centred on it
  return { x, y, leanX: Math.max(-1, Math.min(1, x * 1.6)), leanY: Math.max(-1, Math.min(1, y * 1.6)), cost };
};

/** The middle first, then the directions of print. */
export const SIDES: readonly Side[] = [
  { x: 0, y: 0, leanX: 0, leanY: 0, cost: 1 },
  towards(0, 1.03),
  towards(180, 1.08),
  towards(90, 1.12),
  towards(270, 1.12),
  towards(45, 1.18),
  towards(315, 1.18),
  towards(135, 1.2),
  towards(225, 1.2),
];
const NUMBERS = SIDES.map((_, number) => number);
const [FEW_SIDES, MANY] = [NUMBERS.slice(0, 5), 5000]; // of so many items, fewer sides are tried: each takes its time

/**
 * The zoom from which on an item may be named at all. At twice the size, four times as many items may be: so the first
 * picture of a very large map has all its names long before those of the lightest items are worked out.
 */
const firstZoom = (rank: number): number => (rank < MANY ? 0 : Math.sqrt(rank / MANY));

export const LINE_STEP = 1.1; // of the text size: from one baseline to the next
export const GAP = 2; // between a circle and its name
/** Between a text and its frame, at the sides and above, by the size of the text. */
export const PADDING = [0.35, 0.22] as const;

// what stays free between two names, across and along, by the size of the text: so that they don't read as one
const BLANK = { circles: [0.7, 0.25], frames: [0.15, 0.15], none: [0.8, 0.55] } as const;
const [OVERHANGING, HIDING] = [1.3, 2]; // in the middle: by how large the circle is
const CUT_OFF = 1.6; // where the edge of the picture would cut the name off
const JUST_WITHIN = 1.02; // the zoom above which the edge of the picture is not that of the map
const [LATE, LATE_OF_HEAVY] = [1.4, 2.1]; // where the name would be missing on the picture of the whole map
const HEAVY = 0.2; // of the items: which are rather named in the middle than late

/** By rank: 0 is the heaviest item. */
export interface NamePlan {
  size: Size;
  order: Int32Array;
  rank: Int32Array;
  /** How many names are worked out. */
  done: number;
  /** The zoom above which a name is shown. */
  from: Float64Array;
  side: Uint8Array;
  /** Of the whole block of lines, without its frame. */
  width: Float64Array;
  height: Float64Array;
  readonly scene: Scene;
  readonly measure: Measure;
  readonly board: Board;
}

/** What a plan depends on: whether it still holds for a scene. */
export function samePlan(plan: NamePlan, scene: Scene, size: Size): boolean {
  const before = plan.scene;
  const parts = ["x", "y", "radius", "fontSize", "order", "text", "visible", "marks", "named"] as const;
  return (
    plan.size.width === size.width &&
    plan.size.height === size.height &&
    parts.every((part) => before[part] === scene[part])
  );
}

export function newPlan(scene: Scene, size: Size, measure: Measure): NamePlan {
  const order = scene.named ? scene.order.filter((item) => scene.visible[item]) : new Int32Array(0);
  const n = order.length;
  const rank = new Int32Array(scene.n).fill(-1);
  for (let at = 0; at < n; at++) rank[order[at]] = at;
  const unit = fitScale(scene, size);
  const column = () => new Float64Array(n);
  const x = Float64Array.from(order, (item) => scene.x[item] * unit);
  const y = Float64Array.from(order, (item) => -scene.y[item] * unit);
  const radius = Float64Array.from(order, (item) => (scene.marks === "circles" ? scene.radius[item] : 0));
  const from = column().fill(Number.POSITIVE_INFINITY);
  const board: Board = {
    from,
    x,
    y,
    radius,
    offX: column(),
    offY: column(),
    halfX: column(),
    halfY: column(),
    reachX: radius.map((own) => own + OFF_CIRCLES),
    reachY: radius.map((own) => own + OFF_CIRCLES),
    crowded: crowdingOf(scene, size),
    grid: gridOf(scene, order, x, y, radius),
    tried: {
      from: new Float64Array(SIDES.length),
      cost: new Float64Array(SIDES.length),
      offX: new Float64Array(SIDES.length),
      offY: new Float64Array(SIDES.length),
      halfX: new Float64Array(SIDES.length),
      halfY: new Float64Array(SIDES.length),
      late: 1,
      blankX: 0,
      blankY: 0,
      reachX: 0,
      reachY: 0,
      least: 0,
    },
  };
  const [width, height, side] = [column(), column(), new Uint8Array(n)];
  return { size, order, rank, done: 0, from, side, width, height, scene, measure, board };
}

/** Work out further names, for so many milliseconds; true when all are done. */
export function advance(plan: NamePlan, milliseconds = Number.POSITIVE_INFINITY): boolean {
  const end = milliseconds === Number.POSITIVE_INFINITY ? milliseconds : performance.now() + milliseconds;
  for (let at = plan.done; at < plan.order.length; at++) {
    if (at % 16 === 0 && at > plan.done && performance.now() > end) {
      plan.done = at;
      return false;
    }
    place(plan, at);
  }
  plan.done = plan.order.length;
  return true;
}

const [NARROW, SMALLEST, LEAST_TEXT] = [640, 0.75, 10.5]; // pixels, the part of their size that texts keep, pixels

/** The size of a name's text: on narrow pictures, large ones are smaller. */
export function textSize({ scene, size }: Pick<NamePlan, "scene" | "size">, item: number): number {
  const own = scene.fontSize[item];
  const part = Math.max(SMALLEST, Math.min(1, size.width / NARROW));
  return Math.max(own * part, Math.min(own, LEAST_TEXT));
}

/** Width and height of the lines of a name. */
export function blockSize(lines: readonly string[], size: number, measure: Measure): [number, number] {
  return [Math.max(...lines.map((line) => measure(line, size))), size * (1 + LINE_STEP * (lines.length - 1))];
}

function place(plan: NamePlan, at: number): void {
  const { board, scene } = plan;
  const item = plan.order[at];
  const text = scene.text[item];
  if (text === "") return;
  const size = textSize(plan, item);
  const [width, height] = blockSize(linesOf(text), size, plan.measure);
  [plan.width[at], plan.height[at]] = [width, height];
  const sides = scene.marks !== "circles" ? [0] : plan.order.length > MANY ? FEW_SIDES : NUMBERS;
  const late = at < HEAVY * plan.order.length ? LATE_OF_HEAVY : LATE;
  Object.assign(board.tried, { late, reachX: 0, reachY: 0, least: firstZoom(at) });
  for (const side of sides) {
    board.tried.from[side] = firstZoom(at);
    box(plan, at, side, width, height, size);
    const own = side === 0 ? middleCost(board.radius[at], width, height) : SIDES[side].cost;
    board.tried.cost[side] = own * (isCutOff(plan, at, side, width, height) ? CUT_OFF : 1);
  }
  search(plan, at, sides);
  // the heaviest is always named
  const side = at > 0 || board.tried.from[best(board.tried, sides)] < LEAST_ZOOM ? best(board.tried, sides) : 0;
  plan.side[at] = side;
  plan.from[at] = board.tried.from[side];
  // half a name at the edge of the whole map is worse than none; the heaviest always has one
  if (at > 0 && isCutOff(plan, at, side, width, height)) plan.from[at] = Math.max(plan.from[at], JUST_WITHIN);
  board.offX[at] = board.tried.offX[side];
  board.offY[at] = board.tried.offY[side];
  board.halfX[at] = board.tried.halfX[side];
  board.halfY[at] = board.tried.halfY[side];
  board.reachX[at] = Math.max(board.reachX[at], Math.abs(board.offX[at]) + board.halfX[at]);
  board.reachY[at] = Math.max(board.reachY[at], Math.abs(board.offY[at]) + board.halfY[at]);
}

/**
 * Where a circle grows with the zoom, a name beside it moves outwards: its box is all that it ever takes up.
 */
function box({ board, scene }: NamePlan, at: number, side: number, width: number, height: number, size: number): void {
  const { tried } = board;
  const blank = BLANK[scene.marks];
  const [largest, least] = [board.radius[at], board.radius[at] * board.crowded];
  const [middle, slack] = [(largest + least) / 2 + GAP, (largest - least) / 2];
  const padding = scene.marks === "frames" ? PADDING : [0, 0];
  const { x, y, leanX, leanY } = SIDES[side];
  tried.blankX = (blank[0] / 2) * size;
  tried.blankY = (blank[1] / 2) * size;
  tried.halfX[side] = width / 2 + padding[0] * size + tried.blankX + Math.abs(x) * slack;
  tried.halfY[side] = height / 2 + padding[1] * size + tried.blankY + Math.abs(y) * slack;
  tried.offX[side] = side === 0 ? 0 : x * middle + (leanX * width) / 2;
  tried.offY[side] = side === 0 ? 0 : y * middle + (leanY * height) / 2;
  tried.reachX = Math.max(tried.reachX, Math.abs(tried.offX[side]) + tried.halfX[side] + OFF_CIRCLES);
  tried.reachY = Math.max(tried.reachY, Math.abs(tried.offY[side]) + tried.halfY[side] + OFF_CIRCLES);
}

function best({ from, cost, late }: Tried, sides: readonly number[]): number {
  let [chosen, least]: [number, number] = [0, Number.POSITIVE_INFINITY];
  for (const side of sides) {
    const whole = (from[side] < 1 ? 1 : late * from[side]) * cost[side];
    if (whole < least) [chosen, least] = [side, whole];
  }
  return chosen;
}

function middleCost(radius: number, width: number, height: number): number {
  if (Math.hypot(width, height * 0.7) <= 2 * radius || radius === 0) return 1;
  return 2 * radius >= 1.7 * height ? OVERHANGING : HIDING;
}

/** Whether a name would leave the picture of the whole map. */
function isCutOff({ board, scene, size }: NamePlan, at: number, side: number, width: number, height: number): boolean {
  const { bounds } = scene;
  const unit = fitScale(scene, size);
  const x = board.x[at] + board.tried.offX[side] - ((bounds.left + bounds.right) / 2) * unit;
  const y = board.y[at] + board.tried.offY[side] + ((bounds.bottom + bounds.top) / 2) * unit;
  return Math.abs(x) + width / 2 > size.width / 2 || Math.abs(y) + height / 2 > size.height / 2;
}

/** Raise the thresholds of the sides to what other names and circles make of them, until the best can't change. */
function search(plan: NamePlan, at: number, sides: readonly number[]): void {
  const { grid, tried } = plan.board;
  for (let other = 0; other < grid.first; other++) meet(plan.board, at, other, sides.length);
  const [column, row] = [grid.column[at], grid.row[at]];
  for (let ring = 0; ring <= grid.columns; ring++) {
    // one in this ring is at least ring − 1 cells away, one way or the other
    const most = ring > 1 ? 1 / ((ring - 1) * grid.side) : Number.POSITIVE_INFINITY;
    if (most <= Math.max(tried.from[best(tried, sides)], LEAST_ZOOM)) break;
    meetRing(plan.board, at, column, row, ring, sides.length);
  }
}
