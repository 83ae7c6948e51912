/** Every element of a page that is marked `data-benang-map` becomes a viewer of the data that belong to it. */

import { mountInView } from "./figures.ts";
import { mount } from "./mount.tsx";
import { pageIn } from "./read/page.ts";

const DATA = "script[data-benang-page], script[data-benang-packed]";
/** The name of the data of a map that stands beside the one of a page. */
const BESIDE = "beside";

/**
 * The data of an element: a script within it, else the script of the page that bears its name: none where the page
 * has one map, "topics" for `data-benang-map="topics"`.
 */
function dataOf(host: HTMLElement, name: string): HTMLScriptElement | null {
  return host.querySelector<HTMLScriptElement>(DATA) ?? dataNamed(name);
}

function dataNamed(name: string): HTMLScriptElement | null {
  const all = [...document.querySelectorAll<HTMLScriptElement>(DATA)];
  const isNamed = ({ dataset }: HTMLScriptElement) => (dataset.benangPage ?? dataset.benangPacked) === name;
  return all.find(isNamed) ?? null;
}

async function show(host: HTMLElement): Promise<void> {
  const name = host.dataset.benangMap ?? "";
  const data = dataOf(host, name);
  if (!data) return tell(host, "This page lacks the data of its map.");
  if (isTooOld()) return tell(host, tooOld());
  try {
    const page = await pageIn(data, document.title);
    const viewer = mount(host, page, { addressName: name, isPage: name === "" });
    const other = name === "" ? dataNamed(BESIDE) : null;
    if (other) viewer.beside(await pageIn(other, document.title));
  } catch (problem) {
    tell(host, problem instanceof Error ? problem.message : String(problem));
  }
}

/** What the viewer can't do without; all of it is in the browsers that are named to the reader. */
function isTooOld(): boolean {
  return !("adoptedStyleSheets" in Document.prototype && "DecompressionStream" in window && "ResizeObserver" in window);
}

/** In both languages, since the page's own words are in its data, which such a browser may not be able to read. */
function tooOld(): string {
  const needed = "Chrome 117, Edge 117, Firefox 117, Safari 16.4";
  const isIndonesian = document.documentElement.lang === "id";
  return isIndonesian
    ? `Peramban ini terlalu lama untuk menampilkan peta. Pakailah ${needed}, atau versi yang lebih baru.`
    : `This browser is too old to show the map. Use ${needed}, or a later version.`;
}

/** Words in place of the map, where there is none to show. */
function tell(host: HTMLElement, message: string): void {
  const told = document.createElement("p");
  told.setAttribute("role", "alert");
  told.textContent = message;
  host.replaceChildren(told);
}

for (const host of document.querySelectorAll<HTMLElement>("[data-benang-map]")) {
  const name = host.dataset.benangMap ?? "";
  const data = dataOf(host, name);
  if (host.dataset.benangFigure === undefined) show(host);
  else if (data) mountInView(host, () => pageIn(data, document.title));
}
