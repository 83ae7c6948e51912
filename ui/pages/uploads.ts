/** Uploads of a form (`data-drop`): each file at once and for itself, with a bar; what is too large is not even begun. */
import htmx from "htmx.org";
import { t } from "../viewer/words.ts";
import type { Connection } from "./connection.ts";
import { setUpDropping } from "./drop.ts";
import { buttonOf, element } from "./elements.ts";
import { actedNow, refresh } from "./live.ts";
import { csrf, isRefusal, KEY, newKey, reasonIn, triggersIn } from "./requests.ts";
import { sizeOf } from "./sizes.ts";
import { saidIn } from "./toasts.ts";

const LONG = 12_000; // milliseconds
const FORM = "form[data-drop]";

interface Answer {
  status: number;
  triggers: Record<string, unknown>;
  reason: string;
  leadsTo: string;
}

/** A file that is sent, or waits for it. */
interface Upload {
  form: HTMLFormElement;
  file: File;
  key: string;
  line: HTMLElement;
  request: XMLHttpRequest | null;
}

/** Why a file can't be sent, or "": the server would refuse it after having received all of it. */
export function reasonAgainst({ size }: Pick<File, "size">, limit: number): string {
  if (size === 0) return t("This file is empty.");
  if (!(limit > 0) || size <= limit) return "";
  const sizes = { size: sizeOf(size), limit: sizeOf(limit) };
  return t("This file has {size}, and at most {limit} can be uploaded. Export it in several parts.", sizes);
}

const waiting: Upload[] = [];
let isSending = false;

export function setUpUploads(connection: Connection): void {
  setUpDropping(FORM, (form, files) => take(form, files, connection));
  document.addEventListener("change", ({ target }) => {
    if (!(target instanceof HTMLInputElement) || target.type !== "file") return;
    const form = target.closest<HTMLFormElement>(FORM);
    if (!form || !target.files?.length) return;
    take(form, [...target.files], connection);
    target.value = "";
  });
  document.addEventListener("submit", (event) => (event.target as Element).matches(FORM) && event.preventDefault());
  connection.addEventListener("back", () => sendNext(connection));
  addEventListener("beforeunload", (event) => {
    if (waiting.length) event.preventDefault();
  });
}

function take(form: HTMLFormElement, files: readonly File[], connection: Connection): void {
  for (const file of files) {
    const line = lineOf(form, file, files.length === 1);
    const reason = reasonAgainst(file, Number(form.dataset.limit ?? 0));
    if (reason) show(line, "failed", reason);
    else waiting.push({ form, file, key: newKey(), line, request: null });
  }
  sendNext(connection);
}

function lineOf(form: HTMLFormElement, file: File, isAlone: boolean): HTMLElement {
  // who sends one file knows which, until it takes long
  const name = element("span", { class: "name", ...(isAlone && { hidden: "" }) }, file.name);
  setTimeout(() => name.removeAttribute("hidden"), LONG);
  const size = element("span", { class: "size" }, sizeOf(file.size));
  const line = element("li", { "data-state": "waiting" }, name, " ", size);
  listOf(form).append(line);
  return line;
}

function listOf(form: HTMLFormElement): HTMLElement {
  const there = form.querySelector<HTMLElement>("ul.uploads");
  if (there) return there;
  const list = element("ul", { class: "uploads", "aria-live": "polite" });
  form.append(list);
  return list;
}

function show(line: HTMLElement, state: string, words: string, ...controls: HTMLElement[]): void {
  line.dataset.state = state;
  if (words) line.querySelector(".name")?.removeAttribute("hidden");
  for (const old of line.querySelectorAll("progress, .state, button")) old.remove();
  if (words) line.append(" ", element("span", { class: "state" }, words));
  line.append(...controls);
}

/** One after the other: the server reads each with all its memory. */
async function sendNext(connection: Connection): Promise<void> {
  const [upload] = waiting;
  if (isSending || !upload) return;
  isSending = true;
  const answer = await send(upload);
  isSending = false;
  if (answer?.status === 0) {
    const again = buttonOf(t("Try again"), () => sendNext(connection));
    show(upload.line, "waiting", t("Not sent yet: the server is not answering."), again, cancelOf(upload, connection));
    connection.missed();
    return;
  }
  waiting.splice(waiting.indexOf(upload), 1);
  if (answer) settle(upload, answer, connection);
  if (!waiting.some(({ form }) => form === upload.form)) allSent(upload.form, answer);
  void sendNext(connection);
}

function cancelOf(upload: Upload, connection: Connection): HTMLButtonElement {
  const cancel = () => {
    if (upload.request) return upload.request.abort();
    waiting.splice(waiting.indexOf(upload), 1);
    upload.line.remove();
    void sendNext(connection);
  };
  return buttonOf("×", cancel, t("Cancel the upload of {name}", { name: upload.file.name }));
}

/** Send a file; status 0 where the server was not reached, null where somebody cancelled. */
function send(upload: Upload): Promise<Answer | null> {
  const { form, file, line } = upload;
  const bar = element("progress", { max: "1", value: "0", "aria-label": file.name });
  return new Promise((give) => {
    const request = new XMLHttpRequest();
    upload.request = request;
    const end = (answer: Answer | null) => {
      upload.request = null;
      give(answer);
    };
    request.open("POST", form.action);
    const headers = { "X-CSRF-Token": csrf(), "HX-Request": "true", [KEY]: upload.key };
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => {
      bar.value = total ? loaded / total : 0;
      if (loaded === total) bar.removeAttribute("value"); // the server reads it
    };
    request.onload = () => end(answerOf(request));
    request.onerror = () => end({ status: 0, triggers: {}, reason: "", leadsTo: "" });
    request.onabort = () => {
      if (!bar.hasAttribute("value")) cancelReading(upload);
      line.remove();
      end(null);
    };
    show(line, "sending", "", bar, cancelWhileSending(request, file));
    request.send(bodyOf(form, file));
  });
}

/** Let the server read no further: a request that is gone does not tell it so. */
function cancelReading({ form, key }: Upload): void {
  const { cancel } = form.dataset;
  const headers = { "X-CSRF-Token": csrf(), "HX-Request": "true" };
  if (cancel) void fetch(cancel, { method: "POST", headers, body: new URLSearchParams({ act: key }) }).catch(() => {});
}

const cancelWhileSending = (request: XMLHttpRequest, { name }: File): HTMLButtonElement =>
  buttonOf("×", () => request.abort(), t("Cancel the upload of {name}", { name }));

/** The file as that of the form's own field, and what its other fields say. */
function bodyOf(form: HTMLFormElement, file: File): FormData {
  const field = form.querySelector<HTMLInputElement>("input[type=file]")?.name || "file";
  const body = new FormData();
  for (const [name, value] of new FormData(form)) if (typeof value === "string") body.append(name, value);
  body.set("csrf", csrf());
  body.append(field, file, file.name);
  return body;
}

function answerOf(request: XMLHttpRequest): Answer {
  const reason = reasonIn(request.getResponseHeader("Content-Type") ?? "", request.responseText);
  return {
    status: request.status,
    triggers: triggersIn(request.getResponseHeader("HX-Trigger")),
    reason,
    leadsTo: request.getResponseHeader("HX-Redirect") ?? request.getResponseHeader("HX-Location") ?? "",
  };
}

function settle(upload: Upload, { status, triggers, reason }: Answer, connection: Connection): void {
  const { form, file, line } = upload;
  actedNow();
  const said = saidIn(triggers.said);
  const isDone = status < 400 && said?.kind !== "error";
  if (isRefusal(status)) connection.refused();
  const again = buttonOf(t("Try again"), () => {
    line.remove();
    take(form, [file], connection);
  });
  if (isDone) show(line, "done", said?.text ?? t("Uploaded."));
  else show(line, "failed", said?.text || reason || refusal(status), again);
  for (const [name, detail] of Object.entries(triggers))
    if (name !== "said" && name !== "live") htmx.trigger(form, name, detail as object);
  htmx.trigger(form, "uploaded", { name: file.name, status });
}

function refusal(status: number): string {
  if (status === 413) return t("The file is larger than what can be uploaded.");
  if (status === 415) return t("Files of this kind can't be read.");
  return t("The server could not take the file (error {status}).", { status: String(status) });
}

function allSent(form: HTMLFormElement, last: Answer | null): void {
  htmx.trigger(form, "uploads-ended");
  refresh();
  if (last?.leadsTo.startsWith("/")) location.assign(last.leadsTo);
}
