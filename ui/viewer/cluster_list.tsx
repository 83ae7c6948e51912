/** The clusters of a map: a click selects all items of one; each can be switched off, named, coloured and merged. */
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { ClusterForm } from "./cluster_form.tsx";
import { clusterName, edited, type ListedCluster, listedClusters, shownAgain } from "./clusters.ts";
import { isAdding } from "./keys.ts";
import { clusterColour } from "./looks/colours.ts";
import type { Looks, MapData } from "./model.ts";
import type { State, Store } from "./state.ts";
import { useStore } from "./use_store.ts";
import { t, tn, written } from "./words.ts";

const LISTED = 60;
const HEAVIEST = 3;

export interface ClusterProps {
  store: Store;
  data: MapData;
  looks: Looks;
}

export function ClusterList(props: ClusterProps) {
  const { store, data } = props;
  const state = useStore(store, "clusters", "palette", "dark", "weight", "selected", "hidden") as State;
  const listed = useMemo(() => listedClusters(data, state), [data, state.clusters, state.weight]);
  const [opened, setOpened] = useState<number | null>(null);
  const [isWhole, setWhole] = useState(false);
  const list = useRef<HTMLUListElement>(null);
  const focused = useRef<number | null>(null);
  useLayoutEffect(() => {
    if (focused.current === null) return;
    list.current?.querySelector<HTMLElement>(`[data-cluster="${focused.current}"]`)?.focus();
    focused.current = null;
  });
  // after closing or merging, the keyboard goes on where the cluster is now
  const close = (at: number) => {
    focused.current = at;
    setOpened(null);
  };
  if (listed.every(({ number }) => number === 0)) return null;
  const shown = isWhole ? listed : listed.slice(0, LISTED);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
    <div class="clusters" role="group" aria-label={t("Clusters")}>
      <ul ref={list}>
        {shown.map((cluster) => (
          <li key={cluster.number}>
            <ClusterRow
              {...props}
              state={state}
              cluster={cluster}
              isOpen={opened === cluster.number}
              onOpen={() => setOpened(opened === cluster.number ? null : cluster.number)}
            />
            {opened === cluster.number && (
              <ClusterForm store={store} data={data} cluster={cluster} all={listed} onClose={close} />
            )}
          </li>
        ))}
      </ul>
      {shown.length < listed.length && (
        <button type="button" class="quiet" onClick={() => setWhole(true)}>
          {t("List all {n} clusters", { n: listed.length })}
        </button>
      )}
      {Object.values(state.clusters).some(({ hidden }) => hidden) && (
        <button
          type="button"
          class="quiet"
          onClick={() => store.change({ clusters: shownAgain(store.state.clusters) })}
        >
          {t("Show all clusters")}
        </button>
      )}
      {Object.keys(state.clusters).length > 0 && (
        <button type="button" class="quiet" onClick={() => store.change({ clusters: {} })}>
          {t("Reset clusters")}
        </button>
      )}
    </div>
  );
}

interface RowProps extends ClusterProps {
  state: State;
  cluster: ListedCluster;
  isOpen: boolean;
  onOpen: () => void;
}

function ClusterRow({ store, data, looks, state, cluster, isOpen, onOpen }: RowProps) {
  const { number, items } = cluster;
  const name = clusterName(data, state.clusters, number);
  const change = (part: Parameters<typeof edited>[2]) =>
    store.change({ clusters: edited(store.state.clusters, number, part) });
  const isOff = state.clusters[number]?.hidden ?? false;
  return (
    <div class={isOff ? "cluster-row off" : "cluster-row"}>
      <input
        type="checkbox"
        checked={!isOff}
        aria-label={t("Show {cluster}", { cluster: name })}
        title={t("Show or hide")}
        onChange={(event) => change({ hidden: !event.currentTarget.checked })}
      />
      <input
        type="color"
        value={clusterColour(number, looks, state)}
        aria-label={t("Colour of {cluster}", { cluster: name })}
        title={t("Change the colour")}
        onInput={(event) => change({ colour: event.currentTarget.value })}
      />
      <button
        type="button"
        class="cluster-name"
        data-cluster={number}
        aria-pressed={areSelected(items, state.selected)}
        title={t("Select all items of this cluster")}
        onClick={(event) => select(store, items, isAdding(event))}
      >
        <span class="what">
          <b>{name}</b>
          <small>{heaviest(data, cluster)}</small>
        </span>
        <span class="count" aria-hidden="true">
          {written(items.length)}
        </span>
        <span class="unseen">{tn("{n} item", "{n} items", items.length)}</span>
      </button>
      {number > 0 && (
        <button
          type="button"
          class="edit"
          aria-expanded={isOpen}
          aria-label={t("Rename or merge {cluster}", { cluster: name })}
          title={t("Rename or merge")}
          onClick={onOpen}
        >
          <svg class="icon" viewBox="0 0 20 20" width="16" height="16" aria-hidden="true">
            <path d="m4 16 .8-3.5L13.5 3.8l2.7 2.7-8.7 8.7L4 16Zm8-10.7 2.7 2.7" />
          </svg>
        </button>
      )}
    </div>
  );
}

/** Its heaviest items tell what a cluster is about. */
function heaviest(data: MapData, { items }: ListedCluster): string {
  return items
    .slice(0, HEAVIEST)
    .map((item) => data.labels[item])
    .join(", ");
}

/** A click selects these items alone, or, with Shift or Ctrl, besides those that are selected. */
function select(store: Store, items: readonly number[], isMore: boolean): void {
  const { hidden, selected } = store.state;
  const chosen = items.filter((item) => !hidden.has(item));
  const before = isMore ? selected : [];
  store.change({ selected: [...new Set([...before, ...chosen])], selectedLink: null });
}

function areSelected(items: readonly number[], selected: readonly number[]): boolean {
  if (!items.length || selected.length < items.length) return false;
  const chosen = new Set(selected);
  return items.every((item) => chosen.has(item));
}
