/**
 * The viewer in a cell of a notebook (anywidget). Python gives the data of the page once; the selection goes both ways,
 * as ids of items; Python knows the records behind them.
 */

import type { PageData } from "./model.ts";
import { mount } from "./mount.tsx";
import { inflated } from "./read/page.ts";
import type { Shown } from "./shown.ts";

/** What of anywidget's model is used here. */
interface Model {
  get(name: string): unknown;
  set(name: string, value: unknown): void;
  save_changes(): void;
  on(event: string, call: () => void): void;
  off(event: string, call: () => void): void;
}

async function render({ model, el }: { model: Model; el: HTMLElement }): Promise<() => void> {
  const page = JSON.parse(await inflated(model.get("_page") as DataView<ArrayBuffer>)) as PageData;
  const host = document.createElement("div");
  host.style.blockSize = `${model.get("_pixels")}px`;
  // JupyterLab has keys of its own for a cell, "0 0" restarts its kernel: here they are the map's.
  el.setAttribute("data-lm-suppress-shortcuts", "true");
  el.replaceChildren(host);
  const viewer = mount(host, page, { isDark: isNotebookDark(), follow: (shown) => keepInStep(shown, model) });
  return () => viewer.destroy();
}

/** Bring the selection to Python and from there; returns what ends it. */
function keepInStep({ data, store }: Shown, model: Model): () => void {
  const places = new Map(data.ids.map((id, place) => [id, place]));
  const idsOf = (items: readonly number[]) => items.map((place) => data.ids[place]);
  const chosen = (): readonly number[] => store.state.selectedLink ?? store.state.selected;
  const follow = (): void => {
    const asked = (model.get("selected") as string[]).map((id) => places.get(id)).filter((one) => one !== undefined);
    if (asked.join() !== chosen().join()) store.change({ selected: asked, selectedLink: null });
  };
  const tell = (): void => {
    model.set("selected", idsOf(chosen()));
    model.set("_link", idsOf(store.state.selectedLink ?? []));
    model.save_changes();
  };
  const stop = store.subscribe((now, before) => {
    if (now.selected !== before.selected || now.selectedLink !== before.selectedLink) tell();
  });
  follow();
  model.on("change:selected", follow);
  return () => {
    stop();
    model.off("change:selected", follow);
  };
}

/** JupyterLab and Notebook, then VS Code and Colab, say on the page how they look. */
function isNotebookDark(): boolean {
  const { body, documentElement } = document;
  const said = body.dataset.jpThemeLight ?? body.dataset.vscodeThemeKind ?? documentElement.getAttribute("theme") ?? "";
  return said === "false" || /dark/.test(said);
}

export default { render };
