/** htmx as the pages use it: nothing is evaluated, nothing is asked elsewhere, and each request has the page's token. */
import htmx, { type HtmxBeforeSwapDetails, type HtmxRequestConfig, type HtmxResponseInfo } from "htmx.org";
import { t } from "../viewer/words.ts";
import type { Act, Acts, Outcome } from "./acts.ts";
import type { Connection } from "./connection.ts";
import { csrf, isRefusal, KEY, newKey, reasonIn, triggersIn } from "./requests.ts";
import { addressOf, reviewShown } from "./review.ts";
import { keptInTab } from "./store.ts";
import { saidIn, say } from "./toasts.ts";

/** Where an act came from, and where its answer goes; not kept over a reload. */
type Origin = Pick<HtmxResponseInfo, "target" | "etc"> & { elt: Element };

const SAID = "said";
const MOMENT = 500; // milliseconds
const BUSY = 300; // milliseconds after which a request shows that it runs
const origins = new Map<string, Origin>();
const resent = new Map<string, Act>();
const statuses = new Map<string, number>();

export function configureHtmx(): void {
  Object.assign(htmx.config, {
    allowEval: false,
    allowScriptTags: false,
    defaultSettleDelay: 0, // until it settles, a form that was swapped in is a plain one, and what is pressed is lost
    historyCacheSize: 0,
    includeIndicatorStyles: false,
    refreshOnHistoryMiss: true,
    selfRequestsOnly: true,
  });
}

type On = <T>(name: string, act: (detail: T, event: Event) => void) => void;

const on: On = (name, act) =>
  document.addEventListener(name, (event) => act((event as CustomEvent).detail as never, event));

const isAct = ({ verb }: HtmxRequestConfig): boolean => verb !== "get" && verb !== "head";

export function setUpHtmx(connection: Connection, acts: Acts, sendWaiting: () => void): void {
  on<HtmxRequestConfig>("htmx:configRequest", sign);
  on<HtmxResponseInfo>("htmx:beforeRequest", (info, event) => {
    const { requestConfig } = info;
    const isWaiting = isAct(requestConfig) && !resent.has(requestConfig.headers[KEY]) && acts.all().length > 0;
    if (!isWaiting || !keep(info, acts)) return;
    event.preventDefault();
    if (connection.state === "there") sendWaiting(); // those before it were refused
  });
  on<HtmxResponseInfo>("htmx:sendError", (info) => {
    if (isAct(info.requestConfig) && !keep(info, acts)) say({ text: notSent(), kind: "error" });
    connection.missed();
  });
  on<HtmxResponseInfo>("htmx:afterRequest", ({ xhr, requestConfig }) => {
    statuses.set(requestConfig.headers[KEY], xhr.status);
  });
  on<HtmxResponseInfo>("htmx:beforeOnLoad", ({ xhr }, event) => {
    const leadsTo = xhr.getResponseHeader("HX-Redirect");
    const { said } = triggersIn(xhr.getResponseHeader("HX-Trigger"));
    if (!leadsTo || !saidIn(said)) return;
    event.preventDefault();
    sayBeforeLeaving(said, leadsTo);
  });
  on<HtmxBeforeSwapDetails>("htmx:beforeSwap", (info) => {
    if (info.xhr.status < 400) return;
    const isPlaced = info.xhr.getResponseHeader("HX-Retarget") !== null;
    if (isPlaced) Object.assign(info, { shouldSwap: true, isError: false });
    else if (!saidIn(triggersIn(info.xhr.getResponseHeader("HX-Trigger")).said)) explain(info, connection, acts);
  });
  on("said", sayIt);
  showBusy();
}

function sign(config: HtmxRequestConfig): void {
  config.headers["X-CSRF-Token"] = csrf();
  if (!isAct(config)) return;
  config.headers[KEY] ??= newKey();
  const act = resent.get(config.headers[KEY]);
  if (act) config.parameters = formOf(act);
}

/** What the server says of an act. */
export function sayIt(detail: unknown): void {
  const said = saidIn(detail);
  if (!said) return;
  const undo = () => void htmx.ajax("post", addressOf("undo", reviewShown()), { source: document.body, swap: "none" });
  say({ ...said, ...(said.undo && { button: { label: t("Undo"), act: undo } }) });
}

/** What an answer says that leads to another page is said here for a moment, and there again. */
function sayBeforeLeaving(said: unknown, leadsTo: string): void {
  sayIt(said);
  keptInTab.set(SAID, JSON.stringify(said));
  setTimeout(() => location.assign(leadsTo), MOMENT);
}

/** Say what the page before this one had to say. */
export function saySaidBefore(): void {
  const said = keptInTab.get(SAID);
  if (said === null) return;
  keptInTab.remove(SAID);
  sayIt(JSON.parse(said));
}

/** Keep an act that the server has not got; files can't be kept. */
function keep({ requestConfig, target, etc }: HtmxResponseInfo, acts: Acts): boolean {
  const values = [...requestConfig.formData];
  if (values.some(([, value]) => typeof value !== "string")) return false;
  const key = requestConfig.headers[KEY];
  origins.set(key, { elt: requestConfig.elt, target, etc });
  acts.add({ key, verb: requestConfig.verb, path: requestConfig.path, values: values as [string, string][] });
  return true;
}

const notSent = (): string => t("The server is not answering, so this was not sent. Try again when it answers.");

function explain(info: HtmxBeforeSwapDetails, connection: Connection, acts: Acts): void {
  const { status } = info.xhr;
  if (isRefusal(status) && !resent.has(info.requestConfig.headers[KEY])) {
    if (isAct(info.requestConfig)) keep(info, acts);
    connection.refused();
    return;
  }
  const reason = reasonIn(info.xhr.getResponseHeader("Content-Type") ?? "", info.xhr.responseText);
  say({ text: reason || failed(status), kind: "error" });
}

function failed(status: number): string {
  if (status === 404) return t("This is no longer there. Reload the page to see what is.");
  if (isRefusal(status)) return t("The server refused this.");
  return t("The server could not do this (error {status}).", { status: String(status) });
}

/** Send an act again: for the element that it came from, if that is still there, so that the answer goes to its place. */
export async function sendAgain(act: Act): Promise<Outcome> {
  const origin = origins.get(act.key);
  resent.set(act.key, act);
  statuses.delete(act.key);
  try {
    const status = origin?.elt.isConnected ? await byHtmx(act, origin) : await byFetch(act);
    if (status === 0) return "unreached";
    if (isRefusal(status)) return "refused";
    return status < 400 ? "done" : "failed";
  } catch {
    return "unreached";
  } finally {
    resent.delete(act.key);
  }
}

async function byHtmx(act: Act, { elt, target, etc }: Origin): Promise<number> {
  const swap = etc.swapOverride;
  const where = { source: elt, ...(target.isConnected && { target }), ...(swap && { swap }) };
  try {
    await htmx.ajax(act.verb as "post", act.path, { ...where, headers: { [KEY]: act.key } });
  } catch {
    return 0;
  }
  return statuses.get(act.key) ?? 0;
}

async function byFetch(act: Act): Promise<number> {
  const body = new URLSearchParams([...formOf(act)] as [string, string][]);
  const headers = { "X-CSRF-Token": csrf(), "HX-Request": "true", [KEY]: act.key };
  const answer = await fetch(act.path, { method: act.verb.toUpperCase(), headers, body });
  const { said } = triggersIn(answer.headers.get("HX-Trigger"));
  if (said) sayIt(said);
  else if (!answer.ok) say({ text: failed(answer.status), kind: "error" });
  return answer.status;
}

/** The form of an act, with the token that the server asks for now. */
function formOf({ values }: Act): FormData {
  const form = new FormData();
  for (const [name, value] of values) form.append(name, name === "csrf" ? csrf() : value);
  return form;
}

/** An attribute of the page while a request takes long. */
function showBusy(): void {
  let running = 0;
  let timer = 0;
  const show = (isBusy: boolean) => document.documentElement.toggleAttribute("data-busy", isBusy);
  on("htmx:beforeSend", () => {
    running += 1;
    clearTimeout(timer);
    timer = window.setTimeout(() => show(running > 0), BUSY);
  });
  for (const end of ["htmx:beforeOnLoad", "htmx:sendError", "htmx:sendAbort", "htmx:timeout"])
    on(end, () => {
      running = Math.max(0, running - 1);
      if (running === 0) show(false);
    });
}
