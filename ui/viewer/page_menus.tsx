/** The menus of the bar: what is seen, saved as a file; and whatever else the page can do. */

import { useRef, useState } from "preact/hooks";
import type { MapCanvas } from "./canvas.ts";
import { type Entry, Menu } from "./menu.tsx";
import { download } from "./save/download.ts";
import { jsonNote, jsonOf } from "./save/json.ts";
import { savePng } from "./save/png.ts";
import { saveSvg } from "./save/svg.ts";
import { ScaleDialog } from "./scale_dialog.tsx";
import type { Shown } from "./shown.ts";
import { t } from "./words.ts";

interface SaveProps {
  shown: Shown;
  canvas: () => MapCanvas | null;
  complain: (message: string) => void;
}

export function SaveMenu({ shown, canvas, complain }: SaveProps) {
  const [isScaled, setScaled] = useState(false);
  const save = (how: (canvas: MapCanvas, shown: Shown) => void | Promise<void>) => async () => {
    try {
      const seen = canvas();
      if (seen) await how(seen, shown);
    } catch (problem) {
      complain(t("The file could not be saved: {problem}", { problem: messageOf(problem) }));
    }
  };
  const saveAll = (map: MapCanvas): void => {
    saveJson(map, shown);
    const lacking = jsonNote(shown.data);
    if (lacking) complain(lacking);
  };
  const entries: Entry[] = [
    { label: "PNG", hint: t("picture, as on the screen"), act: save((map) => savePng(map, shown, 1)) },
    {
      label: "PNG × 2",
      hint: t("picture at twice the resolution"),
      act: save((map) => savePng(map, shown, 2)),
    },
    { label: "PNG × 4", hint: t("picture for print"), act: save((map) => savePng(map, shown, 4)) },
    { label: "PNG × …", hint: t("picture at any other scale"), act: () => setScaled(true) },
    { label: "SVG", hint: t("vector drawing with text that can be edited"), act: save((map) => saveSvg(map, shown)) },
    { label: "JSON", hint: t("map for VOSviewer and Benang"), act: save(saveAll) },
  ];
  return (
    <>
      <Menu label={t("Save")} icon="save" entries={entries} />
      {isScaled && (
        <ScaleDialog
          width={canvas()?.size().width ?? 0}
          onSave={(scale) => save((map) => savePng(map, shown, scale))()}
          onClose={() => setScaled(false)}
        />
      )}
    </>
  );
}

function saveJson({ scene }: MapCanvas, { data, records, looks, store, title }: Shown): void {
  const text = jsonOf({ data, records, looks, state: store.state, places: scene });
  download(text, `${title || t("Map")}.json`, "application/json");
}

const messageOf = (problem: unknown) => (problem instanceof Error ? problem.message : String(problem));

interface MoreProps {
  onFiles: (files: File[], isBeside: boolean) => void;
  onTwice: () => void;
  onHelp: () => void;
  onAbout: () => void;
  /** Null where the address of the page says nothing of the map. */
  onCopyLink: (() => void) | null;
}

export function MoreMenu({ onFiles, onTwice, onHelp, onAbout, onCopyLink }: MoreProps) {
  const input = useRef<HTMLInputElement>(null);
  const isBeside = useRef(false);
  const ask = (beside: boolean) => () => {
    isBeside.current = beside;
    input.current?.click();
  };
  const entries: Entry[] = [
    { label: t("Open a map…"), hint: t("or drop its file on the page"), act: ask(false) },
    { label: t("Open a map beside it…"), hint: t("what you select on one is selected on both"), act: ask(true) },
    { label: t("Two views side by side"), hint: t("of this map"), act: onTwice },
    ...(onCopyLink ? [{ label: t("Copy the link"), hint: t("to this map as you see it"), act: onCopyLink }] : []),
    { label: t("About this map"), act: onAbout },
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
          onFiles([...(event.currentTarget.files ?? [])], isBeside.current);
          event.currentTarget.value = "";
        }}
      />
    </>
  );
}
