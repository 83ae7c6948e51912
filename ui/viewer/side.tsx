/** The panel beside the map: legend, selection, items, settings. On narrow screens it is a sheet from below. */

import { useLayoutEffect, useRef } from "preact/hooks";
import { Icon } from "./icons.tsx";
import { Legend } from "./legend.tsx";
import { SelectionPanel } from "./selection.tsx";
import { Settings } from "./settings.tsx";
import type { Moves, Shown } from "./shown.ts";
import { ItemTable } from "./table.tsx";
import { Tabs } from "./tabs.tsx";
import { useKeptFocus } from "./use_kept_focus.ts";
import { t } from "./words.ts";

export type Panel = "legend" | "selection" | "items" | "settings";

export interface SideState {
  panel: Panel;
  isOpen: boolean;
}

interface Props {
  /** Whether the map is what the page is about, and not a figure in it. */
  hasPage: boolean;
  shown: Shown;
  moves: Moves;
  weight: string;
  order: Int32Array;
  state: SideState;
  onChange: (state: SideState) => void;
  onClose: () => void;
  /** The part of their own size that circles have on the picture. */
  circles: () => number;
}

export function Side(props: Props) {
  const { hasPage, shown, moves, weight, order, onChange, onClose, circles } = props;
  const { panel, isOpen } = props.state;
  const side = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const { selected, selectedLink } = shown.store.state;
  useLayoutEffect(() => {
    if (panel !== "items") body.current?.scrollTo(0, 0);
  }, [panel, selected, selectedLink]);
  useKeptFocus(side, () => body.current ?? side.current?.querySelector("button"));
  const choose = (chosen: Panel) => onChange({ panel: chosen, isOpen: true });
  const tabs = [
    { value: "legend" as const, label: t("Legend") },
    { value: "selection" as const, label: t("Selection") },
    { value: "items" as const, label: t("Items") },
  ];
  // A page of many figures has no landmarks in each of them.
  const Around = (hasPage ? "aside" : "div") as "div";
  return (
    <Around
      ref={side}
      role={hasPage ? undefined : "group"}
      class={isOpen ? "side open" : "side"}
      aria-label={[t("Details"), shown.title].filter(Boolean).join(": ")}
    >
      <div class="side-tabs">
        {panel === "settings" && isOpen ? (
          <h2>{t("Settings")}</h2>
        ) : (
          <Tabs
            label={t("Panel")}
            tabs={tabs}
            chosen={isOpen && panel !== "settings" ? panel : null}
            controls="panel"
            onChoose={choose}
          />
        )}
        {isOpen && (
          <button type="button" class="clear" aria-label={t("Close panel")} title={t("Close panel")} onClick={onClose}>
            <Icon name="clear" />
          </button>
        )}
      </div>
      {isOpen && (
        <div
          class="side-body"
          id="panel"
          ref={body}
          tabIndex={-1}
          {...(panel === "settings"
            ? { role: "group", "aria-label": t("Settings") }
            : { role: "tabpanel", "aria-labelledby": `panel-${panel}` })}
        >
          {panel === "legend" && <Legend {...shown} circles={circles} />}
          {panel === "selection" && <SelectionPanel shown={shown} moves={moves} />}
          {panel === "items" && <ItemTable shown={shown} moves={moves} weight={weight} order={order} />}
          {panel === "settings" && <Settings shown={shown} weight={weight} />}
        </div>
      )}
    </Around>
  );
}
