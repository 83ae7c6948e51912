/** Association strengths of linked items: how many times as strong as at random a link is (docs/method). */
import type { MapData } from "../model.ts";

/** The links of an item are those from `begin[item]` to `begin[item + 1]`, each there from both of its ends. */
export interface Association {
  begin: Int32Array;
  end: Int32Array;
  strength: Float64Array;
}

export function associated({ n, links }: Pick<MapData, "n" | "links">): Association {
  const total = new Float64Array(n);
  const begin = new Int32Array(n + 1);
  for (const ends of [links.source, links.target]) {
    for (let at = 0; at < links.n; at++) {
      total[ends[at]] += links.strength[at];
      begin[ends[at] + 1] += 1;
    }
  }
  for (let item = 0; item < n; item++) begin[item + 1] += begin[item];
  const all = total.reduce((sum, value) => sum + value, 0);
  const next = begin.slice();
  const end = new Int32Array(2 * links.n);
  const strength = new Float64Array(2 * links.n);
  for (let at = 0; at < links.n; at++) {
    const [one, other] = [links.source[at], links.target[at]];
    const value = (all * links.strength[at]) / (total[one] * total[other]);
    for (const [from, to] of [
      [one, other],
      [other, one],
    ]) {
      end[next[from]] = to;
      strength[next[from]++] = value;
    }
  }
  return { begin, end, strength };
}
