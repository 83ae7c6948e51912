/** Colours mixed as the eye sees them, in CIE Lab: the numbers of `benang.looks.appearance`, so that screen and print agree. */

/** Red, green and blue from 0 to 1. */
export type Rgb = readonly [number, number, number];
/** Lightness 0 to 100, then red against green, yellow against blue. */
export type Lab = readonly [number, number, number];

// D65, 2 degrees
const WHITE: Rgb = [0.95047, 1.0, 1.08883];
const BEND = (6 / 29) ** 3;
const SLOPE = 3 * (6 / 29) ** 2;

/** From linear red, green and blue to XYZ, as parts of white (sRGB primaries, IEC 61966-2-1), row by row. */
export const MATRIX = [
  0.4124564, 0.3575761, 0.1804375, 0.2126729, 0.7151522, 0.072175, 0.0193339, 0.119192, 0.9503041,
].map((part, at) => part / WHITE[Math.floor(at / 3)]);

/** The way back. */
export const INVERSE = [
  3.2404548360214087, -1.5371388501025751, -0.498531546868481, -0.9692663898756538, 1.876010928842491,
  0.041556082346673545, 0.05564341960421367, -0.20402585426769818, 1.057225162457929,
].map((part, at) => part * WHITE[at % 3]);

export function toRgb(colour: string): Rgb {
  const number = Number.parseInt(colour.slice(1, 7), 16);
  return [(number >> 16) / 255, ((number >> 8) & 255) / 255, (number & 255) / 255];
}

const HEX = Array.from({ length: 256 }, (_, level) => level.toString(16).padStart(2, "0"));

export function toHex(red: number, green: number, blue: number): string {
  return `#${HEX[level(red)]}${HEX[level(green)]}${HEX[level(blue)]}`;
}

// Halves go to the even neighbour, as in NumPy.
function level(part: number): number {
  const exact = Math.min(1, Math.max(0, part)) * 255;
  const low = Math.floor(exact);
  if (exact - low !== 0.5) return Math.round(exact);
  return low % 2 === 0 ? low : low + 1;
}

/** From a level of sRGB to light, and back. */
export const toLinear = (part: number): number => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);

export function toGamma(part: number): number {
  const kept = Math.min(1, Math.max(0, part));
  return kept <= 0.0031308 ? kept * 12.92 : 1.055 * kept ** (1 / 2.4) - 0.055;
}

/** The curve of Lab over parts of white, and back. */
export const labCurve = (part: number): number => (part > BEND ? Math.cbrt(part) : part / SLOPE + 4 / 29);
export const fromCurve = (part: number): number => (part > 6 / 29 ? part * part * part : SLOPE * (part - 4 / 29));

/** Three rows of a matrix times three numbers. */
const times = (matrix: readonly number[], a: number, b: number, c: number, of: (part: number) => number): Rgb => [
  of(matrix[0] * a + matrix[1] * b + matrix[2] * c),
  of(matrix[3] * a + matrix[4] * b + matrix[5] * c),
  of(matrix[6] * a + matrix[7] * b + matrix[8] * c),
];

export function rgbToLab([red, green, blue]: Rgb): Lab {
  const [x, y, z] = times(MATRIX, toLinear(red), toLinear(green), toLinear(blue), labCurve);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** Return a colour of Lab in sRGB, cut to what a screen can show. */
export function labToRgb([lightness, a, b]: Lab): Rgb {
  const y = (lightness + 16) / 116;
  return times(INVERSE, fromCurve(y + a / 500), fromCurve(y), fromCurve(y - b / 200), toGamma);
}

/** Mix two colours in Lab: share 0 is the one, share 1 the other. */
export function mixRgb(one: Rgb, other: Rgb, share: number): Rgb {
  const [l, a, b] = rgbToLab(one);
  const [m, c, d] = rgbToLab(other);
  return labToRgb([l + (m - l) * share, a + (c - a) * share, b + (d - b) * share]);
}

export function mix(one: string, other: string, share: number): string {
  return toHex(...mixRgb(toRgb(one), toRgb(other), share));
}

/** Mix with white; VOSviewer lightens its links by 0.4. */
export const lighten = (colour: string, share = 0.4): string => mix(colour, "#ffffff", share);

/** Mix with black; outlines are darkened by 0.25, so that pale circles stand out on the page. */
export const darken = (colour: string, share = 0.25): string => mix(colour, "#000000", share);
