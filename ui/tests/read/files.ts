/** Texts as files, for tests. */
import type { Assembled } from "../../viewer/read/parts.ts";
import { assembled } from "../../viewer/read/parts.ts";
import { partsOfTables } from "../../viewer/read/tables.ts";
import { decoded } from "../../viewer/read/text.ts";
import { partsOfJson } from "../../viewer/read/vosviewer_json.ts";

export function jsonMap(data: unknown): Assembled {
  return assembled(partsOfJson(data, "a.json"));
}

/** Read tables: name and content of each. */
export function tableMap(files: Record<string, string>): Assembled & { notes: string[] } {
  const texts = Object.entries(files).map(([name, text]) => decoded(new TextEncoder().encode(text), name));
  const { parts, notes, checked } = partsOfTables(texts);
  const made = assembled(parts);
  return { ...made, notes: [...notes, ...checked(made)] };
}

/** The links of a map as [source id, target id, strength]. */
export function linksOf({ map }: Pick<Assembled, "map">): [string, string, number][] {
  const { source, target, strength, n } = map.links;
  return [...Array(n).keys()].map((at) => [map.ids[source[at]], map.ids[target[at]], strength[at]]);
}

export function columnsOf(columns: Map<string, ArrayLike<unknown>>): Record<string, unknown[]> {
  return Object.fromEntries([...columns].map(([name, values]) => [name, Array.from(values)]));
}
