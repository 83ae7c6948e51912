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

/** Notes lie over the map until they are read; folded, a button opens them. */
export function Notes({ notes, isFolded }: { notes: readonly string[]; isFolded: boolean }) {
  const [isShut, setShut] = useState(isFolded);
  if (!notes.length || (isShut && !isFolded)) return null;
  if (isShut)
    return (
      <button type="button" class="notes folded" onClick={() => setShut(false)}>
        {tn("{n} note", "{n} notes", notes.length)}
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
