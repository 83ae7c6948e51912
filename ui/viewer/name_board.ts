/**
 * Which zoom a name needs to be free of another one, and of a circle. At zoom z two items are z · d apart, and their
 * boxes as large as ever; so two boxes meet between two zooms. All by rank: 0 is the heaviest item.
 */
import type { Grid } from "./name_grid.ts";

const CLUMPED = 0.7; // of their radii: how near to each other two circles are one clump
export const OFF_CIRCLES = 1.5; // what a name beside its circle keeps from others

export interface Board {
  /** The zoom above which each name is shown. */
  from: Float64Array;
  /** Places at zoom 1, radii. */
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
  /** The part of their own size that circles have at zoom 1. */
  crowded: number;
  grid: Grid;
  /** For the item that is being worked out: a threshold and a box for each side. */
  tried: Tried;
}

export interface Tried {
  from: Float64Array;
  /** How much later than elsewhere a side may show the name, and yet be chosen less. */
  cost: Float64Array;
  offX: Float64Array;
  offY: Float64Array;
  halfX: Float64Array;
  halfY: Float64Array;
  /** What of the boxes is kept free of other names only. */
  blankX: number;
  blankY: number;
  /** How many times worse a side is that doesn't show the name where the whole map is seen. */
  late: number;
  /** How far any of the boxes reaches, and the least of the thresholds. */
  reachX: number;
  reachY: number;
  least: number;
}

/** Raise the thresholds of an item's sides to where they are free of another item's name and circle. */
export function meet(board: Board, at: number, other: number, sides: number): void {
  if (other === at) return;
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
  if (other < at) meetName(board, dx, dy, other, sides);
  const isHeavier = radius > 1.01 * board.radius[at];
  // a name may lie on lighter circles in the middle of its own; beside it, on those that its own overlaps on the whole
  // map: they come out from below as one zooms in
  const overlapping = CLUMPED * board.crowded * (radius + board.radius[at]);
  const isClumped = dx * dx + dy * dy < overlapping * overlapping;
  if (radius > 0 && (isHeavier || !isClumped)) meetCircle(board, dx, dy, radius, isHeavier ? 0 : 1, sides);
  tried.least = tried.from[0];
  for (let side = 1; side < sides; side++) if (tried.from[side] < tried.least) tried.least = tried.from[side];
}

function meetName(board: Board, dx: number, dy: number, other: number, sides: number): void {
  const { tried, from } = board;
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
    const wide = tried.halfX[side] - tried.blankX + room;
    const high = tried.halfY[side] - tried.blankY + room;
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

/** Meet the items in the cells of the grid that lie in a ring around an item's own. */
export function meetRing(board: Board, at: number, column: number, row: number, ring: number, sides: number): void {
  const { columns } = board.grid;
  for (let c = Math.max(column - ring, 0); c <= Math.min(column + ring, columns - 1); c++) {
    // a whole column at the left and the right of the ring, else its upper and its lower end
    const step = ring === 0 || Math.abs(c - column) === ring ? 1 : 2 * ring;
    for (let r = row - ring; r <= row + ring; r += step) {
      if (r >= 0 && r < columns) meetCell(board, at, c * columns + r, sides);
    }
  }
}

function meetCell(board: Board, at: number, cell: number, sides: number): void {
  const { start, ranks } = board.grid;
  for (let k = start[cell]; k < start[cell + 1]; k++) meet(board, at, ranks[k], sides);
}
