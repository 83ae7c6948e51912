/**
 * Mixing in CIE Lab for whole pictures: the same as `mixing.ts` to half a level of 255, by tables in place of powers and
 * roots, which takes a tenth of the time.
 */
import { fromCurve, INVERSE, labCurve, MATRIX, type Rgb, toGamma, toLinear } from "./mixing.ts";

const SIZE = 4096;

const table = (of: (part: number) => number) => Float64Array.from({ length: SIZE + 2 }, (_, at) => of(at / SIZE));
const LINEAR = table(toLinear);
const CURVE = table(labCurve);
const GAMMA = table(toGamma);

/** Read a table between its places; what is beyond its ends has their values. */
function read(values: Float64Array, part: number): number {
  const at = part <= 0 ? 0 : part >= 1 ? SIZE : part * SIZE;
  const below = at | 0;
  return values[below] + (values[below + 1] - values[below]) * (at - below);
}

/**
 * Return a function that mixes a colour with many others: share 0 is the one. It writes red, green and blue from 0 to 1
 * into an array.
 */
export function mixerWith(one: Rgb): (other: Rgb, share: number, into: Float32Array, at: number) => void {
  const start = curvesOf(one, [0, 0, 0]);
  const own: [number, number, number] = [0, 0, 0];
  return (other, share, into, at) => {
    curvesOf(other, own);
    // Lab is linear in these three, so mixing them is mixing in Lab
    const x = fromCurve(start[0] + (own[0] - start[0]) * share);
    const y = fromCurve(start[1] + (own[1] - start[1]) * share);
    const z = fromCurve(start[2] + (own[2] - start[2]) * share);
    into[at] = read(GAMMA, INVERSE[0] * x + INVERSE[1] * y + INVERSE[2] * z);
    into[at + 1] = read(GAMMA, INVERSE[3] * x + INVERSE[4] * y + INVERSE[5] * z);
    into[at + 2] = read(GAMMA, INVERSE[6] * x + INVERSE[7] * y + INVERSE[8] * z);
  };
}

function curvesOf(colour: Rgb, into: [number, number, number]): [number, number, number] {
  const red = read(LINEAR, colour[0]);
  const green = read(LINEAR, colour[1]);
  const blue = read(LINEAR, colour[2]);
  into[0] = read(CURVE, MATRIX[0] * red + MATRIX[1] * green + MATRIX[2] * blue);
  into[1] = read(CURVE, MATRIX[3] * red + MATRIX[4] * green + MATRIX[5] * blue);
  into[2] = read(CURVE, MATRIX[6] * red + MATRIX[7] * green + MATRIX[8] * blue);
  return into;
}
