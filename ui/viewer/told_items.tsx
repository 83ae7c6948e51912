/** The picture in words, for those who don't see it. */

import { useMemo } from "preact/hooks";
import { neighboursOf } from "./behind.ts";
import { clusterName } from "./clusters.ts";
import { termsOf } from "./config.ts";
import { shownCluster } from "./looks/colours.ts";
import type { MapData } from "./model.ts";
import { measured, measureName, type Shown } from "./shown.ts";
import { useStore } from "./use_store.ts";
import { t, written } from "./words.ts";

const TOLD = 25;

interface Row {
  item: number;
  /** Of the link to the selected item. */
  strength: number | null;
}

/** Without a selection the heaviest items, else the selected ones, or the one and what it is linked to. */
interface Props {
  shown: Shown;
  weight: string;
  order: Int32Array;
}

export function ToldItems({ shown: { data, store }, weight, order }: Props) {
  const state = { ...store.state, ...useStore(store, "selected", "clusters") };
  const { selected, clusters } = state;
  const cluster = useMemo(() => shownCluster(data, state), [data, clusters]);
  const values = data.weights.get(weight);
  const rows = useMemo(() => toldRows(data, selected, order), [data, selected, order]);
  return (
    <div class="unseen">
      <table>
        <caption>{captionOf(data, selected)}</caption>
        <thead>
          <tr>
            <th scope="col">{termsOf(data).item}</th>
            <th scope="col">{t("Cluster")}</th>
            <th scope="col">{measureName(weight, data)}</th>
            {selected.length === 1 && <th scope="col">{termsOf(data).linkStrength}</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ item, strength }) => (
            <tr key={item}>
              <th scope="row">{data.labels[item]}</th>
              <td>{clusterName(data, clusters, cluster[item])}</td>
              <td>{values ? measured(weight, values[item]) : ""}</td>
              {selected.length === 1 && <td>{strength === null ? "" : written(strength)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function toldRows(data: MapData, selected: readonly number[], order: Int32Array): Row[] {
  if (selected.length === 1) {
    return [{ item: selected[0], strength: null }, ...neighboursOf(data, selected[0]).slice(0, TOLD)];
  }
  const items = selected.length ? selected.slice(0, TOLD) : Array.from(order.subarray(0, TOLD));
  return items.map((item) => ({ item, strength: null }));
}

function captionOf(data: MapData, selected: readonly number[]): string {
  if (!selected.length) return t("The heaviest items of the map");
  if (selected.length > 1) return t("Selected items");
  return t("{item} and the items with the strongest links to it", { item: data.labels[selected[0]] });
}
