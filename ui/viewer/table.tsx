/** The items as a table: to sort, to choose from, and for those who don't see the picture. */

import { useMemo, useState } from "preact/hooks";
import { neighboursOf } from "./behind.ts";
import { clusterName } from "./clusters.ts";
import { termsOf } from "./config.ts";
import { clusterColour, shownCluster } from "./looks/colours.ts";
import { type Moves, measured, measureName, type Shown } from "./shown.ts";
import { useStore } from "./use_store.ts";
import { t, tn, written } from "./words.ts";

const PORTION = 100;
const TOLD = 25;

interface Column {
  name: string;
  label: string;
  values: ArrayLike<number> | null;
}

export function ItemTable({
  shown,
  moves,
  weight,
  order,
}: {
  shown: Shown;
  moves: Moves;
  weight: string;
  order: Int32Array;
}) {
  const { data, store } = shown;
  const { hidden, selected } = useStore(store, "hidden", "selected");
  const [sorting, sortBy] = useState<{ name: string; isRising: boolean } | null>(null);
  const [most, setMost] = useState(PORTION);
  const columns = useMemo(() => columnsOf(shown, weight), [data, weight]);
  const items = useMemo(() => {
    const column = columns.find(({ name }) => name === sorting?.name);
    return column && sorting ? sorted(data.labels, order, column, sorting.isRising) : order;
  }, [data, order, columns, sorting]);
  const chosen = useMemo(() => new Set(selected), [selected]);
  const listed = useMemo(() => withSelected(items, selected, most), [items, selected, most]);
  const sort = (column: Column) => {
    const wasRising = sorting?.name === column.name ? sorting.isRising : column.values !== null;
    sortBy({ name: column.name, isRising: !wasRising });
  };
  return (
    <>
      <h2 class="unseen">{t("Items")}</h2>
      {hidden.size > 0 && (
        <p class="hint">
          {tn("{n} hidden item.", "{n} hidden items.", hidden.size)}{" "}
          <button type="button" class="quiet" onClick={() => store.change({ hidden: new Set() })}>
            {t("Show hidden items")}
          </button>
        </p>
      )}
      <table class="items">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.name} scope="col" aria-sort={sortingOf(column, sorting)}>
                <button type="button" onClick={() => sort(column)}>
                  {column.label}
                </button>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {listed.map((item) => (
            <ItemRow key={item} shown={shown} moves={moves} item={item} columns={columns} isChosen={chosen.has(item)} />
          ))}
        </tbody>
      </table>
      {items.length > most && (
        <button type="button" class="quiet" onClick={() => setMost(most + 5 * PORTION)}>
          {tn("Show {n} more item", "Show {n} more items", Math.min(5 * PORTION, items.length - most))}
        </button>
      )}
    </>
  );
}

function columnsOf({ data }: Shown, weight: string): Column[] {
  return [
    { name: "", label: termsOf(data).item, values: null },
    { name: "cluster", label: t("Cluster"), values: data.cluster },
    ...(data.weights.has(weight)
      ? [{ name: `weight ${weight}`, label: measureName(weight, data), values: data.weights.get(weight) ?? null }]
      : []),
  ];
}

function sortingOf({ name }: Column, sorting: { name: string; isRising: boolean } | null) {
  if (sorting?.name !== name) return undefined;
  return sorting.isRising ? "ascending" : "descending";
}

function sorted(labels: readonly string[], order: Int32Array, { values }: Column, isRising: boolean): Int32Array {
  const compare = new Intl.Collator().compare;
  const sign = isRising ? 1 : -1;
  const rising = values
    ? (a: number, b: number) => sign * (values[a] - values[b])
    : (a: number, b: number) => sign * compare(labels[a], labels[b]);
  return Int32Array.from(order).sort(rising);
}

/** The first items of a list, and before them those selected ones that come later in it. */
function withSelected(items: Int32Array, selected: readonly number[], most: number): number[] {
  const first = Array.from(items.subarray(0, most));
  const there = new Set(first);
  return [...selected.filter((item) => !there.has(item)).slice(0, PORTION), ...first];
}

interface RowProps {
  shown: Shown;
  moves: Moves;
  item: number;
  columns: readonly Column[];
  isChosen: boolean;
}

function ItemRow({ shown: { data, looks, store }, moves, item, columns, isChosen }: RowProps) {
  const { clusters, hidden } = store.state;
  const cluster = shownCluster(data, store.state)[item];
  return (
    <tr
      onPointerEnter={() => moves.light(item)}
      onPointerLeave={() => moves.light(null)}
      class={isChosen ? "chosen" : hidden.has(item) ? "hidden-item" : ""}
    >
      <th scope="row">
        <button type="button" aria-pressed={isChosen} onClick={() => moves.choose(item)}>
          {data.labels[item]}
        </button>
      </th>
      <td title={clusterName(data, clusters, cluster)}>
        <span class="dot" style={{ background: clusterColour(cluster, looks, store.state) }} />
        {cluster || ""}
      </td>
      {columns.slice(2).map(({ name, values }) => (
        <td key={name} class="number">
          {values && measured(name, values[item])}
        </td>
      ))}
    </tr>
  );
}

/**
 * What the picture shows, in words, for those who don't see it: without a selection the heaviest items, else the
 * selected ones and what they are linked to.
 */
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
          <th scope="col">{t("Item")}</th>
          <th scope="col">{t("Cluster")}</th>
          <th scope="col">{measureName(weight)}</th>
          {selected.length === 1 && <th scope="col">{t("Link strength")}</th>}
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
