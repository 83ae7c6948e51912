/** What is pressed before htmx has read the page waits until it has: a form would be sent as a plain one, to nowhere. */

const ASKS = ":is([hx-post], [hx-get])";
let isReady = false;
const waiting: (() => void)[] = [];

export function setUpReady(): void {
  document.addEventListener("submit", (event) => hold(event, event.target as HTMLFormElement, event.submitter), true);
  document.addEventListener("click", (event) => hold(event, buttonAt(event.target as Element), null), true);
  // htmx listens for the same event, and reads the page in it
  if (document.readyState === "complete") setTimeout(goOn);
  else document.addEventListener("DOMContentLoaded", () => setTimeout(goOn));
}

const buttonAt = (target: Element): HTMLElement | null => target.closest<HTMLElement>(`button[type=button]${ASKS}`);

function hold(event: Event, element: HTMLElement | null, submitter: HTMLElement | null): void {
  if (isReady || !element?.matches(ASKS)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  waiting.push(() => {
    if (!element.isConnected) return;
    if (element instanceof HTMLFormElement) element.requestSubmit(submitter);
    else element.click();
  });
}

function goOn(): void {
  isReady = true;
  for (const act of waiting.splice(0)) act();
}
