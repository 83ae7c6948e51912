/** The focus survives a swap: it goes to the control that is the same one in what has come. */
import type { HtmxBeforeSwapDetails } from "htmx.org";
import { isPressable, nameOf } from "./elements.ts";

/** What a control can be known by again. */
export interface Signs {
  tag: string;
  id: string;
  name: string;
  value: string;
  key: string;
  label: string;
}

/** How sure it is that a control is the one with these signs: 0 if it isn't, more is surer. */
export function likeness(one: Signs, other: Signs): number {
  if (one.tag !== other.tag) return 0;
  if (one.id && one.id === other.id) return 4;
  if (one.name && one.name === other.name) return one.value === other.value ? 3 : 2;
  if (one.key && one.key === other.key) return 2;
  return one.label && one.label === other.label ? 1 : 0;
}

function signsOf(control: Element): Signs {
  return {
    tag: control.tagName,
    id: control.id,
    name: control.getAttribute("name") ?? "",
    value: control.getAttribute("value") ?? "",
    key: control.getAttribute("data-key") ?? "",
    label: nameOf(control),
  };
}

const CONTROLS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]";
const SETTLED = 40; // milliseconds: htmx has then put everything in its place

interface Lost {
  signs: Signs;
  isInItem: boolean;
  target: Element;
}

let lost: Lost | null = null;

/** To be set up after lists, which say first which item is the current one. */
export function setUpFocus(): void {
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { target, shouldSwap } = (event as CustomEvent<HtmxBeforeSwapDetails>).detail;
    const active = document.activeElement;
    if (!shouldSwap || !active || active === document.body || !target.contains(active)) return;
    lost = { signs: signsOf(active), isInItem: active.closest("[data-item]") !== null, target };
  });
  document.addEventListener("htmx:afterSettle", ({ target }) => restore(target as Element));
  document.addEventListener("htmx:afterRequest", () => setTimeout(() => restore(document.body), SETTLED));
}

function restore(place: Element): void {
  const was = lost;
  if (!was || (document.activeElement !== null && document.activeElement !== document.body)) return;
  lost = null;
  const room = place.isConnected ? place : document.body;
  const item = was.isInItem ? currentIn(room) : null;
  const control = item ? (sameIn(item, was.signs) ?? item) : (sameIn(room, was.signs) ?? placeIn(room, was.target));
  control?.focus({ preventScroll: true });
}

function sameIn(room: Element, signs: Signs): HTMLElement | null {
  const controls = [...room.querySelectorAll<HTMLElement>(CONTROLS)].filter(isPressable);
  let [best, most] = [null as HTMLElement | null, 0];
  for (const control of controls) {
    const like = likeness(signs, signsOf(control));
    if (like > most) [best, most] = [control, like];
  }
  return best;
}

const currentIn = (room: Element): HTMLElement | null =>
  room.closest<HTMLElement>("[data-item]") ??
  room.querySelector<HTMLElement>("[data-item][aria-current=true]") ??
  document.querySelector<HTMLElement>("[data-item][aria-current=true]");

/** Where somebody goes on reading whose control has gone. */
function placeIn(room: Element, target: Element): HTMLElement | null {
  const near = target.isConnected ? target : room;
  const place = near.querySelector<HTMLElement>("[data-focus]") ?? near.querySelector<HTMLElement>("h1, h2, h3");
  if (place && !place.matches(CONTROLS)) place.tabIndex = -1;
  return place;
}
