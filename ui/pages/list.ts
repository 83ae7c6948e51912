/** Movement in a list (`data-list`) from item to item (`data-item`), by j and k or the arrows; one item is the current one. */
import { isWriting } from "../viewer/keys.ts";
import { isPressable, openDialog } from "./elements.ts";

const STEPS: Readonly<Record<string, number>> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

/** The place to which a step leads, or null where the list is empty; -1 is before the first. */
export function stepped(from: number, by: number, count: number): number | null {
  if (count === 0) return null;
  return Math.min(count - 1, Math.max(0, from < 0 ? 0 : from + by));
}

const listShown = (): HTMLElement | null => {
  const focused = document.activeElement?.closest<HTMLElement>("[data-list]");
  return focused ?? [...document.querySelectorAll<HTMLElement>("[data-list]")].find(isPressable) ?? null;
};

const itemsOf = (list: HTMLElement): HTMLElement[] =>
  [...list.querySelectorAll<HTMLElement>("[data-item]")].filter((item) => item.closest("[data-list]") === list);

/** The current item of the list that has the focus, else of the first on the page. */
export function currentItem(): HTMLElement | null {
  const focused = document.activeElement?.closest<HTMLElement>("[data-item]");
  return focused ?? listShown()?.querySelector<HTMLElement>("[data-item][aria-current=true]") ?? null;
}

function choose(list: HTMLElement, item: HTMLElement): void {
  for (const one of itemsOf(list)) {
    one.tabIndex = one === item ? 0 : -1;
    if (one === item) one.setAttribute("aria-current", "true");
    else one.removeAttribute("aria-current");
  }
  list.dataset.at = String(itemsOf(list).indexOf(item));
  places.set(keyOf(list), { id: item.id, at: itemsOf(list).indexOf(item) });
}

/** Where each list was, so that it is there again after it was fetched anew. */
const places = new Map<string, { id: string; at: number }>();
const keyOf = (list: HTMLElement): string => list.id || (list.dataset.list ?? "");

/** Every list has a current item: the one it had, else the one that has come to its place, else the first. */
function settle(): void {
  for (const list of document.querySelectorAll<HTMLElement>("[data-list]")) {
    const items = itemsOf(list);
    if (items.length === 0) continue;
    const was = places.get(keyOf(list));
    const marked = items.find((item) => item.getAttribute("aria-current") === "true");
    const same = was?.id ? items.find(({ id }) => id === was.id) : undefined;
    choose(list, marked ?? same ?? items[Math.min(was?.at ?? 0, items.length - 1)]);
  }
}

export function setUpLists(): void {
  settle();
  // where an item was only removed, nothing is loaded
  for (const end of ["htmx:load", "htmx:afterRequest"]) document.addEventListener(end, settle);
  document.addEventListener("focusin", ({ target }) => {
    const item = (target as Element).closest<HTMLElement>("[data-item]");
    const list = item?.closest<HTMLElement>("[data-list]");
    if (item && list) choose(list, item);
  });
  addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (openDialog() || isWriting(event.composedPath()[0])) return;
    if (event.key === "Enter" ? open(event) : step(event.key)) event.preventDefault();
  });
}

/** The arrows scroll the page as ever, unless an item has the focus. */
function step(key: string): boolean {
  const by = Object.hasOwn(STEPS, key) ? STEPS[key] : 0;
  const isInList = document.activeElement?.closest("[data-item]") !== null;
  const list = by && (isInList || key.length === 1) ? listShown() : null;
  if (!list) return false;
  const items = itemsOf(list);
  const at = items.findIndex((item) => item.getAttribute("aria-current") === "true");
  const next = stepped(at, isInList || at < 0 ? by : 0, items.length);
  if (next === null) return false;
  choose(list, items[next]);
  items[next].focus({ preventScroll: true });
  items[next].scrollIntoView({ block: "nearest" });
  return true;
}

function open(event: KeyboardEvent): boolean {
  const item = event.target as HTMLElement;
  if (!item.matches("[data-item]")) return false;
  const opener = item.querySelector<HTMLElement>("[data-open]") ?? item.querySelector<HTMLElement>("a[href]");
  opener?.click();
  return opener !== null;
}
