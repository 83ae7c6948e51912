/**
 * The connection to the server: its events while the page is seen, and whether it answers at all. A browser opens few
 * connections to one server, so a tab that nobody has looked at for a while gives its own back.
 */
import { type End, listen, type ServerEvent } from "./stream.ts";

export type State = "connecting" | "there" | "away" | "refused" | "gone";

const [FIRST, LONGEST] = [500, 8_000]; // milliseconds between two attempts
const HIDDEN = 10_000;
const ONCE_IN = 10_000;
const QUIET = 1_500; // a server that is away for less than that is not worth a word

/** Milliseconds to wait before an attempt, of which some have failed already. */
export const waitAfter = (failed: number): number => Math.min(LONGEST, FIRST * 2 ** failed);

export class Connection extends EventTarget {
  state: State = "connecting";
  private failed = 0;
  private isOpen = false;
  private wasThere = false;
  private running: AbortController | null = null;
  private timer = 0;
  private hiding = 0;
  private lastRefused = Number.NEGATIVE_INFINITY;

  private readonly address: string;

  constructor(address: string) {
    super();
    this.address = address;
    document.addEventListener("visibilitychange", () => this.turn());
    addEventListener("online", () => this.again());
    addEventListener("pagehide", () => this.stop());
    addEventListener("pageshow", ({ persisted }) => persisted && this.again());
  }

  /** Listen, unless this is done already. */
  start(): void {
    if (this.running || this.state === "gone") return;
    const running = new AbortController();
    this.running = running;
    const opened = () => this.answered();
    const heard = (event: ServerEvent) => this.dispatchEvent(new CustomEvent("heard", { detail: event }));
    listen(this.address, { opened, heard }, running.signal).then((end) => running === this.running && this.ended(end));
  }

  /** Try at once, whatever the time of the next attempt. */
  again(): void {
    clearTimeout(this.timer);
    this.start();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.running?.abort();
    this.running = null;
    this.isOpen = false;
  }

  /** A request did not reach the server, whatever its events seem to say: find out. */
  missed(): void {
    if (this.state === "away" || this.state === "gone") return;
    this.become("away");
    this.stop();
    this.start();
  }

  /** The server does not let this browser in: so it says, but for whom the events come, it may be one thing only. */
  refused(): void {
    if (performance.now() - this.lastRefused < ONCE_IN) return;
    this.lastRefused = performance.now();
    this.become("refused");
    this.stop();
    this.start();
  }

  /** The folder is no longer there: nothing more will come. */
  gone(): void {
    this.become("gone");
    this.stop();
  }

  private answered(): void {
    this.failed = 0;
    this.isOpen = true;
    const wasLost = this.state === "away" || this.state === "refused";
    this.become("there");
    if (wasLost || this.wasThere) this.dispatchEvent(new CustomEvent("back", { detail: { wasLost } }));
    this.wasThere = true;
  }

  private ended(end: End): void {
    this.running = null;
    this.isOpen = false;
    if (end === "stopped") return;
    if (end === "refused") this.become("refused");
    else setTimeout(() => this.isOpen || document.hidden || this.become("away"), this.failed ? 0 : QUIET);
    this.timer = window.setTimeout(() => this.start(), waitAfter(this.failed++));
  }

  private turn(): void {
    clearTimeout(this.hiding);
    if (document.hidden) this.hiding = window.setTimeout(() => this.stop(), HIDDEN);
    else this.again();
  }

  private become(state: State): void {
    if (state === this.state || this.state === "gone") return;
    this.state = state;
    this.dispatchEvent(new Event("state"));
  }
}
