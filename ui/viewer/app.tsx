/** The whole page: the bar, one map or two, the panel beside them, and what they do to each other. */

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { AppBar } from "./app_bar.tsx";
import type { MapCanvas } from "./canvas.ts";
import { About, Help } from "./help.tsx";
import { useKeys } from "./key_acts.ts";
import { keepAddress } from "./link.ts";
import { keepAlike } from "./linked.ts";
import { Maps } from "./maps.tsx";
import { useMoves } from "./moves.ts";
import { saidOfSelection } from "./selection.tsx";
import type { Shown } from "./shown.ts";
import { Side, type SideState } from "./side.tsx";
import { useRoom } from "./use_room.ts";
import { isAnything, useSide } from "./use_side.ts";
import { useStore } from "./use_store.ts";
import { useWeight } from "./weights.ts";

export interface AppProps {
  /** One map, or two side by side. */
  maps: readonly Shown[];
  complaint: string;
  complain: (message: string) => void;
  /** What the reader waits for, "" for nothing. */
  awaited: string;
  /** Files that the reader chose to open: in place of the map, or beside it. */
  onFiles: (files: File[], isBeside: boolean) => void;
  /** Show the map once more beside itself. */
  onTwice: () => void;
  onClose: (map: Shown) => void;
  /** The name of this viewer in the address of the page ("" for the only one); null where the address is left alone. */
  addressName: string | null;
  /** Whether the viewer is all of the page: it has the heading, and keys pressed anywhere are meant for the map. */
  hasPage: boolean;
  /** Whether what the file says of the map comes first. */
  startsWithInfo: boolean;
  /** Pixels that there are at first. */
  width: number;
}

export function App(props: AppProps) {
  const { maps, complain, hasPage } = props;
  const root = useRef<HTMLDivElement>(null);
  const canvases = useRef<(MapCanvas | null)[]>([]);
  const [active, setActive] = useState(0);
  const shown = maps[active] ?? maps[0];
  const canvas = () => canvases.current[maps.indexOf(shown)] ?? null;
  const { store } = shown;
  const room = useRoom(root, props.width);
  const isNarrow = room === "narrow";
  const { weight, order } = useWeight(shown);
  // A figure in a page has no room to spare: its panel opens for what the picture alone does not tell.
  const startsClosed = isNarrow || (!hasPage && room !== "roomy" && shown.start.view !== "overlay");
  const [side, setSide] = useSide(shown, startsClosed);
  const [isTimed, setTimed] = useState(store.state.period !== null);
  const [dialog, setDialog] = useState<"help" | "about" | null>(props.startsWithInfo ? "about" : null);
  const moves = useMoves(shown, () => ({ maps, canvases: canvases.current }), complain);
  useKeys({ root, canvas, shown, hasPage, onHelp: () => setDialog("help") });
  useShared(props);
  const { dark } = useStore(store, "dark");
  const isSet = side.isOpen && side.panel === "settings";
  const before = (): SideState => ({ panel: isAnything(store) ? "selection" : "legend", isOpen: !startsClosed });
  const toggleSettings = () => setSide(isSet ? before() : { panel: "settings", isOpen: true });
  const common = { shown, moves, weight, order };
  const layout = isNarrow ? ["narrow", ...(side.isOpen ? ["covered"] : [])] : [room, "side-by-side"];
  return (
    <div ref={root} class={["benang", dark ? "dark" : "light", hasPage ? "page" : "figure", ...layout].join(" ")}>
      <AppBar
        {...props}
        {...common}
        key={active}
        canvas={canvas}
        time={[isTimed, setTimed]}
        settings={[isSet, toggleSettings]}
        onDialog={setDialog}
      />
      <div class="middle">
        <Maps
          {...props}
          {...common}
          canvases={canvases.current}
          isTimed={isTimed}
          isLegendShown={side.isOpen && side.panel === "legend"}
          onActive={setActive}
        />
        <Side
          {...common}
          hasPage={hasPage}
          state={side}
          onChange={setSide}
          onClose={() => setSide(isSet ? before() : { ...side, isOpen: false })}
          circles={() => canvas()?.projection().circles ?? 1}
        />
      </div>
      <Said shown={shown} awaited={props.awaited} />
      {dialog === "help" && <Help onClose={() => setDialog(null)} />}
      {dialog === "about" && <About shown={shown} onClose={() => setDialog(null)} />}
    </div>
  );
}

/** The address of the page follows the first map, and two maps follow each other. */
function useShared({ maps, addressName }: AppProps): void {
  useEffect(() => {
    if (addressName !== null) return keepAddress(maps[0].store, maps[0].start, maps[0].data, { name: addressName });
  }, []);
  useEffect(() => (maps.length === 2 ? keepAlike(maps[0], maps[1]) : undefined), []);
}

/** What screen readers say when it changes: what is selected, or what the reader waits for. */
function Said({ shown: { data, store }, awaited }: { shown: Shown; awaited: string }) {
  const selection = useStore(store, "selected", "selectedLink");
  const { selected, selectedLink } = selection;
  const said = useMemo(() => saidOfSelection(data, selection), [data, selected, selectedLink]);
  return (
    <p role="status" class="unseen">
      {awaited || said}
    </p>
  );
}
