/** Put a viewer into an element of a page: in a shadow root, so that neither the page's styles nor ours reach further. */

import { render } from "preact";
import { App } from "./app.tsx";
import { asksForInfo, descriptionCss, withLooks } from "./config.ts";
import figureCss from "./figure.css?inline";
import { followAround, isDarkAround } from "./frame.ts";
import { remember } from "./history.ts";
import { stateInAddress } from "./link.ts";
import { viewBeside } from "./linked.ts";
import type { Looks, MapData, PageData, RecordColumns } from "./model.ts";
import { opening } from "./opening.ts";
import { openedPage } from "./read/open.ts";
import type { Shown } from "./shown.ts";
import { DEFAULTS, type State, Store } from "./state.ts";
import css from "./style.css?inline";
import { speak } from "./words.ts";

export interface Options {
  /** The name of this viewer in the address of the page, "" for the only one; without one the address stays as it is. */
  addressName?: string;
  /** The viewer is all that the page shows: it takes the keys, the wheel and the title. Else it is a figure there. */
  isPage?: boolean;
  /** Whether it is dark where the map does not say; a page is as the one around it or the system, a figure as paper. */
  isDark?: boolean;
  /** Called with the map that is shown, with its state, and again when another one is; returns what ends that. */
  follow?: (shown: Shown) => () => void;
}

export interface Viewer {
  readonly store: Store;
  open(page: PageData): void;
  /** Show another map beside the one that is shown; its words are among those of that one. */
  beside(page: PageData): void;
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

export function mount(host: HTMLElement, page: PageData, options: Options = {}): Viewer {
  const { addressName, isPage = false, isDark = isPage && prefersDark(), follow } = options;
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  const first = shownOf(givenBy(page), addressName, isDark);
  let [maps, complaint, number]: [readonly Shown[], string, number] = [[first], "", 0];
  let [isNew, awaited] = [true, ""];
  let unfollow = follow?.(first);
  const draw = (): void => {
    root.adoptedStyleSheets = [sheet(), ...maps.map(({ data }) => ownSheet(data))];
    // The address belongs to the map that the page came with: a file that is opened later is not behind its link.
    const address = maps[0] === first ? (addressName ?? null) : null;
    const props = {
      maps,
      complaint,
      complain,
      awaited,
      onFiles: open,
      onTwice: twice,
      onClose: close,
      addressName: address,
      hasPage: isPage,
      startsWithInfo: isPage && isNew && asksForInfo(maps[0].data),
      width: host.clientWidth || window.innerWidth,
    };
    render(<App key={number} {...props} />, root);
  };
  const complain = (message: string): void => {
    complaint = message;
    draw();
  };
  /** Other maps make a new page: nothing of what was open, typed or dismissed applies to them. */
  const show = (next: readonly Shown[]): void => {
    isNew = !maps.includes(next[0]);
    [maps, number, awaited] = [next, number + 1, ""];
    unfollow?.();
    unfollow = follow?.(maps[0]);
    if (isPage && maps[0].title) document.title = maps[0].title;
    complain("");
  };
  const twice = (): void => show([maps[0], seenAgain(maps[0])]);
  const close = (map: Shown): void => show(maps.filter((other) => other !== map));
  const { open, stop } = opening({
    tell(what) {
      awaited = what;
      draw();
    },
    show(opened, isBeside) {
      const looks = withLooks(first.looks, opened.looks);
      const next = shownOf({ ...opened, looks }, undefined, maps[0].store.state.dark);
      show(isBeside ? [maps[0], next] : [next]);
    },
    complain(message) {
      awaited = "";
      complain(message);
    },
  });
  const stopDrops = takeDrops(isPage ? document.documentElement : host, open);
  const stopFollowing = isPage ? followAround(() => maps[0].store) : () => undefined;
  draw();
  return {
    get store() {
      return maps[0].store;
    },
    open(next) {
      stop();
      show([shownOf(givenBy(next), undefined, maps[0].store.state.dark)]);
    },
    beside(next) {
      show([maps[0], shownOf(openedPage(next), undefined, maps[0].store.state.dark)]);
    },
    destroy() {
      stop();
      stopFollowing();
      unfollow?.();
      stopDrops();
      render(null, root);
    },
  };
}

function givenBy(page: PageData): Given {
  speak(page.language, page.words);
  return openedPage(page);
}

/** The start is what the page asks for; a link to it that was kept may say more. */
function shownOf(given: Given, addressName: string | undefined, dark: boolean): Shown {
  const start: State = { ...DEFAULTS, dark, ...given.start };
  const kept = addressName === undefined ? {} : stateInAddress(given.map, { name: addressName });
  const store = new Store(Object.freeze({ ...start, ...kept }));
  const { map: data, records, looks, title, notes } = given;
  return { data, records, looks, title, notes, store, start, history: remember(store) };
}

/** The same map once more, in another view. It has data of its own, as pictures remember by them what they show. */
function seenAgain(shown: Shown): Shown {
  const view = viewBeside(shown.data, shown.store.state.view);
  const store = new Store(Object.freeze({ ...shown.store.state, view }));
  const start = { ...shown.start, view };
  return { ...shown, data: { ...shown.data }, notes: [], store, start, history: remember(store) };
}

const prefersDark = () => isDarkAround() ?? window.matchMedia("(prefers-color-scheme: dark)").matches;

let shared: CSSStyleSheet | null = null;

/** One sheet for all viewers of the page. It is made by script, which a strict content-security policy allows. */
function sheet(): CSSStyleSheet {
  if (!shared) {
    shared = new CSSStyleSheet();
    shared.replaceSync(css + figureCss);
  }
  return shared;
}

/** What the file says of how its descriptions look. */
function ownSheet(data: MapData): CSSStyleSheet {
  const own = new CSSStyleSheet();
  own.replaceSync(descriptionCss(data, ".description"));
  return own;
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
