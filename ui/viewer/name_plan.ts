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
import { fitScale, LEAST_ZOOM, type Size } from "./camera.ts";
import { linesOf } from "./label_texts.ts";
import type { Scene } from "./scene.ts";
import { crowding } from "./sizes.ts";

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

export const LINE_STEP = 1.1; // of the text size: from one baseline to the next
export const GAP = 2; // between a circle and its name
/** Between a text and its frame, at the sides and above, by the size of the text. */
export const PADDING = [0.35, 0.22] as const;

// what stays free between two names, across and along, by the size of the text: so that they don't read as one
const BLANK = { circles: [0.7, 0.25], frames: [0.15, 0.15], none: [0.8, 0.55] } as const;
const OFF_CIRCLES = 1.5; // what a name beside its circle keeps from others
const [OVERHANGING, HIDING] = [1.3, 2]; // in the middle: by how large the circle is
const CUT_OFF = 1.6; // where the edge of the picture would cut the name off
const JUST_WITHIN = 1.02; // the zoom above which the edge of the picture is not that of the map
const [LATE, LATE_OF_HEAVY] = [1.4, 2.1]; // where the name would be missing on the picture of the whole map
const HEAVY = 0.2; // of the items: which are rather named in the middle than late
const COMPARED_WITH_ALL = 256; // of the heaviest: their names and circles may be very large
const PER_CELL = 2;

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
  readonly board: Board;
}

interface Board {
  scene: Scene;
  measure: Measure;
  /** By rank: places at zoom 1, radii. */
  x: Float64Array;
  y: Float64Array;
  radius: Float64Array;
  /** Of the boxes as they were chosen: the middle from the item, and half the size. */
  offX: Float64Array;
  offY: Float64Array;
  halfX: Float64Array;
  halfY: Float64Array;
  /** How far an item's circle and name reach from its place. */
  reachX: Float64Array;
  reachY: Float64Array;
  crowded: number;
  blank: readonly [number, number];
  grid: Grid;
  /** For the item that is being worked out: a threshold and a box for each side. */
  tried: Tried;
}

interface Tried {
  from: Float64Array;
  /** How much later than elsewhere a side may show the name, and yet be chosen less. */
  cost: Float64Array;
  offX: Float64Array;
  offY: Float64Array;
  halfX: Float64Array;
  halfY: Float64Array;
  /** How many times worse a side is that doesn't show the name where the whole map is seen. */
  late: number;
  /** How far any of the boxes reaches, and the least of the thresholds. */
  reachX: number;
  reachY: number;
  least: number;
}

/** Cells of a grid over the items after the first, with lengths in the widest and the highest box that any may have. */
interface Grid {
  first: number;
  columns: number;
  side: number;
  reachX: number;
  reachY: number;
  column: Int32Array;
  row: Int32Array;
  start: Int32Array;
  ranks: Int32Array;
}

/** What a plan depends on: whether it still holds for a scene. */
export function samePlan(plan: NamePlan, scene: Scene, size: Size): boolean {
  const before = plan.board.scene;
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
  const board: Board = {
    scene,
    measure,
    x,
    y,
    radius,
    offX: column(),
    offY: column(),
    halfX: column(),
    halfY: column(),
    reachX: radius.map((own) => own + OFF_CIRCLES),
    reachY: radius.map((own) => own + OFF_CIRCLES),
    crowded: crowding(scene.inked, size.width, size.height),
    blank: BLANK[scene.marks],
    grid: gridOf(scene, order, x, y, radius),
    tried: {
      from: new Float64Array(SIDES.length),
      cost: new Float64Array(SIDES.length),
      offX: new Float64Array(SIDES.length),
      offY: new Float64Array(SIDES.length),
      halfX: new Float64Array(SIDES.length),
      halfY: new Float64Array(SIDES.length),
      late: 1,
      reachX: 0,
      reachY: 0,
      least: 0,
    },
  };
  const from = column().fill(Number.POSITIVE_INFINITY);
  return { size, order, rank, done: 0, from, side: new Uint8Array(n), width: column(), height: column(), board };
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

/** Width and height of the lines of a name. */
export function blockSize(lines: readonly string[], size: number, measure: Measure): [number, number] {
  return [Math.max(...lines.map((line) => measure(line, size))), size * (1 + LINE_STEP * (lines.length - 1))];
}

function place(plan: NamePlan, at: number): void {
  const { board } = plan;
  const item = plan.order[at];
  const text = board.scene.text[item];
  if (text === "") return;
  const size = board.scene.fontSize[item];
  const [width, height] = blockSize(linesOf(text), size, board.measure);
  [plan.width[at], plan.height[at]] = [width, height];
  const sides = board.scene.marks !== "circles" ? [0] : plan.order.length > MANY ? FEW_SIDES : NUMBERS;
  const late = at < HEAVY * plan.order.length ? LATE_OF_HEAVY : LATE;
  Object.assign(board.tried, { late, reachX: 0, reachY: 0, least: 0 });
  for (const side of sides) {
    box(board, at, side, width, height, size);
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
function box(board: Board, at: number, side: number, width: number, height: number, size: number): void {
  const { tried, blank, scene } = board;
  const [largest, least] = [board.radius[at], board.radius[at] * board.crowded];
  const [middle, slack] = [(largest + least) / 2 + GAP, (largest - least) / 2];
  const padding = scene.marks === "frames" ? PADDING : [0, 0];
  const { x, y, leanX, leanY } = SIDES[side];
  tried.from[side] = 0;
  tried.halfX[side] = width / 2 + (padding[0] + blank[0] / 2) * size + Math.abs(x) * slack;
  tried.halfY[side] = height / 2 + (padding[1] + blank[1] / 2) * size + Math.abs(y) * slack;
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
function isCutOff({ board, size }: NamePlan, at: number, side: number, width: number, height: number): boolean {
  const { bounds } = board.scene;
  const unit = fitScale(board.scene, size);
  const x = board.x[at] + board.tried.offX[side] - ((bounds.left + bounds.right) / 2) * unit;
  const y = board.y[at] + board.tried.offY[side] + ((bounds.bottom + bounds.top) / 2) * unit;
  return Math.abs(x) + width / 2 > size.width / 2 || Math.abs(y) + height / 2 > size.height / 2;
}

/** Raise the thresholds of the sides to what other names and circles make of them, until the best can't change. */
function search(plan: NamePlan, at: number, sides: readonly number[]): void {
  const { grid, tried } = plan.board;
  for (let other = 0; other < grid.first; other++) meet(plan, at, other, sides.length);
  const [column, row] = [grid.column[at], grid.row[at]];
  for (let ring = 0; ring <= grid.columns; ring++) {
    // one in this ring is at least ring − 1 cells away, one way or the other
    const most = ring > 1 ? 1 / ((ring - 1) * grid.side) : Number.POSITIVE_INFINITY;
    if (most <= Math.max(tried.from[best(tried, sides)], LEAST_ZOOM)) break;
    meetRing(plan, at, column, row, ring, sides.length);
  }
}

function meetRing(plan: NamePlan, at: number, column: number, row: number, ring: number, sides: number): void {
  const { columns } = plan.board.grid;
  for (let c = Math.max(column - ring, 0); c <= Math.min(column + ring, columns - 1); c++) {
    // a whole column at the left and the right of the ring, else its upper and its lower end
    const step = ring === 0 || Math.abs(c - column) === ring ? 1 : 2 * ring;
    for (let r = row - ring; r <= row + ring; r += step) {
      if (r >= 0 && r < columns) meetCell(plan, at, c * columns + r, sides);
    }
  }
}

function meetCell(plan: NamePlan, at: number, cell: number, sides: number): void {
  const { start, ranks } = plan.board.grid;
  for (let k = start[cell]; k < start[cell + 1]; k++) meet(plan, at, ranks[k], sides);
}

/** Raise the thresholds of an item's sides to where they are free of another item's name and circle. */
function meet(plan: NamePlan, at: number, other: number, sides: number): void {
  if (other === at) return;
  const { board } = plan;
  const { tried } = board;
  const dx = board.x[at] - board.x[other];
  const dy = board.y[at] - board.y[other];
  const radius = board.radius[other];
  // most pairs are too far from each other to matter at the zooms that are left
  const latest = Math.min(
    (tried.reachX + board.reachX[other]) / Math.abs(dx),
    (tried.reachY + board.reachY[other]) / Math.abs(dy),
  );
  if (latest <= tried.least) return;
  if (other < at) meetName(plan, dx, dy, other, sides);
  // in the middle of its own circle, a name may lie on lighter ones
  if (radius > 0) meetCircle(board, dx, dy, radius, radius > 1.01 * board.radius[at] ? 0 : 1, sides);
  tried.least = tried.from[0];
  for (let side = 1; side < sides; side++) if (tried.from[side] < tried.least) tried.least = tried.from[side];
}

function meetName({ board, from }: NamePlan, dx: number, dy: number, other: number, sides: number): void {
  const { tried } = board;
  for (let side = 0; side < sides; side++) {
    const wide = tried.halfX[side] + board.halfX[other];
    const high = tried.halfY[side] + board.halfY[other];
    const ox = tried.offX[side] - board.offX[other];
    const oy = tried.offY[side] - board.offY[other];
    const until = Math.min(apartFrom(dx, ox, wide), apartFrom(dy, oy, high));
    if (until <= tried.from[side] || until <= from[other]) continue;
    if (until > meetingFrom(dx, ox, wide) && until > meetingFrom(dy, oy, high)) tried.from[side] = until;
  }
}

/** A circle is taken as a square; it may still grow with the zoom. */
function meetCircle(board: Board, dx: number, dy: number, radius: number, first: number, sides: number): void {
  const { tried, crowded } = board;
  for (let side = first; side < sides; side++) {
    const room = side > 0 ? OFF_CIRCLES : 0;
    const wide = tried.halfX[side] + room;
    const high = tried.halfY[side] + room;
    const ox = tried.offX[side];
    const oy = tried.offY[side];
    const until = Math.min(offGrowing(dx, ox, wide, radius, crowded), offGrowing(dy, oy, high, radius, crowded));
    if (until <= tried.from[side]) continue;
    if (until > meetingFrom(dx, ox, wide + radius) && until > meetingFrom(dy, oy, high + radius)) {
      tried.from[side] = until;
    }
  }
}

/**
 * The zoom from which on two boxes are apart in one direction: their middles are z · d + o from each other there, and
 * they meet where that is less than `reach`.
 */
function apartFrom(d: number, o: number, reach: number): number {
  if (d > 0) return (reach - o) / d;
  if (d < 0) return (reach + o) / -d;
  return Math.abs(o) < reach ? Number.POSITIVE_INFINITY : 0;
}

/** The zoom from which on they meet at all. */
function meetingFrom(d: number, o: number, reach: number): number {
  if (d > 0) return (-reach - o) / d;
  if (d < 0) return (o - reach) / -d;
  return 0;
}

function offGrowing(d: number, o: number, half: number, radius: number, crowded: number): number {
  // until it has its own size, a circle reaches crowded · radius · z
  const slower = Math.abs(d) - crowded * radius;
  if (slower > 0) {
    const early = (half - (d < 0 ? -o : o)) / slower;
    if (early * crowded <= 1) return early;
  }
  return apartFrom(d, o, half + radius);
}

function gridOf(scene: Scene, order: Int32Array, x: Float64Array, y: Float64Array, radius: Float64Array): Grid {
  const n = order.length;
  const first = Math.min(n, COMPARED_WITH_ALL);
  let [reachX, reachY] = [1, 1];
  for (let at = first; at < n; at++) {
    const size = scene.fontSize[order[at]];
    // before they are measured: about as wide and high as names may be
    const wide = Math.min(scene.text[order[at]].length, 26) * 0.62 * size + 2 * radius[at] + 2 * size;
    reachX = Math.max(reachX, 2 * wide);
    reachY = Math.max(reachY, 2 * (3.4 * size + 2 * radius[at] + size));
  }
  const [u, v] = [spread(x, reachX), spread(y, reachY)];
  const most = 4 * Math.max(1, Math.floor(Math.sqrt(n)));
  const side = Math.max(
    Math.sqrt((u.span * v.span * PER_CELL) / Math.max(n, 1)),
    Math.max(u.span, v.span) / most,
    1e-9,
  );
  const columns = Math.floor(Math.max(u.span, v.span) / side) + 1;
  const column = Int32Array.from(u.places, (place) => Math.floor(place / side));
  const row = Int32Array.from(v.places, (place) => Math.floor(place / side));
  const start = new Int32Array(columns * columns + 1);
  for (let at = first; at < n; at++) start[column[at] * columns + row[at] + 1]++;
  for (let cell = 0; cell < columns * columns; cell++) start[cell + 1] += start[cell];
  const next = start.slice();
  const ranks = new Int32Array(n - first);
  for (let at = first; at < n; at++) ranks[next[column[at] * columns + row[at]]++] = at;
  return { first, columns, side, reachX, reachY, column, row, start, ranks };
}

function spread(places: Float64Array, unit: number): { places: Float64Array; span: number } {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const place of places) {
    low = Math.min(low, place);
    high = Math.max(high, place);
  }
  return { places: places.map((place) => (place - low) / unit), span: places.length ? (high - low) / unit : 0 };
}
