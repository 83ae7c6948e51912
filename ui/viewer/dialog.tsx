/** A dialog over the page: the browser keeps the focus in it, Escape closes it, and the focus returns. */

import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { Icon } from "./icons.tsx";
import { t } from "./words.ts";

interface Props {
  title: string;
  onClose: () => void;
  children: ComponentChildren;
}

export function Dialog({ title, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} aria-labelledby={id} onClose={onClose}>
      <div class="dialog-head">
        <h2 id={id}>{title}</h2>
        <button
          type="button"
          class="clear"
          aria-label={t("Close")}
          title={t("Close")}
          onClick={() => dialog.current?.close()}
        >
          <Icon name="clear" />
        </button>
      </div>
      {children}
    </dialog>
  );
}
