/** One map, or two side by side, with their years below. */

import type { AppProps } from "./app.tsx";
import type { MapCanvas } from "./canvas.ts";
import { Awaited, Complaint, Notes } from "./messages.tsx";
import type { Shown } from "./shown.ts";
import { Stage } from "./stage.tsx";
import { Timeline } from "./timeline.tsx";
import { ToldItems } from "./told_items.tsx";

interface Props extends AppProps {
  /** The map that the reader is at. */
  shown: Shown;
  weight: string;
  order: Int32Array;
  /** Where the pictures of the maps are put, each at the place of its map. */
  canvases: (MapCanvas | null)[];
  isTimed: boolean;
  /** Whether the panel shows the legend of the map that the reader is at. */
  isLegendShown: boolean;
  onActive: (at: number) => void;
}

export function Maps(props: Props) {
  const { maps, shown, weight, order, canvases, isTimed, isLegendShown, hasPage, onActive, onClose } = props;
  const { complaint, complain, awaited } = props;
  const Around = hasPage ? "main" : "div";
  const areTwo = maps.length > 1;
  return (
    <Around class="maps">
      <div class={areTwo ? "stages two" : "stages"}>
        {maps.map((map, at) => (
          <Stage
            key={at}
            shown={map}
            number={at}
            hasPage={hasPage}
            hasLegend={map === shown && isLegendShown}
            isActive={areTwo && map === shown}
            onActive={() => onActive(at)}
            onClose={areTwo ? () => onClose(map) : null}
            onCanvas={(made) => {
              canvases[at] = made;
            }}
          >
            {at === 0 && <Awaited what={awaited} />}
            {at === 0 && <Complaint message={complaint} onClose={() => complain("")} />}
            <Notes notes={map.notes} isFolded={!hasPage} />
          </Stage>
        ))}
      </div>
      {isTimed && <Timeline store={shown.store} data={shown.data} records={shown.records} />}
      <ToldItems shown={shown} weight={weight} order={order} />
    </Around>
  );
}
