/** The search field: completes labels, and Enter takes the first match at once, however quickly it was typed. */

import { useEffect, useId, useMemo, useRef, useState } from "preact/hooks";
import { Icon } from "./icons.tsx";
import { isAdding } from "./keys.ts";
import { type Index, indexOf, matches } from "./matching.ts";
import type { Store } from "./state.ts";
import { useStore } from "./use_store.ts";
import { t, tn } from "./words.ts";

const MOST = 12;

interface Props {
  store: Store;
  labels: readonly string[];
  /** Items, heaviest first. */
  order: Int32Array;
  onChoose: (item: number, isAdded: boolean) => void;
}

export function Search({ store, labels, order, onChoose }: Props) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState("");
  const [active, setActive] = useState(0);
  const [isOpen, setOpen] = useState(false);
  // Made when the field is entered, before anything is typed: of 100,000 labels it takes a tenth of a second.
  const index = useMemo(() => later(() => indexOf(labels, order)), [labels, order]);
  const { selected } = useStore(store, "selected");
  const taken = useRef(-1);
  useEffect(() => {
    if (taken.current < 0 || selected.includes(taken.current)) return;
    taken.current = -1;
    setTyped("");
  }, [selected]);
  const found = isOpen ? matches(index(), typed, MOST) : [];

  const take = (item: number | undefined, isAdded: boolean) => {
    if (item === undefined) return;
    setTyped(labels[item]);
    setOpen(false);
    onChoose(item, isAdded);
    taken.current = item;
  };
  const enter = (written: string, isAdded: boolean) => {
    const now = matches(index(), written, MOST);
    take(isOpen && written === typed ? now[active] : now[0], isAdded);
  };
  const step = (by: number) => {
    setOpen(true);
    if (found.length) setActive((active + by + found.length) % found.length);
  };
  const clear = () => {
    setTyped("");
    setOpen(false);
    field.current?.focus();
  };
  const pressed = (event: KeyboardEvent & { currentTarget: HTMLInputElement }) => {
    const acts: Record<string, () => void> = {
      Enter: () => enter(event.currentTarget.value, isAdding(event)),
      ArrowDown: () => step(1),
      ArrowUp: () => step(-1),
      Escape: () => (isOpen ? setOpen(false) : clear()),
    };
    if (!Object.hasOwn(acts, event.key) || event.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    acts[event.key]();
  };

  const isListed = isOpen && typed.trim() !== "";
  return (
    <search class="search">
      <Icon name="search" />
      <input
        ref={field}
        id={`${id}-field`}
        type="text"
        role="combobox"
        aria-label={t("Search items")}
        placeholder={t("Search items")}
        aria-expanded={isListed && found.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        {...(isListed && found.length > 0 ? { "aria-activedescendant": `${id}-${active}` } : {})}
        autocomplete="off"
        autocapitalize="off"
        spellcheck={false}
        enterkeyhint="search"
        value={typed}
        onInput={(event) => {
          taken.current = -1;
          setTyped(event.currentTarget.value);
          setActive(0);
          setOpen(true);
        }}
        onFocus={(event) => {
          event.currentTarget.select();
          setTimeout(index);
        }}
        onBlur={() => setOpen(false)}
        onKeyDown={pressed}
      />
      {typed && (
        <button type="button" class="clear" aria-label={t("Clear search")} onClick={clear}>
          <Icon name="clear" />
        </button>
      )}
      <div id={`${id}-list`} role="listbox" aria-label={t("Matching items")} hidden={!isListed || !found.length}>
        {found.map((item, at) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the active one
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
          <div
            key={item}
            id={`${id}-${at}`}
            role="option"
            aria-selected={at === active}
            onPointerDown={(event) => event.preventDefault()}
            onClick={(event) => take(item, isAdding(event))}
          >
            {labels[item]}
          </div>
        ))}
      </div>
      {isListed && !found.length && <p class="no-match">{t("No item matches.")}</p>}
      <span role="status" class="unseen">
        {isListed && tn("{n} match", "{n} matches", found.length)}
      </span>
    </search>
  );
}

function later(make: () => Index): () => Index {
  let made: Index | null = null;
  return () => {
    made ??= make();
    return made;
  };
}
