/** How large a picture is saved: its scale, and what that is in print. */

import { useState } from "preact/hooks";
import { NumberField } from "./controls.tsx";
import { Dialog } from "./dialog.tsx";
import { t } from "./words.ts";

const FIRST = 3;
/** What journals ask of pictures, in dots per inch. */
const FINE = 300;
const INCH = 25.4;

interface Props {
  /** Pixels across the map. */
  width: number;
  onSave: (scale: number) => void;
  onClose: () => void;
}

export function ScaleDialog({ width, onSave, onClose }: Props) {
  const [scale, setScale] = useState<number | null>(FIRST);
  const dots = Math.round(width * (scale ?? 0));
  const size = { dots, inPrint: Math.round((dots / FINE) * INCH), fine: FINE };
  return (
    <Dialog title={t("Picture at another scale")} onClose={onClose}>
      {/* The browser closes the dialog of such a form, and gives the focus back. */}
      <form method="dialog" onSubmit={() => scale !== null && onSave(scale)}>
        <NumberField label={t("Scale")} min={0.1} max={100} step={0.1} value={scale} onChange={setScale} />
        <p class="hint">{t("{dots} dots wide: {inPrint} mm in print at {fine} dots per inch", size)}</p>
        <button type="submit" disabled={scale === null}>
          {t("Save")}
        </button>
      </form>
    </Dialog>
  );
}
