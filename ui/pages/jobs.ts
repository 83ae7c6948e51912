/** Long work: its bar and what it does now, where an element shows it (`data-job="ID"`), and that it has ended. */
import htmx from "htmx.org";
import type { Connection } from "./connection.ts";
import { actedNow } from "./live.ts";
import { dataOf, type ServerEvent } from "./stream.ts";

export interface Job {
  id: string;
  what: string;
  /** From 0 to 1; null where nobody knows. */
  share: number | null;
  state: "running" | "done" | "failed" | "cancelled";
}

const ENDS: readonly string[] = ["done", "failed", "cancelled"];

/** The job that an event tells of, or null. */
export function jobIn(event: ServerEvent): Job | null {
  if (event.name !== "job") return null;
  const { id, what, share, state } = dataOf(event);
  if (typeof id !== "string" && typeof id !== "number") return null;
  return {
    id: String(id),
    what: typeof what === "string" ? what : "",
    share: typeof share === "number" && Number.isFinite(share) ? Math.min(1, Math.max(0, share)) : null,
    state: ENDS.includes(String(state)) ? (state as Job["state"]) : "running",
  };
}

export function setUpJobs(connection: Connection): void {
  connection.addEventListener("heard", (heard) => {
    const job = jobIn((heard as CustomEvent<ServerEvent>).detail);
    if (!job) return;
    for (const element of document.querySelectorAll<HTMLElement>(`[data-job="${CSS.escape(job.id)}"]`))
      show(element, job);
  });
}

function show(element: HTMLElement, job: Job): void {
  const hadEnded = ENDS.includes(element.dataset.state ?? "");
  element.dataset.state = job.state;
  const bar = element.matches("progress") ? element : element.querySelector("progress");
  if (bar instanceof HTMLProgressElement) {
    if (job.share === null) bar.removeAttribute("value");
    else bar.value = job.share * bar.max;
  }
  const what = element.querySelector("[data-what]");
  if (what && job.what) what.textContent = job.what;
  if (job.state === "running" || hadEnded) return;
  actedNow();
  htmx.trigger(element, "ended", { ...job });
}
