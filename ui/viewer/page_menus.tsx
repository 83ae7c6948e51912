/** The menus of the bar: what is seen, saved as a file; and whatever else the page can do. */

import { useRef } from "preact/hooks";
import type { MapCanvas } from "./canvas.ts";
import { type Entry, Menu } from "./menu.tsx";
import { download } from "./save/download.ts";
import { jsonOf } from "./save/json.ts";
import type { Shown } from "./shown.ts";
import { t } from "./words.ts";

interface SaveProps {
  shown: Shown;
  canvas: { current: MapCanvas | null };
  complain: (message: string) => void;
}

export function SaveMenu({ shown, canvas, complain }: SaveProps) {
  const save = (how: (canvas: MapCanvas, shown: Shown) => void | Promise<void>) => async () => {
    try {
      if (canvas.current) await how(canvas.current, shown);
    } catch (problem) {
      complain(t("The file could not be saved: {problem}", { problem: messageOf(problem) }));
    }
  };
  const entries: Entry[] = [{ label: "JSON", hint: t("map for VOSviewer and Benang"), act: save(saveJson) }];
  return <Menu label={t("Save")} icon="save" entries={entries} />;
}

function saveJson({ scene }: MapCanvas, { data, records, looks, store, title }: Shown): void {
  const text = jsonOf({ data, records, looks, state: store.state, places: scene });
  download(text, `${title || t("Map")}.json`, "application/json");
}

const messageOf = (problem: unknown) => (problem instanceof Error ? problem.message : String(problem));

export function MoreMenu({ onFiles, onHelp }: { onFiles: (files: File[]) => void; onHelp: () => void }) {
  const input = useRef<HTMLInputElement>(null);
  const entries: Entry[] = [
    { label: t("Open a map…"), hint: t("or drop its file on the page"), act: () => input.current?.click() },
    { label: t("Keys and pointer"), act: onHelp },
  ];
  return (
    <>
      <Menu label={t("More")} icon="more" entries={entries} />
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t("Open a map…")}
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = "";
        }}
      />
    </>
  );
}
