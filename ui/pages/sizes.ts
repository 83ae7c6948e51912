/** Sizes of files as people write them. */
import { written } from "../viewer/words.ts";

const UNITS = ["B", "kB", "MB", "GB", "TB"] as const;

/** A number of bytes in decimal units, at most one decimal: 1.5 MB. */
export function sizeOf(bytes: number): string {
  let unit = 0;
  let size = bytes;
  while (size >= 999.95 && unit < UNITS.length - 1) {
    size /= 1000;
    unit += 1;
  }
  const decimals = unit === 0 || size >= 99.95 ? 0 : 1;
  return `${written(Number(size.toFixed(decimals)))} ${UNITS[unit]}`;
}
