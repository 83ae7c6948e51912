/** What can be changed about one cluster: its name, and the cluster that it is shown as a part of. */
import { useEffect, useId, useRef } from "preact/hooks";
import { clusterName, edited, type ListedCluster, merge, only, separate } from "./clusters.ts";
import type { MapData } from "./model.ts";
import type { Store } from "./state.ts";
import { t } from "./words.ts";

interface Props {
  store: Store;
  data: MapData;
  cluster: ListedCluster;
  all: readonly ListedCluster[];
  /** Told of the cluster at which the keyboard goes on. */
  onClose: (at: number) => void;
}

export function ClusterForm({ store, data, cluster, all, onClose }: Props) {
  const { number, merged } = cluster;
  const { clusters } = store.state;
  const [name, into] = [useId(), useId()];
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  const others = all.filter((other) => other.number > 0 && other.number !== number);
  const rename = (label: string) =>
    store.change({ clusters: edited(store.state.clusters, number, { label: label.trim() }) });
  return (
    <form
      class="cluster-form"
      onSubmit={(event) => {
        event.preventDefault();
        rename(field.current?.value ?? "");
        onClose(number);
      }}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === "Escape") onClose(number);
      }}
    >
      <label for={name}>{t("Name")}</label>
      <input
        id={name}
        ref={field}
        type="text"
        defaultValue={clusters[number]?.label ?? data.clusterLabels.get(number) ?? ""}
        placeholder={clusterName(data, {}, number)}
      />
      {others.length > 0 && (
        <>
          <label for={into}>{t("Show as part of")}</label>
          <select
            id={into}
            value=""
            onChange={(event) => {
              const target = Number(event.currentTarget.value);
              store.change({ clusters: merge(store.state.clusters, number, target) });
              onClose(target);
            }}
          >
            <option value="">{t("a cluster of its own")}</option>
            {others.map((other) => (
              <option key={other.number} value={other.number}>
                {clusterName(data, clusters, other.number)}
              </option>
            ))}
          </select>
        </>
      )}
      {merged.map((part) => (
        <button
          key={part}
          type="button"
          class="quiet"
          onClick={() => store.change({ clusters: separate(store.state.clusters, part) })}
        >
          {t("Separate {cluster}", { cluster: clusterName(data, clusters, part) })}
        </button>
      ))}
      <div class="form-ends">
        <button type="submit">{t("Done")}</button>
        {all.length > 1 && (
          <button type="button" onClick={() => store.change({ clusters: only(store.state.clusters, number, all) })}>
            {t("Show only this cluster")}
          </button>
        )}
      </div>
    </form>
  );
}
