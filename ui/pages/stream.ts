/** Server-sent events, read by `fetch`: unlike an `EventSource`, it says with which status a server refuses. */
import { isRefusal } from "./requests.ts";

export interface ServerEvent {
  name: string;
  data: string;
}

/** Takes the text of a stream piece by piece, and returns the events that a piece completes. */
export function eventReader(): (piece: string) => ServerEvent[] {
  let rest = "";
  return (piece) => {
    // a CR at the end may be half of a line end
    const text = `${rest}${piece}`.replace(/\r\n|\r(?!$)/g, "\n");
    const parts = text.split("\n\n");
    rest = parts.pop() ?? "";
    return parts.map(eventIn).filter((event) => event !== null);
  };
}

function eventIn(block: string): ServerEvent | null {
  let name = "message";
  const data: string[] = [];
  for (const line of block.split("\n")) {
    const [, field, value] = /^([^:]*):? ?(.*)$/.exec(line) ?? [];
    if (field === "event") name = value;
    else if (field === "data") data.push(value);
  }
  return data.length ? { name, data: data.join("\n") } : null;
}

/** What an event says, where it says it in JSON; an empty object otherwise. */
export function dataOf(event: ServerEvent): Record<string, unknown> {
  try {
    const data: unknown = JSON.parse(event.data);
    return typeof data === "object" && data !== null ? (data as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** How a connection ended, or was refused. */
export type End = "lost" | "refused" | "stopped";

export interface Listener {
  opened: () => void;
  heard: (event: ServerEvent) => void;
}

/** Listen until the connection ends. */
export async function listen(address: string, listener: Listener, signal: AbortSignal): Promise<End> {
  try {
    const answer = await fetch(address, { headers: { Accept: "text/event-stream" }, cache: "no-store", signal });
    if (isRefusal(answer.status)) return "refused";
    if (!answer.ok || !answer.body) return "lost";
    listener.opened();
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    const eventsIn = eventReader();
    for (let piece = await reader.read(); !piece.done; piece = await reader.read())
      for (const event of eventsIn(piece.value)) listener.heard(event);
    return "lost";
  } catch {
    return signal.aborted ? "stopped" : "lost";
  }
}
