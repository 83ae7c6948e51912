/** What is asked of the server: an act that it did not hear of is kept, shown as such, and sent again until it is. */
import { csrf, KEY, newKey } from "../pages/requests.ts";

export class Refused extends Error {}

export interface Waiting {
  address: string;
  body: unknown;
}

const FIRST = 1_000; // milliseconds until it is tried again, doubled each time
const LONGEST = 15_000;

/**
 * Ask the server for JSON; `Refused` says in its words why it said no, any other error that it did not answer. By its
 * key the server knows an act that it did although its answer was lost.
 */
export async function asked<T>(address: string, body?: unknown, key = newKey()): Promise<T> {
  const isAct = body !== undefined;
  const answer = await fetch(address, {
    method: isAct ? "POST" : "GET",
    headers: {
      Accept: "application/json",
      ...(isAct && { "Content-Type": "application/json", "X-CSRF-Token": csrf(), [KEY]: key }),
    },
    ...(isAct && { body: JSON.stringify(body) }),
  });
  if (answer.status >= 500 && answer.status !== 500) throw new Error(String(answer.status));
  const said = (await answer.json().catch(() => ({}))) as T & { problems?: string[] };
  if (!answer.ok) throw new Refused(said.problems?.join(" ") || answer.statusText);
  const version = answer.headers.get("X-Version");
  if (isAct) document.dispatchEvent(new CustomEvent("acted", { detail: { version } }));
  return said;
}

/** Send an act, again and again while the server does not answer. `onWait` hears of the first time that it doesn't. */
export async function sent<T>(
  { address, body }: Waiting,
  onWait: () => void,
  pause: (time: number) => Promise<void> = waited,
  ask: typeof asked = asked,
): Promise<T> {
  const key = newKey();
  for (let time = FIRST, isFirst = true; ; time = Math.min(2 * time, LONGEST), isFirst = false) {
    try {
      return await ask<T>(address, body, key);
    } catch (error) {
      if (error instanceof Refused) throw error;
      if (isFirst) onWait();
      await pause(time);
    }
  }
}

const waited = (time: number): Promise<void> => new Promise((go) => setTimeout(go, time));
