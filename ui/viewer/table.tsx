/** The items as a table, to sort and to choose from. */

import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { clusterName } from "./clusters.ts";
import { termsOf } from "./config.ts";
import { isAdding } from "./keys.ts";
import { clusterColour, shownCluster } from "./looks/colours.ts";
import { fold } from "./matching.ts";
import { type Moves, measured, measureName, type Shown } from "./shown.ts";
import type { State } from "./state.ts";
import { useStore } from "./use_store.ts";
import { t, tn } from "./words.ts";

const PORTION = 100;
/** Up to so many labels are sorted as a dictionary does, which takes seconds for 100,000. */
const DICTIONARY = 5000;

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
  const state = { ...store.state, ...useStore(store, "hidden", "selected", "clusters", "palette", "dark") };
  const { hidden, selected } = state;
  const [sorting, sortBy] = useState<{ name: string; isRising: boolean } | null>(null);
  const [most, setMost] = useState(PORTION);
  const clusters = useMemo(() => shownCluster(data, state), [data, state.clusters]);
  const columns = useMemo(() => columnsOf(shown, clusters, weight), [data, clusters, weight]);
  const items = useMemo(() => {
    const column = columns.find(({ name }) => name === sorting?.name);
    return column && sorting ? sorted(data.labels, order, column, sorting.isRising) : order;
  }, [data, order, columns, sorting]);
  const chosen = useMemo(() => new Set(selected), [selected]);
  const listed = useMemo(() => withSelected(items, selected, most), [items, selected, most]);
  const table = useRef<HTMLTableElement>(null);
  useLayoutEffect(() => table.current?.querySelector(".chosen")?.scrollIntoView({ block: "nearest" }), [selected]);
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
      <table class="items" ref={table}>
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
            <ItemRow
              key={item}
              {...{ shown, moves, state, item, columns }}
              cluster={clusters[item]}
              isChosen={chosen.has(item)}
            />
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

function columnsOf({ data }: Shown, clusters: Int32Array, weight: string): Column[] {
  return [
    { name: "", label: termsOf(data).item, values: null },
    { name: "cluster", label: t("Cluster"), values: clusters },
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
  const compare = alphabetically(labels);
  const sign = isRising ? 1 : -1;
  const rising = values
    ? (a: number, b: number) => sign * (values[a] - values[b])
    : (a: number, b: number) => sign * compare(a, b);
  return Int32Array.from(order).sort(rising);
}

function alphabetically(labels: readonly string[]): (a: number, b: number) => number {
  if (labels.length <= DICTIONARY) {
    const { compare } = new Intl.Collator();
    return (a, b) => compare(labels[a], labels[b]);
  }
  const folded = labels.map(fold);
  return (a, b) => (folded[a] < folded[b] ? -1 : folded[a] > folded[b] ? 1 : 0);
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
  state: State;
  item: number;
  cluster: number;
  columns: readonly Column[];
  isChosen: boolean;
}

function ItemRow({ shown: { data, looks }, moves, state, item, cluster, columns, isChosen }: RowProps) {
  return (
    <tr
      onPointerEnter={() => moves.light(item)}
      onPointerLeave={() => moves.light(null)}
      class={isChosen ? "chosen" : state.hidden.has(item) ? "hidden-item" : ""}
    >
      <th scope="row">
        <button type="button" aria-pressed={isChosen} onClick={(event) => moves.choose(item, isAdding(event))}>
          {data.labels[item]}
        </button>
      </th>
      <td title={clusterName(data, state.clusters, cluster)}>
        <span class="dot" style={{ background: clusterColour(cluster, looks, state) }} />
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
