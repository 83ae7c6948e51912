/** A small map for tests. */
import type { MapColumns, MapData } from "../viewer/model.ts";
import { fromColumns } from "../viewer/read/columns.ts";

export function smallColumns(): MapColumns {
  return {
    items: {
      id: [0, 7, "kota, desa"],
      label: ["kota", "desa <b>", "kota & desa"],
      x: [0, 1, -0.5],
      y: [0, -1, 2],
      cluster: [1, 2, 0],
      weights: { Documents: [3, 1, 2] },
      scores: { "Avg. pub. year": [2020, null, 2021.5] },
      attributes: { country: ["Indonesia", null, null] },
    },
    links: { source: [0, 1], target: [1, 2], strength: [2, 1], attributes: { "1": { url: "https://example.org/" } } },
    allLinks: 2,
    clusters: { "1": "towns" },
    kinds: { items: "author-keywords", links: "co-occurrence", unit: "records", counting: "full" },
    records: null,
    cited: null,
    years: null,
    extras: { config: { parameters: { attraction: 2 } }, info: { title: "Kota" } },
  };
}

export function smallMap(change: Partial<MapColumns> = {}): MapData {
  return fromColumns({ ...smallColumns(), ...change });
}
