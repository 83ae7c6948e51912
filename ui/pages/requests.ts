/** Requests of pages beside those of htmx, with the same headers. */

export const KEY = "Idempotency-Key";

/** What a server answers that does not know this browser, or not yet: it was started again. */
export const isRefusal = (status: number): boolean => status === 401 || status === 403;

/** The token that the server asks for with whatever changes something. */
export function csrf(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csrf"]')?.content ?? "";
}

/** A key for one act; `crypto.randomUUID` exists on secure addresses only. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Take the token anew from the page: a server that was started again gives another. */
export async function renewToken(): Promise<void> {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store" });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const token = page.querySelector<HTMLMetaElement>('meta[name="csrf"]')?.content;
    const own = document.querySelector<HTMLMetaElement>('meta[name="csrf"]');
    if (!token || !own) return;
    for (const field of document.querySelectorAll<HTMLInputElement>("input[name=csrf]")) field.value = token;
    own.content = token;
  } catch {
    // it is away again, and is asked again when it is back
  }
}

/** What a failed answer says: its `detail` where it is JSON, its text where it is plain; "" where it says nothing. */
export function reasonIn(type: string, body: string): string {
  if (type.startsWith("text/plain")) return body.trim().slice(0, 500);
  if (!type.startsWith("application/json")) return "";
  try {
    const { detail } = JSON.parse(body) as { detail?: unknown };
    return typeof detail === "string" ? detail : "";
  } catch {
    return "";
  }
}

/** The events that an answer's `HX-Trigger` names, with their details. */
export function triggersIn(header: string | null): Record<string, unknown> {
  if (!header?.startsWith("{")) {
    const names = (header ?? "").split(",").map((name) => name.trim());
    return Object.fromEntries(names.filter(Boolean).map((name) => [name, null]));
  }
  try {
    return JSON.parse(header) as Record<string, unknown>;
  } catch {
    return {};
  }
}
