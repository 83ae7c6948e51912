/** Numbers from 0 to 1 that are the same each time: the browser's have no seed. The generator is mulberry32. */
export function randomNumbers(): () => number {
  let seed = 0;
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** The numbers from 0 to n − 1 in random order. */
export function shuffled(n: number, random: () => number): number[] {
  const order = [...Array(n).keys()];
  for (let at = n - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [order[at], order[other]] = [order[other], order[at]];
  }
  return order;
}
