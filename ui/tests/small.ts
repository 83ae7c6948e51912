/** A small map for tests. */
import type { MapColumns, MapData, RecordColumns } from "../viewer/model.ts";
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

/** Two records with all their fields, and one of which only key and citation are known. */
export function smallRecords(): RecordColumns {
  return {
    key: ["sari:1", "10.1000/x_y(2)", "s3"],
    citation: ["Sari & WHO (2020)", "Umpama (2021)", "Contoh (2019)"],
    type: ["article", "chapter", ""],
    title: ["Seni & budaya: 50 % {kota}", "=cmd|' /C calc'!A0", ""],
    authors: [["Sari, D.", "World Health Organization"], ["Siti binti Umpama", "Adi, A."], []],
    year: [2020, 2021, null],
    source: ["Jurnal Kota", "Buku; besar", ""],
    volume: ["2", "", ""],
    issue: ["1", "", ""],
    pages: ["12–34", "", ""],
    articleNumber: ["", "e105", ""],
    doi: ["10.1000/x", "10.1000/x_y(2)", ""],
    url: ["https://example.org/a_b", "", ""],
    keywords: [["kota kembar", "seni; budaya"], [], []],
    citations: [7, null, null],
    abstract: ['Line one.\nLine two, with "marks".', "", ""],
    passages: {},
  };
}
