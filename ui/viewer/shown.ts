/** What the page shows: one map with all that came with it, and the state in which it is looked at. */

import { termsOf } from "./config.ts";
import type { History } from "./history.ts";
import type { Looks, MapData, RecordColumns } from "./model.ts";
import type { Scene } from "./scene.ts";
import type { State, Store } from "./state.ts";
import { t, tn, word, written } from "./words.ts";

export interface Shown {
  data: MapData;
  records: RecordColumns | null;
  looks: Looks;
  title: string;
  notes: readonly string[];
  store: Store;
  /** What was changed of how the map looks, to be taken back. */
  history: History;
  /** The state that the reader found, to which "Reset" returns. */
  start: Readonly<State>;
}

/** What a panel asks of the map. */
export interface Moves {
  /** Select an item and bring it into view; or add it to the selection, or take it out again. */
  choose(item: number, isAdded?: boolean): void;
  /** Select a link and bring its ends into view. */
  chooseLink(one: number, other: number): void;
  /** Light an item on the map as if the pointer were on it, or none. */
  light(item: number | null): void;
  /** Tell the reader something that went wrong. */
  complain(message: string): void;
}

export const nothingChosen: Pick<State, "selected" | "selectedLink"> = { selected: [], selectedLink: null };

/** So many of what is behind items: records, or the cases of a review. */
export function counted({ kinds }: MapData, n: number): string {
  return kinds.unit === "cases" ? tn("{n} case", "{n} cases", n) : tn("{n} record", "{n} records", n);
}

/** The value of a weight or a score as it is read; years have no thousands separator. */
export function measured(name: string, value: number): string {
  if (!Number.isFinite(value)) return t("none");
  if (/year/i.test(name)) return String(Math.round(value * 10) / 10).replace(".", written(1.5)[1]);
  return written(Number(Math.abs(value) >= 1 ? value.toFixed(2) : value.toPrecision(3)));
}

/** A weight or a score as the reader knows it; maps may have words of their own for links. */
export function measureName(name: string, data?: MapData): string {
  if (data && name === "Links") return termsOf(data).links;
  if (data && name === "Total link strength") return termsOf(data).totalLinkStrength;
  return name ? word(name) : t("Weight");
}

/** What sizes the items: a weight, or, while only some years are shown, what an item has in them. */
export function sizedBy({ data, weightName, counting }: Pick<Scene, "data" | "weightName" | "counting">): string {
  if (counting === "links") return t("Link strength in these years");
  if (counting === null) return measureName(weightName, data);
  return data.kinds.unit === "cases" ? t("Cases in these years") : t("Records in these years");
}
