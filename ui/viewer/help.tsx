/** What keys and pointer do, and what this map is. */

import { Dialog } from "./dialog.tsx";
import { Description } from "./facts.tsx";
import { aboutMap } from "./html.ts";
import { summary } from "./selection.tsx";
import type { Shown } from "./shown.ts";
import { t } from "./words.ts";

const lines = (): [string, string][] => [
  ["/", t("Search")],
  ["1 2 3 4", t("Network, overlay, density, cluster density")],
  ["+ −", t("Zoom in and out (or use the wheel)")],
  ["0", t("Show the whole map")],
  ["← ↑ ↓ →", t("Move the map (or drag it)")],
  [t("Shift and arrow"), t("Select the next item in that direction")],
  [t("Click"), t("Select an item or a link")],
  [t("Shift and click"), t("Add an item to the selection")],
  [t("Shift and Enter"), t("Add an item from the search field or the table")],
  [t("Shift and drag"), t("Select all items within a box")],
  ["Esc", t("Clear the selection")],
  ["Ctrl Z, Ctrl Y", t("Undo or redo a change to how the map looks")],
  ["?", t("This help")],
];

export function Help({ onClose }: { onClose: () => void }) {
  return (
    <Dialog title={t("Keys and pointer")} onClose={onClose}>
      <dl class="keys">
        {lines().map(([key, meaning]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      <p class="hint">{t("Benang draws this map in your browser. Nothing is sent to anyone.")}</p>
    </Dialog>
  );
}

export function About({ shown: { data, title, notes }, onClose }: { shown: Shown; onClose: () => void }) {
  return (
    <Dialog title={title || t("Map")} onClose={onClose}>
      <p class="facts">{summary(data)}</p>
      <Description html={aboutMap(data)} />
      {notes.map((note) => (
        <p key={note} class="hint">
          {note}
        </p>
      ))}
    </Dialog>
  );
}
