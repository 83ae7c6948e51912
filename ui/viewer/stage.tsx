/** The picture of the map, with what lies on it: buttons to zoom, the card of the item under the pointer, notes. */

import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { MapCanvas } from "./canvas.ts";
import { clusterName } from "./clusters.ts";
import { Icon } from "./icons.tsx";
import { summary } from "./selection.tsx";
import { measured, measureName, type Shown } from "./shown.ts";
import { t } from "./words.ts";

interface Props {
  shown: Shown;
  /** Told of the picture when it is there, and null when it goes. */
  onCanvas: (canvas: MapCanvas | null) => void;
  /** Whether the map is what the page is about, and not a figure in it. */
  isMain: boolean;
  children: ComponentChildren;
}

export function Stage({ shown, onCanvas, isMain, children }: Props) {
  const { data, records, looks, store, title } = shown;
  const host = useRef<HTMLDivElement>(null);
  const canvas = useRef<MapCanvas | null>(null);
  const [hovered, setHovered] = useState<number | null>(null);
  useLayoutEffect(() => {
    if (!host.current) return;
    const made = new MapCanvas(host.current, store, data, looks, { hover: setHovered }, records);
    made.canvas.setAttribute("aria-label", [title, summary(data)].filter(Boolean).join(". "));
    made.canvas.setAttribute("aria-roledescription", t("map"));
    made.canvas.setAttribute("aria-describedby", "map-keys");
    canvas.current = made;
    onCanvas(made);
    return () => {
      onCanvas(null);
      made.destroy();
    };
  }, [shown]);
  useEffect(() => setHovered(null), [shown]);
  const [Main, Heading] = isMain ? (["main", "h1"] as const) : (["div", "h2"] as const);
  return (
    <Main class="stage">
      <div class="caption">
        <Heading>{title || t("Map")}</Heading>
        <p>{summary(data)}</p>
      </div>
      <div class="view" id="map" role="tabpanel" aria-label={t("Map")}>
        <div class="picture" ref={host} />
        <p id="map-keys" class="unseen">
          {t("Arrow keys move the map, + and − zoom, Shift and an arrow key select the next item.")}
        </p>
        {hovered !== null && <HoverCard shown={shown} item={hovered} canvas={canvas.current} />}
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields */}
        <div class="zoom" role="group" aria-label={t("Zoom")}>
          <ZoomButton label={t("Zoom in")} icon="plus" onClick={() => canvas.current?.zoomBy(1.4)} />
          <ZoomButton label={t("Zoom out")} icon="minus" onClick={() => canvas.current?.zoomBy(1 / 1.4)} />
          <ZoomButton label={t("Show the whole map")} icon="fit" onClick={() => canvas.current?.fit()} />
        </div>
      </div>
      {children}
    </Main>
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
  const cluster = data.cluster[item];
  const links = data.weights.get("Links")?.[item];
  const facts = [
    scene.weightName ? `${measureName(scene.weightName)}: ${measured(scene.weightName, scene.weight[item])}` : "",
    links === undefined ? "" : `${measureName("Links", data)}: ${measured("Links", links)}`,
    cluster ? clusterName(data, store.state.clusters, cluster) : "",
  ];
  const style = {
    insetInlineStart: `${Math.min(Math.max(x, 110), width - 110)}px`,
    insetBlockStart: `${y}px`,
    "--gap": `${scene.radius[item] + 12}px`,
  };
  return (
    <div class={`hover ${y < height / 2 ? "below" : "above"}`} style={style} aria-hidden="true">
      <b>{data.labels[item]}</b>
      <span>{facts.filter(Boolean).join(" · ")}</span>
    </div>
  );
}
