/** What the page has to say: something that went wrong, and the notes that came with the map. */

import { useState } from "preact/hooks";
import { Icon } from "./icons.tsx";
import { t, tn } from "./words.ts";

/** The region is always there, so that screen readers say what comes into it. */
export function Complaint({ message, onClose }: { message: string; onClose: () => void }) {
  return (
    <div role="alert" class="complaint">
      {message && (
        <>
          <p>{message}</p>
          <Dismiss onClose={onClose} />
        </>
      )}
    </div>
  );
}

/** What the reader waits for; the page's status says it to screen readers. */
export function Awaited({ what }: { what: string }) {
  return what ? (
    <div class="complaint awaited" aria-hidden="true">
      <p>{what}</p>
    </div>
  ) : null;
}

/** Letters of a note that lies over the map; a longer one would cover too many items. */
const LONG = 160;

/** A note lies over the map until it is read; long or several ones, and those of a figure, are folded into a line. */
export function Notes({ notes, isFolded }: { notes: readonly string[]; isFolded: boolean }) {
  const folds = isFolded || notes.length > 1 || (notes[0]?.length ?? 0) > LONG;
  const [isShut, setShut] = useState(folds);
  if (!notes.length || (isShut && !folds)) return null;
  if (isShut)
    return (
      <button type="button" class="notes folded" onClick={() => setShut(false)}>
        {!isFolded && <span class="first">{notes[0]}</span>}
        <span>{tn("{n} note", "{n} notes", notes.length)}</span>
      </button>
    );
  return (
    <div class="notes" role="note" aria-label={t("Notes on this map")}>
      <div>
        {notes.map((note) => (
          <p key={note}>{note}</p>
        ))}
      </div>
      <Dismiss onClose={() => setShut(true)} />
    </div>
  );
}

function Dismiss({ onClose }: { onClose: () => void }) {
  return (
    <button type="button" class="clear" aria-label={t("Dismiss")} onClick={onClose}>
      <Icon name="clear" />
    </button>
  );
}
