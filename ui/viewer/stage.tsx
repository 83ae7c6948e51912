/** The picture of the map, with what lies on it: buttons to zoom, the card of the item under the pointer, notes. */

import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { MapCanvas } from "./canvas.ts";
import { clusterName } from "./clusters.ts";
import { ScoreLine } from "./colour_bars.tsx";
import { isFullScreen } from "./full_screen.tsx";
import { HandHint, type Left } from "./hand_hint.tsx";
import { Icon } from "./icons.tsx";
import { shownCluster } from "./looks/colours.ts";
import { LostHint } from "./lost_hint.tsx";
import { summary } from "./selection.tsx";
import { shareHands } from "./sharing_hands.ts";
import { measured, measureName, type Shown, sizedBy } from "./shown.ts";
import { useStore } from "./use_store.ts";
import { t } from "./words.ts";

/** What the tabs of views control. */
export const MAP_ID = "map";

interface Props {
  shown: Shown;
  /** Told of the picture when it is there, and null when it goes. */
  onCanvas: (canvas: MapCanvas | null) => void;
  /** The place among the maps of the page, from 0. */
  number: number;
  /** Whether the map is what the page is about, and not a figure in it. */
  hasPage: boolean;
  /** Whether the panel shows the legend of this map. */
  hasLegend: boolean;
  /** One of two maps: the one that bar and panel are about. */
  isActive: boolean;
  onActive: () => void;
  /** null where it is the only map. */
  onClose: (() => void) | null;
  children: ComponentChildren;
}

export function Stage(props: Props) {
  const { shown, number, children, onCanvas, onClose } = props;
  const { data, records, looks, store, title } = shown;
  const host = useRef<HTMLDivElement>(null);
  const canvas = useRef<MapCanvas | null>(null);
  const [hovered, setHovered] = useState<number | null>(null);
  const [left, setLeft] = useState<Left>(null);
  const keys = useId();
  const { camera, selected, selectedLink } = useStore(store, "camera", "selected", "selectedLink");
  // The map moves under a pointer that rests: what was under it is elsewhere.
  useLayoutEffect(() => setHovered(null), [camera, selected, selectedLink]);
  useLayoutEffect(() => {
    const around = host.current;
    if (!around) return;
    const made = new MapCanvas(around, store, data, looks, { hover: setHovered }, records);
    made.canvas.setAttribute("aria-label", [title, summary(data)].filter(Boolean).join(". "));
    made.canvas.setAttribute("aria-roledescription", t("map"));
    made.canvas.setAttribute("aria-describedby", keys);
    canvas.current = made;
    onCanvas(made);
    const isAlone = () => props.hasPage || isFullScreen(around);
    const stopSharing = shareHands({ around, canvas: made.canvas, isAlone, hint: (how) => setLeft({ how }) });
    return () => {
      stopSharing();
      onCanvas(null);
      made.destroy();
    };
  }, []);
  const Heading = props.hasPage && number === 0 ? "h1" : "h2";
  return (
    <div
      class={props.isActive ? "stage active" : "stage"}
      onPointerDownCapture={props.onActive}
      onFocusCapture={props.onActive}
    >
      <div class="caption">
        <Heading>{title || t("Map")}</Heading>
        <p>{summary(data)}</p>
        {!props.hasLegend && <ScoreLine store={store} data={data} looks={looks} />}
        {onClose && (
          <button
            type="button"
            class="clear"
            aria-label={t("Close {title}", { title: title || t("Map") })}
            onClick={onClose}
          >
            <Icon name="clear" />
          </button>
        )}
      </div>
      <div class="view" id={number === 0 ? MAP_ID : undefined} role="tabpanel" aria-label={title || t("Map")}>
        <div class="picture" ref={host} />
        <p id={keys} class="unseen">
          {t("Arrow keys move the map, + and − zoom, Shift and an arrow key select the next item.")}
        </p>
        <HandHint left={left} />
        <LostHint store={store} canvas={() => canvas.current} />
        {hovered !== null && <HoverCard shown={shown} item={hovered} canvas={canvas.current} />}
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields */}
        <div class="zoom" role="group" aria-label={t("Zoom")}>
          <ZoomButton label={t("Zoom in")} icon="plus" onClick={() => canvas.current?.zoomBy(1.4)} />
          <ZoomButton label={t("Zoom out")} icon="minus" onClick={() => canvas.current?.zoomBy(1 / 1.4)} />
          <ZoomButton label={t("Show the whole map")} icon="fit" onClick={() => canvas.current?.fit()} />
        </div>
        {children}
      </div>
    </div>
  );
}

function ZoomButton(props: { label: string; icon: "plus" | "minus" | "fit"; onClick: () => void }) {
  return (
    <button type="button" aria-label={props.label} title={props.label} onClick={props.onClick}>
      <Icon name={props.icon} />
    </button>
  );
}

/** What is under the pointer, beside it; the panel and the table have the same for those who don't point. */
function HoverCard({ shown: { data, store }, item, canvas }: { shown: Shown; item: number; canvas: MapCanvas | null }) {
  if (!canvas || item >= data.n) return null;
  const { scene } = canvas;
  const { toX, toY } = canvas.projection();
  const { width, height } = canvas.size();
  const [x, y] = [toX(scene.x[item]), toY(scene.y[item])];
  const cluster = shownCluster(data, store.state)[item];
  const links = data.weights.get("Links")?.[item];
  const facts = [
    scene.counting || scene.weightName
      ? `${sizedBy(scene)}: ${measured(scene.counting ?? scene.weightName, scene.weight[item])}`
      : "",
    links === undefined ? "" : `${measureName("Links", data)}: ${measured("Links", links)}`,
    cluster ? clusterName(data, store.state.clusters, cluster) : "",
  ];
  const style = {
    insetInlineStart: `${Math.min(Math.max(x, 110), width - 110)}px`,
    insetBlockStart: `${y}px`,
    "--gap": `${scene.radius[item] * canvas.projection().circles + 12}px`,
  };
  return (
    <div class={`hover ${y < height / 2 ? "below" : "above"}`} style={style} aria-hidden="true">
      <b>{data.labels[item]}</b>
      <span>{facts.filter(Boolean).join(" · ")}</span>
    </div>
  );
}
