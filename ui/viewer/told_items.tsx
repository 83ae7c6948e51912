/** The picture in words, for those who don't see it. */

import { useMemo } from "preact/hooks";
import { neighboursOf } from "./behind.ts";
import { clusterName } from "./clusters.ts";
import { termsOf } from "./config.ts";
import { measured, measureName, type Shown } from "./shown.ts";
import { useStore } from "./use_store.ts";
import { t, written } from "./words.ts";

const TOLD = 25;

/** Without a selection the heaviest items, else the selected ones, or the one and what it is linked to. */
export function ToldItems({
  shown: { data, store },
  weight,
  order,
}: {
  shown: Shown;
  weight: string;
  order: Int32Array;
}) {
  const { selected, clusters } = useStore(store, "selected", "clusters");
  const values = data.weights.get(weight);
  const rows = useMemo(() => toldRows(), [data, selected, order]);
  function toldRows(): { item: number; strength: number | null }[] {
    if (selected.length !== 1) {
      const items = selected.length ? selected.slice(0, TOLD) : Array.from(order.subarray(0, TOLD));
      return items.map((item) => ({ item, strength: null }));
    }
    return [{ item: selected[0], strength: null }, ...neighboursOf(data, selected[0]).slice(0, TOLD)];
  }
  const [first] = selected;
  const caption =
    selected.length === 1
      ? t("{item} and the items with the strongest links to it", { item: data.labels[first] })
      : selected.length
        ? t("Selected items")
        : t("The heaviest items of the map");
  return (
    <table class="unseen">
      <caption>{caption}</caption>
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
            <td>{clusterName(data, clusters, data.cluster[item])}</td>
            <td>{values ? measured(weight, values[item]) : ""}</td>
            {selected.length === 1 && <td>{strength === null ? "" : written(strength)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
