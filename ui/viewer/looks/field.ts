/**
 * How dense a map is: D(x) = Σᵢ wᵢ exp(−(|x − xᵢ| / b)²), with b the mean distance between two items times the kernel
 * width (N. J. van Eck and L. Waltman, 2010, Scientometrics 84, 523–538), as `benang.looks.overlay` has it.
 */

/** Items as far as a density knows them. A weight of 0 counts for nothing. */
export interface Points {
  x: Float64Array;
  y: Float64Array;
  weight: Float64Array;
}

/** Places at equal distances: column c and row r are at (x + c · step, y + r · step). */
export interface Grid {
  x: number;
  y: number;
  step: number;
  columns: number;
  rows: number;
}

// Bandwidths after which a hill has fallen below e⁻¹⁰ of its top.
const REACH = 3.2;
const EXACT = 3000;
const PAIRS = 4e6;

/** Return the density at one place, exactly. */
export function densityAt({ x, y, weight }: Points, bandwidth: number, atX: number, atY: number): number {
  let sum = 0;
  for (let item = 0; item < x.length; item++) {
    const [across, along] = [(atX - x[item]) / bandwidth, (atY - y[item]) / bandwidth];
    sum += weight[item] * Math.exp(-(across * across + along * along));
  }
  return sum;
}

/**
 * Return the density on a grid, and for each channel (such as the red of the items' colours) the sum of the density
 * times it.
 *
 * Each item is shared out among the four grid points around it, then these are smoothed across and along: the time
 * depends on the grid and hardly on the number of items. Sharing out widens a hill by a sixth of a squared step on
 * average, so the kernel is as much narrower. With steps of an eighth of the bandwidth, values are right to 0.3 % of
 * the hill's height.
 */
export function fieldOn(grid: Grid, points: Points, bandwidth: number, channels: Float32Array[] = []): Float32Array[] {
  const reach = Math.max(1, Math.ceil((REACH * bandwidth) / grid.step));
  const kernel = kernelOf(bandwidth / grid.step, reach);
  const heaps = sharedOut(grid, points, channels, reach);
  return heaps.map((heap) => smoothed(heap, grid, kernel, reach));
}

/** One side of the kernel, from its middle, in steps of the grid. */
function kernelOf(bandwidth: number, reach: number): Float32Array {
  const kernel = new Float32Array(reach + 1);
  if (bandwidth < 1) {
    // narrower than the grid can show: what is left is sharing out
    kernel[0] = Math.min(1, bandwidth * Math.sqrt(Math.PI));
    return kernel;
  }
  const narrowed = Math.sqrt(bandwidth ** 2 - 1 / 3);
  return kernel.map((_, k) => (bandwidth / narrowed) * Math.exp(-((k / narrowed) ** 2)));
}

/** Put the weights on a grid that is wider by `reach` on each side. */
function sharedOut(grid: Grid, { x, y, weight }: Points, channels: Float32Array[], reach: number): Float32Array[] {
  const columns = grid.columns + 2 * reach;
  const rows = grid.rows + 2 * reach;
  const heaps = [weight, ...channels].map(() => new Float32Array(columns * rows));
  for (let item = 0; item < x.length; item++) {
    if (!(weight[item] > 0)) continue;
    const across = (x[item] - grid.x) / grid.step + reach;
    const along = (y[item] - grid.y) / grid.step + reach;
    const [column, row] = [Math.floor(across), Math.floor(along)];
    if (!(column >= 0 && row >= 0 && column < columns - 1 && row < rows - 1)) continue;
    const [right, up] = [across - column, along - row];
    const at = row * columns + column;
    for (let channel = 0; channel < heaps.length; channel++) {
      const heap = heaps[channel];
      const own = channel === 0 ? weight[item] : weight[item] * channels[channel - 1][item];
      heap[at] += own * (1 - right) * (1 - up);
      heap[at + 1] += own * right * (1 - up);
      heap[at + columns] += own * (1 - right) * up;
      heap[at + columns + 1] += own * right * up;
    }
  }
  return heaps;
}

/** Smooth a heap across, then along, and cut off its margins. exp(−(a² + b²)) = exp(−a²) exp(−b²). */
function smoothed(heap: Float32Array, grid: Grid, kernel: Float32Array, reach: number): Float32Array {
  const { columns, rows } = grid;
  const wide = columns + 2 * reach;
  const field = new Float32Array(columns * rows);
  const line = new Float32Array(columns);
  for (let row = 0; row < rows + 2 * reach; row++) {
    if (!smoothedLine(heap.subarray(row * wide, (row + 1) * wide), line, kernel, reach)) continue;
    const [first, last] = [Math.max(0, row - 2 * reach), Math.min(rows - 1, row)];
    for (let to = first; to <= last; to++) {
      const part = kernel[Math.abs(row - reach - to)];
      const start = to * columns;
      for (let column = 0; column < columns; column++) field[start + column] += part * line[column];
    }
  }
  return field;
}

/** Smooth one line of a heap into `line`; false where there is nothing on it. */
function smoothedLine(heap: Float32Array, line: Float32Array, kernel: Float32Array, reach: number): boolean {
  let any = false;
  for (let at = 0; at < heap.length; at++) {
    const own = heap[at];
    if (own === 0) continue;
    if (!any) line.fill(0);
    any = true;
    const middle = at - reach;
    const [first, last] = [Math.max(0, middle - reach), Math.min(line.length - 1, middle + reach)];
    for (let to = first; to <= last; to++) line[to] += own * kernel[Math.abs(to - middle)];
  }
  return any;
}

/**
 * Return the mean distance between two items; 0 for fewer than two.
 *
 * Exact for up to 3,000 items. Of more, each item is compared with as many others, at fixed places around the list, as
 * make four million pairs in all: right to about a part in a thousand, and always the same.
 */
export function meanDistance(x: Float64Array, y: Float64Array): number {
  const n = x.length;
  if (n < 2) return 0;
  const all = n <= EXACT;
  const shifts = all ? n - 1 : Math.ceil(PAIRS / n);
  let sum = 0;
  for (let k = 1; k <= shifts; k++) {
    // multiples of the golden section are spread evenly over the list, whatever its order
    const shift = all ? k : 1 + Math.floor(((k * 0.6180339887498949) % 1) * (n - 1));
    for (let item = 0; item < n; item++) {
      const other = item + shift < n ? item + shift : item + shift - n;
      sum += Math.sqrt((x[item] - x[other]) ** 2 + (y[item] - y[other]) ** 2);
    }
  }
  return sum / (shifts * n);
}

/** Return the bandwidth of a density; where all items are at one place, the mean distance counts as 1. */
export const bandwidthOf = (distance: number, kernelWidth: number): number =>
  (distance > 0 ? distance : 1) * kernelWidth;

const CELLS = 4e5;
const LINES = 4000;

/** Return the density at the densest place of the whole map. */
export function peakOf(points: Points, bandwidth: number): number {
  const shown = points.weight.reduce((most, own) => Math.max(most, own), 0);
  if (shown <= 0) return 0;
  const [left, right] = rangeOf(points.x, points.weight);
  const [low, high] = rangeOf(points.y, points.weight);
  const [width, height] = [right - left, high - low];
  const coarse = Math.sqrt(((width + bandwidth) * (height + bandwidth)) / CELLS);
  const step = Math.max(bandwidth / 10, coarse, width / LINES, height / LINES);
  const columns = Math.ceil(width / step) + 1;
  const rows = Math.ceil(height / step) + 1;
  const [field] = fieldOn({ x: left, y: low, step, columns, rows }, points, bandwidth);
  // an item alone is as dense as it is heavy, also where the grid is too coarse for its hill
  return field.reduce((most, own) => Math.max(most, own), shown);
}

function rangeOf(places: Float64Array, weight: Float64Array): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let item = 0; item < places.length; item++) {
    if (!(weight[item] > 0)) continue;
    low = Math.min(low, places[item]);
    high = Math.max(high, places[item]);
  }
  return [low, high];
}
