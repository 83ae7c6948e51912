/** What is typed in a field (`data-keep="name"`) is kept in the browser until its form was saved. */
import type { HtmxResponseInfo } from "htmx.org";
import { reviewShown } from "./review.ts";
import { kept } from "./store.ts";

type Field = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

interface Typed {
  value: string;
  /** What the page had in the field when this was typed. */
  before: string;
  /** Day of the last change, counted from 1970. */
  day: number;
  /** Sent by a form that leads to another page: saved, if that page came. */
  isSent?: boolean;
}

const FIELDS = ":is(input, textarea, select)[data-keep]";
const PREFIX = "typed:";
const DAYS = 90;
const today = (): number => Math.floor(Date.now() / 86_400_000);

export function typedIn(text: string | null): Typed | null {
  try {
    const typed = JSON.parse(text ?? "null") as Partial<Typed> | null;
    return typeof typed?.value === "string" && typeof typed.before === "string" ? (typed as Typed) : null;
  } catch {
    return null;
  }
}

/** Whether what was kept is no longer of use: saved with the page that came since, or too old. */
export const isOver = ({ isSent, day }: Typed, now: number): boolean => isSent === true || now - day > DAYS;

export function setUpKeeping(): void {
  for (const name of kept.names()) if (name.startsWith(PREFIX)) removeIfOver(name);
  restoreAll();
  document.addEventListener("htmx:load", restoreAll);
  for (const change of ["input", "change"])
    document.addEventListener(change, ({ target }) => isKept(target) && keep(target));
  document.addEventListener("htmx:afterRequest", (event) => saved((event as CustomEvent<HtmxResponseInfo>).detail));
  document.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) markSent(event.target as HTMLFormElement);
  });
}

function removeIfOver(name: string): void {
  const typed = typedIn(kept.get(name));
  if (!typed || isOver(typed, today())) kept.remove(name);
}

const isKept = (target: EventTarget | null): target is Field => target instanceof Element && target.matches(FIELDS);

/** Two reviews may have been open at one address. */
function nameOf(field: Field): string {
  return `${PREFIX}${reviewShown()}:${field.dataset.keep}`;
}

function typedNow(field: Field): string {
  const isBox = field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio");
  return isBox ? String(field.checked) : field.value;
}

function valueOfPage(field: Field): string {
  if (field instanceof HTMLSelectElement) {
    const options = [...field.options];
    return (options.find((option) => option.defaultSelected) ?? options[0])?.value ?? "";
  }
  if (field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio"))
    return String(field.defaultChecked);
  return field.defaultValue;
}

function keep(field: Field): void {
  const [value, before] = [typedNow(field), valueOfPage(field)];
  if (value === before) kept.remove(nameOf(field));
  else kept.set(nameOf(field), JSON.stringify({ value, before, day: today() } satisfies Typed));
}

function restoreAll(): void {
  for (const field of document.querySelectorAll<Field>(FIELDS)) restore(field);
}

/** A field that has what was typed already, or something newer than what it was typed over, is left alone. */
function restore(field: Field): void {
  const typed = typedIn(kept.get(nameOf(field)));
  if (!typed || typed.isSent || typedNow(field) === typed.value || typedNow(field) !== valueOfPage(field)) return;
  if (field instanceof HTMLInputElement && (field.type === "checkbox" || field.type === "radio"))
    field.checked = typed.value === "true";
  else field.value = typed.value;
  field.dataset.restored = "";
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Forget what an act has saved; what was typed since stays. */
function saved({ xhr, requestConfig }: HtmxResponseInfo): void {
  const { verb, elt, formData } = requestConfig;
  if (xhr.status < 200 || xhr.status >= 300 || verb === "get") return; // `successful` is not set where the page goes elsewhere
  for (const field of fieldsOf(elt)) {
    const isSame = typedIn(kept.get(nameOf(field)))?.value === typedNow(field);
    if (isSame && (!field.name || formData.has(field.name) || elt === field)) kept.remove(nameOf(field));
  }
}

function fieldsOf(elt: Element): Field[] {
  const room = elt.closest("form") ?? elt;
  const fields = room instanceof HTMLFormElement ? [...room.elements] : [room, ...room.querySelectorAll(FIELDS)];
  return fields.filter(isKept);
}

function markSent(form: HTMLFormElement): void {
  for (const field of fieldsOf(form)) {
    const typed = typedIn(kept.get(nameOf(field)));
    if (typed) kept.set(nameOf(field), JSON.stringify({ ...typed, isSent: true }));
  }
}
