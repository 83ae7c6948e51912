/** What the folder has now: parts of a page fetch themselves anew (`hx-trigger="live from:body"`) when it changes. */
import htmx, { type HtmxBeforeSwapDetails, type HtmxResponseInfo } from "htmx.org";
import { t } from "../viewer/words.ts";
import type { Connection } from "./connection.ts";
import { openDialog } from "./elements.ts";
import { concerns, reviewShown } from "./review.ts";
import { keptInTab } from "./store.ts";
import { dataOf, type ServerEvent } from "./stream.ts";
import { say } from "./toasts.ts";

const OWN = 3_000; // milliseconds in which a change that comes after an act of this page is its own
const GATHERED = 150; // changes that come together are shown together
const SUBMITTED = "submitted";

let acting = 0;
let lastAct = Number.NEGATIVE_INFINITY;
let version = "";
let timer = 0;

/** Fetch the parts of the page anew that show the folder; while a dialog asks something, what it is about stays. */
export function refresh(): void {
  const show = () => {
    if (openDialog()) refresh();
    else htmx.trigger(document.body, "live");
  };
  clearTimeout(timer);
  timer = window.setTimeout(show, GATHERED);
}

export function setUpLive(connection: Connection): void {
  version = document.querySelector<HTMLMetaElement>('meta[name="version"]')?.content ?? "";
  noteOwnActs();
  connection.addEventListener("heard", (heard) => {
    const event = (heard as CustomEvent<ServerEvent>).detail;
    const data = dataOf(event);
    if (!concerns(data, reviewShown())) return;
    if (event.name === "gone") connection.gone();
    if (event.name === "changed" || event.name === "hello") changed(data);
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const info = (event as CustomEvent<HtmxBeforeSwapDetails>).detail;
    if (info.requestConfig.triggeringEvent?.type !== "live" || !isWrittenIn(info.target)) return;
    info.shouldSwap = false;
    const text = t("The folder changed. The form in which you are writing was left as it is.");
    say({ text, kind: "note", button: reload() });
  });
}

function changed(data: Record<string, unknown>): void {
  if (typeof data.version !== "string" || data.version === version) return;
  version = data.version;
  if (!isOwn()) sayChanged();
  refresh();
}

function sayChanged(): void {
  if (document.querySelector("[hx-trigger*=live], [data-hx-trigger*=live]")) {
    say({ text: t("The folder changed outside of this page. This is its present state."), kind: "note" });
    return;
  }
  const text = t("The folder changed outside of this page. Reload it to see the present state.");
  say({ text, kind: "note", button: reload() });
}

const reload = () => ({ label: t("Reload"), act: () => location.reload() });

/** Whether a change is likely one that this page made: an act, an upload, a form that led here, or a job that it waits for. */
function isOwn(): boolean {
  return (
    acting > 0 ||
    performance.now() - lastAct < OWN ||
    document.querySelector("[data-job][data-state=running], .uploads [data-state=sending]") !== null
  );
}

function noteOwnActs(): void {
  const isAct = (event: Event) => (event as CustomEvent<HtmxResponseInfo>).detail.requestConfig.verb !== "get";
  document.addEventListener("htmx:beforeSend", (event) => {
    if (isAct(event)) acting += 1;
  });
  for (const end of ["htmx:beforeOnLoad", "htmx:sendError", "htmx:sendAbort", "htmx:timeout"])
    document.addEventListener(end, (event) => {
      if (!isAct(event)) return;
      acting = Math.max(0, acting - 1);
      actedNow();
      version = (event as CustomEvent<HtmxResponseInfo>).detail.xhr.getResponseHeader("X-Version") ?? version;
    });
  document.addEventListener("acted", (event) => {
    actedNow(); // a script of a page, such as the reader, has changed the folder
    version = (event as CustomEvent<{ version: string | null }>).detail.version ?? version;
  });
  document.addEventListener("submit", () => keptInTab.set(SUBMITTED, String(Date.now())));
  if (Date.now() - Number(keptInTab.get(SUBMITTED) ?? 0) < 2 * OWN) actedNow();
  keptInTab.remove(SUBMITTED);
}

/** Say that this page has just changed the folder. */
export function actedNow(): void {
  lastAct = performance.now();
}

/** Whether somebody is writing in a form there; fields that are kept in the browser are filled in again. */
function isWrittenIn(target: Element): boolean {
  const fields = target.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(
    ":is([method=post], [hx-post]) :is(textarea, input:not([type=hidden], [type=checkbox], [type=radio])):not([data-keep])",
  );
  return [...fields].some((field) => field.value !== field.defaultValue);
}
