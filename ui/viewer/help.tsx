/** What keys and pointer do, in a dialog. */

import { useEffect, useRef } from "preact/hooks";
import { Icon } from "./icons.tsx";
import { t } from "./words.ts";

const lines = (): [string, string][] => [
  ["/", t("Search")],
  ["1 2 3 4", t("Network, overlay, density, cluster density")],
  ["+ −", t("Zoom in and out; so does the wheel")],
  ["0", t("Show the whole map")],
  ["← ↑ ↓ →", t("Move the map; so does dragging")],
  [t("Shift and arrow"), t("Select the next item in that direction")],
  [t("Click"), t("Select an item or a link")],
  [t("Shift and click"), t("Add an item to the selection")],
  [t("Shift and drag"), t("Select all items within a box")],
  ["Esc", t("Clear the selection")],
  ["Ctrl Z, Ctrl Y", t("Take back a change of how the map looks; make it again")],
  ["?", t("This help")],
];

export function Help({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} aria-labelledby="help-title" onClose={onClose}>
      <div class="dialog-head">
        <h2 id="help-title">{t("Keys and pointer")}</h2>
        <button type="button" class="tool" aria-label={t("Close")} onClick={() => dialog.current?.close()}>
          <Icon name="clear" />
        </button>
      </div>
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
    </dialog>
  );
}
