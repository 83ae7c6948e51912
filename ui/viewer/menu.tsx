/** A button that opens a short menu: arrow keys walk through it, Escape and a click elsewhere close it. */

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon, type IconName } from "./icons.tsx";

export interface Entry {
  label: string;
  /** What the entry gives, in smaller letters. */
  hint?: string;
  act: () => void;
}

export function Menu({ label, icon, entries }: { label: string; icon: IconName; entries: readonly Entry[] }) {
  const [isOpen, setOpen] = useState(false);
  const around = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);

  // At once, and not after the next picture: the next key may come before it.
  useLayoutEffect(() => {
    if (isOpen) around.current?.querySelector<HTMLElement>("[role=menuitem]")?.focus();
  }, [isOpen]);
  useEffect(() => {
    if (!isOpen) return;
    const elsewhere = (event: Event) => {
      if (around.current && !event.composedPath().includes(around.current)) setOpen(false);
    };
    window.addEventListener("pointerdown", elsewhere, true);
    return () => window.removeEventListener("pointerdown", elsewhere, true);
  }, [isOpen]);

  const close = () => {
    setOpen(false);
    button.current?.focus();
  };
  const pressed = (event: KeyboardEvent) => {
    if (!isOpen) return;
    if (event.key === "Escape") close();
    else if (event.key === "Tab") return setOpen(false);
    else if (!walk(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the keys belong to the button and the entries within
    <div class="menu" ref={around} onKeyDown={pressed}>
      <button
        ref={button}
        type="button"
        class="tool"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-label={label}
        title={label}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon name={icon} />
        <span class="tool-name">{label}</span>
      </button>
      {isOpen && (
        <div role="menu" aria-label={label}>
          {entries.map((entry) => (
            <button
              key={entry.label}
              type="button"
              role="menuitem"
              tabIndex={-1}
              onClick={() => {
                close();
                entry.act();
              }}
            >
              {entry.label}
              {entry.hint && <small>{entry.hint}</small>}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

/** Move the focus among the siblings of what has it; true where the key was one that moves it. */
export function walk(event: KeyboardEvent): boolean {
  const at = event.target as HTMLElement;
  const all = Array.from(
    at.parentElement?.querySelectorAll<HTMLElement>(`:scope > [role=${at.getAttribute("role")}]`) ?? [],
  );
  const here = all.indexOf(at);
  if (here < 0) return false;
  const steps: Record<string, number> = {
    ArrowDown: here + 1,
    ArrowRight: here + 1,
    ArrowUp: here - 1,
    ArrowLeft: here - 1,
    Home: 0,
    End: all.length - 1,
  };
  if (!(event.key in steps)) return false;
  all[(steps[event.key] + all.length) % all.length].focus();
  return true;
}
