/** Put a viewer into an element of a page: in a shadow root, so that neither the page's styles nor ours reach further. */

import { render } from "preact";
import { App } from "./app.tsx";
import legendCss from "./legend.css?inline";
import { stateInAddress } from "./link.ts";
import type { Looks, MapData, PageData, RecordColumns } from "./model.ts";
import { fromColumns } from "./read/columns.ts";
import { openFiles, Refused } from "./read/open.ts";
import type { Shown } from "./shown.ts";
import { DEFAULTS, type State, Store } from "./state.ts";
import css from "./style.css?inline";
import { speak, t } from "./words.ts";

export interface Options {
  /** The name of this viewer in the address of the page, "" for the only one; without one the address stays as it is. */
  addressName?: string;
  /** The viewer is all that the page shows: it takes the keys and the title. */
  isPage?: boolean;
}

export interface Viewer {
  readonly store: Store;
  open(page: PageData): void;
  destroy(): void;
}

/** A map with all that came with it, whatever it was read from. */
interface Given {
  map: MapData;
  records: RecordColumns | null;
  looks: Looks;
  title: string;
  notes: readonly string[];
  start: Partial<State>;
}

export function mount(host: HTMLElement, page: PageData, { addressName, isPage = false }: Options = {}): Viewer {
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  root.adoptedStyleSheets = [sheet()];
  let [shown, complaint] = [shownOf(givenBy(page), addressName), ""];
  const draw = (): void => {
    const props = { shown, complaint, complain, onFiles: open, addressName: addressName ?? null, hasPage: isPage };
    render(<App {...props} />, root);
  };
  const complain = (message: string): void => {
    complaint = message;
    draw();
  };
  const show = (given: Given): void => {
    shown = shownOf(given, undefined, shown.store.state.dark);
    if (isPage && given.title) document.title = given.title;
    complain("");
  };
  const open = async (files: File[]): Promise<void> => {
    if (!files.length) return;
    try {
      const opened = await openFiles(files);
      show({ ...opened, looks: withLooks(shown.looks, opened.looks) });
    } catch (problem) {
      complain(
        problem instanceof Refused
          ? problem.message
          : t("The file could not be opened: {problem}", { problem: String(problem) }),
      );
    }
  };
  const stopDrops = takeDrops(isPage ? document.documentElement : host, open);
  draw();
  return {
    get store() {
      return shown.store;
    },
    open: (next) => show(givenBy(next)),
    destroy() {
      stopDrops();
      render(null, root);
    },
  };
}

function givenBy(page: PageData): Given {
  speak(page.language, page.words);
  const { records, looks, title, notes } = page;
  return { map: fromColumns(page.map), records, looks, title, notes, start: page.view as Partial<State> };
}

/** The start is what the page asks for; a link to it that was kept may say more. */
function shownOf(given: Given, addressName: string | undefined, dark = prefersDark()): Shown {
  const start: State = { ...DEFAULTS, dark, ...given.start };
  const kept = addressName === undefined ? {} : stateInAddress(given.map, { name: addressName });
  const store = new Store(Object.freeze({ ...start, ...kept }));
  const { map: data, records, looks, title, notes } = given;
  return { data, records, looks, title, notes, store, start };
}

const prefersDark = () => window.matchMedia("(prefers-color-scheme: dark)").matches;

function withLooks(looks: Looks, more: Partial<Looks> = {}): Looks {
  return { palettes: { ...looks.palettes, ...more.palettes }, scales: { ...looks.scales, ...more.scales } };
}

let shared: CSSStyleSheet | null = null;

/** One sheet for all viewers of the page. It is made by script, which a strict content-security policy allows. */
function sheet(): CSSStyleSheet {
  if (!shared) {
    shared = new CSSStyleSheet();
    shared.replaceSync(css + legendCss);
  }
  return shared;
}

/** Open files that are dropped on an element; returns how to stop. */
function takeDrops(at: HTMLElement, open: (files: File[]) => void): () => void {
  const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
  const over = (event: DragEvent) => {
    if (hasFiles(event)) event.preventDefault();
  };
  const drop = (event: DragEvent) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    open([...(event.dataTransfer?.files ?? [])]);
  };
  at.addEventListener("dragover", over);
  at.addEventListener("drop", drop);
  return () => {
    at.removeEventListener("dragover", over);
    at.removeEventListener("drop", drop);
  };
}
