/** How much work something is, told alike on a busy machine: the processor's time, the least of some runs. */
export function milliseconds(work: () => void, runs = 5): number {
  let least = Number.POSITIVE_INFINITY;
  for (let n = 0; n < runs; n++) {
    const begun = process.cpuUsage();
    work();
    least = Math.min(least, process.cpuUsage(begun).user / 1000);
  }
  return least;
}
