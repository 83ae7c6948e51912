/** The whole page: the bar, one map or two, the panel beside them, and what they do to each other. */

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { MapCanvas } from "./canvas.ts";
import { copied } from "./copying.ts";
import { About, Help } from "./help.tsx";
import { useKeys } from "./key_acts.ts";
import { keepAddress } from "./link.ts";
import { keepAlike } from "./linked.ts";
import { Complaint, Notes } from "./messages.tsx";
import { useMoves } from "./moves.ts";
import { MoreMenu, SaveMenu } from "./page_menus.tsx";
import { yearsOf } from "./periods.ts";
import { Search } from "./search.tsx";
import { saidOfSelection } from "./selection.tsx";
import type { Shown } from "./shown.ts";
import { Side, type SideState } from "./side.tsx";
import { Stage } from "./stage.tsx";
import { Timeline } from "./timeline.tsx";
import { ToldItems } from "./told_items.tsx";
import { Toggle, Toolbar, ViewTabs } from "./toolbar.tsx";
import { useRoom } from "./use_room.ts";
import { isAnything, useSide } from "./use_side.ts";
import { useStore } from "./use_store.ts";
import { useWeight } from "./weights.ts";
import { t } from "./words.ts";

export interface AppProps {
  /** One map, or two side by side. */
  maps: readonly Shown[];
  complaint: string;
  complain: (message: string) => void;
  /** Files that the reader chose to open: in place of the map, or beside it. */
  onFiles: (files: File[], isBeside: boolean) => void;
  /** Show the map once more beside itself. */
  onTwice: () => void;
  onClose: (map: Shown) => void;
  /** The name of this viewer in the address of the page ("" for the only one); null where the address is left alone. */
  addressName: string | null;
  /** Whether the viewer is all of the page: it has the heading, and keys pressed anywhere are meant for the map. */
  hasPage: boolean;
}

export function App(props: AppProps) {
  const { maps, complaint, complain, addressName, hasPage } = props;
  const root = useRef<HTMLDivElement>(null);
  const canvases = useRef<(MapCanvas | null)[]>([]);
  const [active, setActive] = useState(0);
  const shown = maps[active] ?? maps[0];
  const canvas = () => canvases.current[maps.indexOf(shown)] ?? null;
  const { data, records, store } = shown;
  const room = useRoom(root);
  const isNarrow = room === "narrow";
  const { weight, order } = useWeight(shown);
  const [side, setSide] = useSide(shown, isNarrow);
  const [isTimed, setTimed] = useState(store.state.period !== null);
  const [dialog, setDialog] = useState<"help" | "about" | null>(null);
  const years = useMemo(() => yearsOf(data, records), [data, records]);
  const moves = useMoves(shown, () => ({ maps, canvases: canvases.current }), complain);
  const help = () => setDialog("help");
  useKeys({ root, canvas, shown, hasPage, onHelp: help });
  useEffect(() => {
    if (addressName !== null) return keepAddress(maps[0].store, maps[0].start, maps[0].data, { name: addressName });
  }, []);
  useEffect(() => (maps.length === 2 ? keepAlike(maps[0], maps[1]) : undefined), []);
  const { dark } = useStore(store, "dark");
  const settings = side.isOpen && side.panel === "settings";
  const before = (): SideState => ({ panel: isAnything(store) ? "selection" : "legend", isOpen: !isNarrow });
  // Years that are chosen where nothing says so would puzzle whoever looks at the map.
  const toggleTime = () => {
    if (isTimed) store.change({ period: null });
    setTimed(!isTimed);
  };
  const Maps = hasPage ? "main" : "div";
  return (
    <div ref={root} class={`benang ${dark ? "dark" : "light"} ${isNarrow ? room : `${room} side-by-side`}`}>
      <Toolbar>
        <Search key={active} store={store} labels={data.labels} order={order} onChoose={moves.choose} />
        <ViewTabs store={store} />
        <div class="tools">
          {years && years[0] < years[1] && (
            <Toggle label={t("Time")} icon="time" isOn={isTimed} onToggle={toggleTime} />
          )}
          <SaveMenu shown={shown} canvas={canvas} complain={complain} />
          <Toggle
            label={t("Settings")}
            icon="settings"
            isOn={settings}
            onToggle={() => setSide(settings ? before() : { panel: "settings", isOpen: true })}
          />
          <MoreMenu
            onFiles={props.onFiles}
            onTwice={props.onTwice}
            onHelp={help}
            onAbout={() => setDialog("about")}
            onCopyLink={addressName === null ? null : () => copyLink(complain)}
          />
        </div>
      </Toolbar>
      <div class="middle">
        <Maps class="maps">
          <div class={maps.length > 1 ? "stages two" : "stages"}>
            {maps.map((map, at) => (
              <Stage
                key={at}
                shown={map}
                number={at}
                hasPage={hasPage}
                isActive={maps.length > 1 && map === shown}
                onActive={() => setActive(at)}
                onClose={maps.length > 1 ? () => props.onClose(map) : null}
                onCanvas={(made) => {
                  canvases.current[at] = made;
                }}
              >
                {at === 0 && <Complaint message={complaint} onClose={() => complain("")} />}
                <Notes notes={map.notes} />
              </Stage>
            ))}
          </div>
          {isTimed && <Timeline store={store} data={data} records={records} />}
          <ToldItems shown={shown} weight={weight} order={order} />
        </Maps>
        <Side
          {...{ shown, moves, weight, order }}
          state={side}
          onChange={setSide}
          onClose={() => setSide(settings ? before() : { ...side, isOpen: false })}
          circles={() => canvas()?.projection().circles ?? 1}
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
