/** Every element of a page that is marked `data-benang-map` becomes a viewer of the data that belong to it. */

import { mount } from "./mount.tsx";
import { pageIn } from "./read/page.ts";

const DATA = "script[data-benang-page], script[data-benang-packed]";

/**
 * The data of an element: a script within it, else the script that bears its name (`data-benang-map="topics"`), else
 * the first one of the page.
 */
function dataOf(host: HTMLElement, name: string): HTMLScriptElement | null {
  const own = host.querySelector<HTMLScriptElement>(DATA);
  if (own) return own;
  const all = [...document.querySelectorAll<HTMLScriptElement>(DATA)];
  const isNamed = ({ dataset }: HTMLScriptElement) => (dataset.benangPage ?? dataset.benangPacked) === name;
  return all.find(isNamed) ?? null;
}

async function show(host: HTMLElement): Promise<void> {
  const name = host.dataset.benangMap ?? "";
  const data = dataOf(host, name);
  if (!data) return tell(host, "This page lacks the data of its map.");
  try {
    const page = await pageIn(data, document.title);
    mount(host, page, { addressName: name, isPage: name === "" });
  } catch (problem) {
    tell(host, problem instanceof Error ? problem.message : String(problem));
  }
}

/** Words in place of the map, where there is none to show. */
function tell(host: HTMLElement, message: string): void {
  const told = document.createElement("p");
  told.setAttribute("role", "alert");
  told.textContent = message;
  host.replaceChildren(told);
}

for (const host of document.querySelectorAll<HTMLElement>("[data-benang-map]")) show(host);
