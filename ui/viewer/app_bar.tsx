/** What is in the bar: search, views, and what can be done with the map that the reader is at. */

import { useMemo } from "preact/hooks";
import type { AppProps } from "./app.tsx";
import type { MapCanvas } from "./canvas.ts";
import { copied } from "./copying.ts";
import { FullScreen } from "./full_screen.tsx";
import { MoreMenu, SaveMenu } from "./page_menus.tsx";
import { yearsOf } from "./periods.ts";
import { Search } from "./search.tsx";
import type { Moves, Shown } from "./shown.ts";
import { Toggle, ViewTabs } from "./toolbar.tsx";
import { t } from "./words.ts";

interface Props extends AppProps {
  shown: Shown;
  moves: Moves;
  order: Int32Array;
  canvas: () => MapCanvas | null;
  /** Whether the years are there, and how to change that. */
  time: readonly [boolean, (isOn: boolean) => void];
  settings: readonly [boolean, () => void];
  onDialog: (dialog: "help" | "about") => void;
}

export function AppBar(props: Props) {
  const { shown, moves, order, canvas, complain, addressName, onDialog } = props;
  const { data, records, store } = shown;
  const [isTimed, setTimed] = props.time;
  const [isSet, toggleSettings] = props.settings;
  const years = useMemo(() => yearsOf(data, records), [data, records]);
  // Years that are chosen where nothing says so would puzzle whoever looks at the map.
  const toggleTime = () => {
    if (isTimed) store.change({ period: null });
    setTimed(!isTimed);
  };
  return (
    <header class="bar">
      <Search store={store} labels={data.labels} order={order} onChoose={moves.choose} />
      <ViewTabs store={store} />
      <div class="tools">
        {years && years[0] < years[1] && <Toggle label={t("Time")} icon="time" isOn={isTimed} onToggle={toggleTime} />}
        <SaveMenu shown={shown} canvas={canvas} complain={complain} />
        <Toggle label={t("Settings")} icon="settings" isOn={isSet} onToggle={toggleSettings} />
        <MoreMenu
          onFiles={props.onFiles}
          onTwice={props.onTwice}
          onHelp={() => onDialog("help")}
          onAbout={() => onDialog("about")}
          onCopyLink={addressName === null ? null : () => copyLink(complain)}
        />
        {(!props.hasPage || window.parent !== window) && <FullScreen />}
      </div>
    </header>
  );
}

async function copyLink(complain: (message: string) => void): Promise<void> {
  const isCopied = await copied(location.href);
  if (!isCopied) complain(t("The browser did not allow copying. The link is in its address bar."));
}
