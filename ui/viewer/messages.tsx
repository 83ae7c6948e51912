/** What the page has to say: something that went wrong, and the notes that came with the map. */

import { useState } from "preact/hooks";
import { Icon } from "./icons.tsx";
import { t } from "./words.ts";

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

export function Notes({ notes }: { notes: readonly string[] }) {
  const [isRead, setRead] = useState(false);
  if (isRead || !notes.length) return null;
  return (
    <div class="notes" role="note" aria-label={t("Notes on this map")}>
      <div>
        {notes.map((note) => (
          <p key={note}>{note}</p>
        ))}
      </div>
      <Dismiss onClose={() => setRead(true)} />
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
