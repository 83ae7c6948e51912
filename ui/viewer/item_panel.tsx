/** An item: what the map says of it, its strongest links, and its records. */

import { useMemo, useState } from "preact/hooks";
import { type Neighbour, neighboursOf, recordsOfItem } from "./behind.ts";
import { clusterName } from "./clusters.ts";
import { termsOf } from "./config.ts";
import { Description, Facts } from "./facts.tsx";
import { itemDescription, safeAddress } from "./html.ts";
import { Icon } from "./icons.tsx";
import { clusterColour, shownCluster } from "./looks/colours.ts";
import { Records } from "./records.tsx";
import { type Moves, measured, measureName, nothingChosen, type Shown } from "./shown.ts";
import { useStore } from "./use_store.ts";
import { t, tn, written } from "./words.ts";

const FEW_LINKS = 5;
const SHOWN_ELSEWHERE = new Set(["description", "url", "sublabel", "red", "green", "blue"]);

export function ItemPanel({ shown, moves, item }: { shown: Shown; moves: Moves; item: number }) {
  const { data } = shown;
  const records = recordsOfItem(data, item);
  const neighbours = useMemo(() => neighboursOf(data, item), [data, item]);
  const sublabel = data.attributes.get("sublabel")?.[item];
  const address = safeAddress(data.attributes.get("url")?.[item]);
  return (
    <>
      <h2>{data.labels[item]}</h2>
      {typeof sublabel === "string" && sublabel && <p class="facts">{sublabel}</p>}
      <ClusterLine shown={shown} item={item} />
      <Description html={itemDescription(data, item)} />
      {address && (
        <p>
          <a href={address} target="_blank" rel="noopener noreferrer">
            {t("Open its page")}
            <Icon name="outside" />
          </a>
        </p>
      )}
      <Facts facts={factsOf(shown, item)} />
      <ItemActions shown={shown} item={item} neighbours={neighbours} />
      <h3>
        {termsOf(data).links} ({written(neighbours.length)})
      </h3>
      <Neighbours shown={shown} moves={moves} item={item} neighbours={neighbours} />
      <Records shown={shown} places={records} of={data.labels[item]} complain={moves.complain} />
    </>
  );
}

/** The cluster of the item; a click selects all of it. */
function ClusterLine({ shown: { data, looks, store }, item }: { shown: Shown; item: number }) {
  const state = { ...store.state, ...useStore(store, "clusters", "palette", "dark") };
  const cluster = shownCluster(data, state)[item];
  if (!cluster) return null;
  const all = () => {
    const clusters = shownCluster(data, store.state);
    const selected = [...clusters.keys()].filter((at) => clusters[at] === cluster && !store.state.hidden.has(at));
    store.change({ selected, selectedLink: null });
  };
  return (
    <p>
      <button type="button" class="cluster" onClick={all} title={t("Select all items of this cluster")}>
        <span class="dot" style={{ background: clusterColour(cluster, looks, state) }} />
        {clusterName(data, state.clusters, cluster)}
      </button>
    </p>
  );
}

/** Weights, scores and whatever else the file says of an item. */
function factsOf({ data }: Shown, item: number): [string, string][] {
  const { weights, scores } = data;
  // A file may have the same numbers as a weight and as a score.
  const own = [...scores].filter(([name, values]) => weights.get(name)?.[item] !== values[item]);
  const numbers = [...weights, ...own].filter(([, values]) => Number.isFinite(values[item]));
  const further = [...data.attributes].filter(([name]) => !SHOWN_ELSEWHERE.has(name));
  return [
    ...numbers.map(([name, values]): [string, string] => [measureName(name, data), measured(name, values[item])]),
    ...further
      .map(([name, values]): [string, string] => [name, textOf(values[item])])
      .filter(([, value]) => value !== ""),
  ];
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return written(value);
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

interface ActionProps {
  shown: Shown;
  item: number;
  neighbours: readonly Neighbour[];
}

function ItemActions({ shown: { store }, item, neighbours }: ActionProps) {
  const hide = () => store.change({ hidden: new Set([...store.state.hidden, item]), ...nothingChosen });
  const withNeighbours = () => store.change({ selected: [item, ...neighbours.map((one) => one.item)] });
  return (
    <div class="actions">
      {neighbours.length > 0 && (
        <button type="button" onClick={withNeighbours}>
          {t("Select its neighbours, too")}
        </button>
      )}
      <button type="button" onClick={hide}>
        {t("Hide this item")}
      </button>
    </div>
  );
}

/** Linked items, the strongest link first: the name goes to the item, the strength to the link. */
function Neighbours({ shown: { data }, moves, item, neighbours }: ActionProps & { moves: Moves }) {
  const [most, setMost] = useState(FEW_LINKS);
  const strongest = neighbours[0]?.strength || 1;
  return (
    <>
      <ul class="neighbours">
        {neighbours.slice(0, most).map(({ item: other, strength }) => (
          <li key={other} onPointerEnter={() => moves.light(other)} onPointerLeave={() => moves.light(null)}>
            <button type="button" class="name" onClick={() => moves.choose(other)}>
              {data.labels[other]}
            </button>
            <button
              type="button"
              class="strength"
              aria-label={t("Link with {item}, strength {strength}", { item: data.labels[other], strength })}
              title={t("Show this link and its records")}
              onClick={() => moves.chooseLink(item, other)}
            >
              <span class="gauge" style={{ inlineSize: `${Math.max(4, (60 * strength) / strongest)}px` }} />
              {written(Number(strength.toPrecision(4)))}
            </button>
          </li>
        ))}
      </ul>
      {neighbours.length > most && (
        <button type="button" class="quiet" onClick={() => setMost(most + 50)}>
          {tn("Show {n} more link", "Show {n} more links", Math.min(50, neighbours.length - most))}
        </button>
      )}
    </>
  );
}
