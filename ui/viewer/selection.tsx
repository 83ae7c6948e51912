/** The panel of what is selected: an item, a link, several items, or how to select. */

import { useMemo, useState } from "preact/hooks";
import { anyRecords, behindLink, linksAmong, recordsOfItem, sharedRecords } from "./behind.ts";
import { termsOf } from "./config.ts";
import { Icon } from "./icons.tsx";
import { ItemPanel } from "./item_panel.tsx";
import { LinkPanel } from "./link_panel.tsx";
import type { MapData } from "./model.ts";
import { Records } from "./records.tsx";
import { counted, type Moves, nothingChosen, type Shown } from "./shown.ts";
import type { State } from "./state.ts";
import { useStore } from "./use_store.ts";
import { t, tn, written } from "./words.ts";

const FEW = 12;

export function SelectionPanel({ shown, moves }: { shown: Shown; moves: Moves }) {
  const { selected, selectedLink } = useStore(shown.store, "selected", "selectedLink");
  if (selectedLink) return <LinkPanel key={selectedLink.join()} shown={shown} moves={moves} ends={selectedLink} />;
  if (selected.length === 1) return <ItemPanel key={selected[0]} shown={shown} moves={moves} item={selected[0]} />;
  if (selected.length > 1) return <SeveralPanel shown={shown} moves={moves} items={selected} />;
  return <NothingPanel shown={shown} />;
}

function NothingPanel({ shown: { data, title } }: { shown: Shown }) {
  return (
    <>
      <h2>{title || t("Map")}</h2>
      <p class="facts">{summary(data)}</p>
      <p class="hint">
        {t(
          "Click an item or a link to see what is behind it. Shift and click adds an item; Shift and drag selects all within a box.",
        )}
      </p>
    </>
  );
}

/** How much a map shows, in a line: in the file's own words where it has some, which have no plural to go by. */
export function summary(data: MapData): string {
  const own = termsOf(data);
  const clusters = new Set(data.cluster.filter((cluster) => cluster > 0)).size;
  const parts = [
    own.items === t("Items") ? tn("{n} item", "{n} items", data.n) : `${own.items}: ${written(data.n)}`,
    own.links === t("Links") ? tn("{n} link", "{n} links", data.allLinks) : `${own.links}: ${written(data.allLinks)}`,
    own.clusters === t("Clusters") ? tn("{n} cluster", "{n} clusters", clusters) : `${own.clusters}: ${clusters}`,
  ];
  return (clusters ? parts : parts.slice(0, 2)).join(" · ");
}

function SeveralPanel({ shown, moves, items }: { shown: Shown; moves: Moves; items: readonly number[] }) {
  const { data, store } = shown;
  const [isShared, setShared] = useState(true);
  const shared = useMemo(() => sharedRecords(data, items), [data, items]);
  const any = useMemo(() => anyRecords(data, items), [data, items]);
  const links = useMemo(() => linksAmong(data, items), [data, items]);
  const places = isShared ? shared : any;
  const hide = () => store.change({ hidden: new Set([...store.state.hidden, ...items]), ...nothingChosen });
  return (
    <>
      <h2>{tn("{n} item selected", "{n} items selected", items.length)}</h2>
      <p class="facts">{tn("{n} link among them", "{n} links among them", links.length)}</p>
      <Chips shown={shown} moves={moves} items={items} />
      <div class="actions">
        <button type="button" onClick={hide}>
          {t("Hide these items")}
        </button>
        <button type="button" onClick={() => store.change(nothingChosen)}>
          {t("Clear selection")}
        </button>
      </div>
      {data.records && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
        <div class="either" role="group" aria-label={t("Which records")}>
          <button type="button" aria-pressed={isShared} onClick={() => setShared(true)}>
            {t("In all of them ({n})", { n: shared.length })}
          </button>
          <button type="button" aria-pressed={!isShared} onClick={() => setShared(false)}>
            {t("In any of them ({n})", { n: any.length })}
          </button>
        </div>
      )}
      <Records
        key={`${isShared}`}
        shown={shown}
        places={places}
        of={t("Selected items")}
        none={t("No record contains all of these items.")}
        complain={moves.complain}
      />
    </>
  );
}

/** The selected items; each can be taken out of the selection. */
function Chips({ shown: { data, store }, moves, items }: { shown: Shown; moves: Moves; items: readonly number[] }) {
  const [areAll, showAll] = useState(false);
  const visible = areAll ? items : items.slice(0, FEW);
  const without = (item: number) => store.change({ selected: items.filter((other) => other !== item) });
  return (
    <ul class="chips" aria-label={t("Selected items")}>
      {visible.map((item) => (
        <li key={item}>
          <button type="button" onClick={() => moves.choose(item)}>
            {data.labels[item]}
          </button>
          <button
            type="button"
            aria-label={t("Remove {item}", { item: data.labels[item] })}
            onClick={() => without(item)}
          >
            <Icon name="clear" />
          </button>
        </li>
      ))}
      {visible.length < items.length && (
        <li>
          <button type="button" onClick={() => showAll(true)}>
            {t("{n} more", { n: items.length - visible.length })}
          </button>
        </li>
      )}
    </ul>
  );
}

/** What a screen reader is told of the selection. */
export function saidOfSelection(data: MapData, { selected, selectedLink }: Pick<State, "selected" | "selectedLink">) {
  const records = (n: number) => (data.records ? counted(data, n) : "");
  const said = (what: string, n: number) => [what, records(n)].filter(Boolean).join("; ");
  if (selectedLink) {
    const [one, other] = selectedLink.map((item) => data.labels[item]);
    return said(
      t("Link between {one} and {other} selected", { one, other }),
      behindLink(data, ...selectedLink).records.length,
    );
  }
  if (selected.length === 1) {
    return said(t("{item} selected", { item: data.labels[selected[0]] }), recordsOfItem(data, selected[0]).length);
  }
  if (selected.length > 1) {
    const what = tn("{n} item selected", "{n} items selected", selected.length);
    return data.records
      ? `${what}; ${tn("{n} record in all of them", "{n} records in all of them", sharedRecords(data, selected).length)}`
      : what;
  }
  return "";
}
