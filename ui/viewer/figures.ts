/**
 * Maps among the figures of a report. A drawn picture stands in the page, and becomes the map once the reader gets to
 * it, so that a long report opens no later than one without maps. In print and where anything is missing, the picture
 * stays.
 */

import type { PageData } from "./model.ts";
import { mount } from "./mount.tsx";

const [LEAST, MOST] = [480, 620]; // pixels that a map is high

/** Let the map take the place of the picture once its figure comes into view. */
export function mountInView(host: HTMLElement, read: () => Promise<PageData>): void {
  const figure = host.closest("figure");
  if (!figure) return;
  const watch = new IntersectionObserver((seen) => {
    if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
    watch.disconnect();
    show(host, figure, read);
  });
  watch.observe(figure);
}

async function show(host: HTMLElement, figure: HTMLElement, read: () => Promise<PageData>): Promise<void> {
  const page = await read().catch(() => null); // there is the picture
  if (!page) return;
  const high = figure.querySelector("img")?.clientHeight ?? MOST;
  host.style.blockSize = `${Math.min(Math.max(high, LEAST), MOST)}px`;
  host.hidden = false;
  figure.classList.add("live");
  mount(host, page);
  host.addEventListener("click", leaveForPassages);
}

/** A link to a place in the report is followed there, from a map on the full screen too. */
function leaveForPassages(event: Event): void {
  const link = event.composedPath().find((one) => one instanceof HTMLAnchorElement);
  if (link?.getAttribute("href")?.startsWith("#") && document.fullscreenElement) document.exitFullscreen();
}
