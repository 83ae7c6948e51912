/** The whole page: the bar, the map, the panel beside it, and what they do to each other. */

import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { MapCanvas } from "./canvas.ts";
import { copied } from "./copying.ts";
import { About, Help } from "./help.tsx";
import { useKeys } from "./key_acts.ts";
import { keepAddress } from "./link.ts";
import { Complaint, Notes } from "./messages.tsx";
import { MoreMenu, SaveMenu } from "./page_menus.tsx";
import { yearsOf } from "./periods.ts";
import { Search } from "./search.tsx";
import { saidOfSelection } from "./selection.tsx";
import type { Moves, Shown } from "./shown.ts";
import { Side, type SideState } from "./side.tsx";
import { Stage } from "./stage.tsx";
import type { Store } from "./state.ts";
import { Timeline } from "./timeline.tsx";
import { ToldItems } from "./told_items.tsx";
import { Toggle, Toolbar, ViewTabs } from "./toolbar.tsx";
import { useStore } from "./use_store.ts";
import { useWeight } from "./weights.ts";
import { t } from "./words.ts";

/** Up to these widths the panel comes from below, and the tools have no names. */
const [NARROW, MEDIUM] = [640, 1060];

type Room = "narrow" | "medium" | "roomy";

export interface AppProps {
  shown: Shown;
  complaint: string;
  complain: (message: string) => void;
  /** Files that the reader chose to open. */
  onFiles: (files: File[]) => void;
  /** The name of this viewer in the address of the page ("" for the only one); null where the address is left alone. */
  addressName: string | null;
  /** Whether keys that are pressed anywhere on the page are meant for the map. */
  hasPage: boolean;
}

export function App({ shown, complaint, complain, onFiles, addressName, hasPage }: AppProps) {
  const { data, records, store } = shown;
  const root = useRef<HTMLDivElement>(null);
  const canvas = useRef<MapCanvas | null>(null);
  const room = useRoom(root);
  const isNarrow = room === "narrow";
  const { weight, order } = useWeight(shown);
  const [side, setSide] = useSide(shown, isNarrow);
  const [isTimed, setTimed] = useState(store.state.period !== null);
  const [dialog, setDialog] = useState<"help" | "about" | null>(null);
  const [hasNotes, setNotes] = useState(true);
  const years = useMemo(() => yearsOf(data, records), [data, records]);
  const moves = useMoves(shown, canvas, complain);
  useKeys({ root, canvas, shown, hasPage, onHelp: () => setDialog("help") });
  useEffect(() => {
    if (addressName !== null) return keepAddress(store, shown.start, data, { name: addressName });
  }, [shown]);
  useEffect(() => setNotes(true), [shown]);
  const { dark } = useStore(store, "dark");
  const settings = side.isOpen && side.panel === "settings";
  const before = (): SideState => ({ panel: isAnything(store) ? "selection" : "legend", isOpen: !isNarrow });
  return (
    <div ref={root} class={`benang ${dark ? "dark" : "light"} ${isNarrow ? room : `${room} side-by-side`}`}>
      <Toolbar>
        <Search labels={data.labels} order={order} onChoose={moves.choose} />
        <ViewTabs store={store} />
        <div class="tools">
          {years && years[0] < years[1] && (
            <Toggle label={t("Time")} icon="time" isOn={isTimed} onToggle={() => setTimed(!isTimed)} />
          )}
          <SaveMenu shown={shown} canvas={canvas} complain={complain} />
          <Toggle
            label={t("Settings")}
            icon="settings"
            isOn={settings}
            onToggle={() => setSide(settings ? before() : { panel: "settings", isOpen: true })}
          />
          <MoreMenu
            onFiles={onFiles}
            onHelp={() => setDialog("help")}
            onAbout={() => setDialog("about")}
            onCopyLink={addressName === null ? null : () => copyLink(complain)}
          />
        </div>
      </Toolbar>
      <div class="middle">
        <div class="maps">
          <Stage
            shown={shown}
            isMain={hasPage}
            onCanvas={(made) => {
              canvas.current = made;
            }}
          >
            <Complaint message={complaint} onClose={() => complain("")} />
            {hasNotes && <Notes notes={shown.notes} onClose={() => setNotes(false)} />}
            <ToldItems shown={shown} weight={weight} order={order} />
          </Stage>
          {isTimed && <Timeline store={store} data={data} records={records} />}
        </div>
        <Side
          shown={shown}
          moves={moves}
          weight={weight}
          order={order}
          state={side}
          onChange={setSide}
          onClose={() => setSide(settings ? before() : { ...side, isOpen: false })}
          circles={() => canvas.current?.projection().circles ?? 1}
        />
      </div>
      <SelectionSaid shown={shown} />
      {dialog === "help" && <Help onClose={() => setDialog(null)} />}
      {dialog === "about" && <About shown={shown} onClose={() => setDialog(null)} />}
    </div>
  );
}

function SelectionSaid({ shown: { data, store } }: { shown: Shown }) {
  const selection = useStore(store, "selected", "selectedLink");
  const { selected, selectedLink } = selection;
  const said = useMemo(() => saidOfSelection(data, selection), [data, selected, selectedLink]);
  return (
    <p role="status" class="unseen">
      {said}
    </p>
  );
}

async function copyLink(complain: (message: string) => void): Promise<void> {
  const isCopied = await copied(location.href);
  if (!isCopied) complain(t("The browser did not allow copying. The link is in its address bar."));
}

function useMoves({ store }: Shown, canvas: { current: MapCanvas | null }, complain: Moves["complain"]): Moves {
  return useMemo(() => {
    const unhidden = (...items: number[]) => {
      const { hidden } = store.state;
      return items.some((item) => hidden.has(item))
        ? new Set([...hidden].filter((item) => !items.includes(item)))
        : hidden;
    };
    return {
      choose(item) {
        canvas.current?.light(null);
        store.change({ selected: [item], selectedLink: null, hidden: unhidden(item) });
        canvas.current?.show([item]);
      },
      chooseLink(one, other) {
        canvas.current?.light(null);
        store.change({ selected: [], selectedLink: [one, other], hidden: unhidden(one, other) });
        canvas.current?.show([one, other]);
      },
      light: (item) => canvas.current?.light(item),
      complain,
    };
  }, [store]);
}

const isAnything = ({ state }: Store) => state.selected.length > 0 || state.selectedLink !== null;

/** The panel follows the selection: what is selected is shown, and without a selection the legend. */
function useSide({ store }: Shown, isNarrow: boolean): [SideState, (state: SideState) => void] {
  const [side, setSide] = useState<SideState>({
    panel: isAnything(store) ? "selection" : "legend",
    isOpen: isAnything(store),
  });
  const { selected, selectedLink } = useStore(store, "selected", "selectedLink");
  const isFirst = useRef(true);
  useEffect(() => {
    if (isAnything(store)) setSide({ panel: "selection", isOpen: true });
    else
      setSide((now) => (now.panel === "selection" || isFirst.current ? { panel: "legend", isOpen: !isNarrow } : now));
    isFirst.current = false;
  }, [store, selected, selectedLink, isNarrow]);
  return [side, setSide];
}

function useRoom(root: { current: HTMLElement | null }): Room {
  const [room, setRoom] = useState(() => roomIn(window.innerWidth));
  useLayoutEffect(() => {
    if (!root.current) return;
    const watch = new ResizeObserver(([entry]) => setRoom(roomIn(entry.contentRect.width)));
    watch.observe(root.current);
    return () => watch.disconnect();
  }, []);
  return room;
}

const roomIn = (width: number): Room => (width <= NARROW ? "narrow" : width <= MEDIUM ? "medium" : "roomy");
