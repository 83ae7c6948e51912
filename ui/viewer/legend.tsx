/** What sizes and colours mean in the current view. */
import { useMemo } from "preact/hooks";
import { ClusterList } from "./cluster_list.tsx";
import { DensityBar, ScoreBar } from "./colour_bars.tsx";
import { sizeSamples } from "./looks/size_legend.ts";
import type { Looks, MapData, RecordColumns } from "./model.ts";
import { sceneOf } from "./scene.ts";
import { sizedBy } from "./shown.ts";
import type { State, Store } from "./state.ts";
import { useRested } from "./use_rested.ts";
import { useStore } from "./use_store.ts";
import { written } from "./words.ts";

export interface LegendProps {
  store: Store;
  data: MapData;
  looks: Looks;
  records?: RecordColumns | null;
  /** The part of their own size that circles have on the picture: `Projection.circles`. */
  circles?: () => number;
}

const ONE = () => 1;

export function Legend({ store, data, looks, records = null, circles = ONE }: LegendProps) {
  const { view } = useStore(store, "view");
  return (
    <div class="legend">
      {view === "overlay" && <ScoreBar store={store} data={data} looks={looks} />}
      {view === "density" && <DensityBar store={store} looks={looks} />}
      {(view === "network" || view === "overlay") && (
        <SizeLegend store={store} data={data} looks={looks} records={records} circles={circles} />
      )}
      {(view === "network" || view === "cluster-density") && <ClusterList store={store} data={data} looks={looks} />}
    </div>
  );
}

const SIZED_BY: readonly (keyof State)[] = [
  "weight",
  "itemSizeVariation",
  "scale",
  "frames",
  "period",
  "hidden",
  "clusters",
  "camera",
];

function SizeLegend({ store, data, looks, records, circles }: Required<LegendProps>) {
  const state = useStore(store, ...SIZED_BY) as State;
  const scene = sceneOf(data, looks, state, records);
  const part = useRested(circles, state.camera, scene.radius);
  const samples = useMemo(
    () => sizeSamples(scene, state, part),
    [scene.radius, scene.visible, scene.weight, state.itemSizeVariation, state.scale, part],
  );
  if (state.frames || !samples.length) return null;
  const largest = samples.at(-1)?.diameter ?? 0;
  return (
    <figure class="sizes">
      <figcaption>{sizedBy(scene)}</figcaption>
      <Circles samples={samples} largest={largest} />
    </figure>
  );
}

const LINE = 15;

/** Circles that stand on one line, the smaller before the larger, each with its value at its top. */
function Circles({ samples, largest }: { samples: { value: number; diameter: number }[]; largest: number }) {
  const height = Math.max(largest, LINE * samples.length) + 8;
  const middle = largest / 2 + 2;
  const tops = spreadOut(samples.map(({ diameter }) => height - 2 - diameter));
  return (
    <svg
      width={largest + 70}
      height={height}
      role="img"
      aria-label={samples.map(({ value }) => written(value)).join(", ")}
    >
      {[...samples].reverse().map(({ value, diameter }) => (
        <circle
          key={value}
          class="key"
          cx={middle}
          cy={height - 2 - diameter / 2}
          r={Math.max(diameter / 2 - 0.5, 0.5)}
        />
      ))}
      {samples.map(({ value, diameter }, at) => (
        <g key={value}>
          <path class="leader" d={`M${middle} ${height - 2 - diameter + 0.5}L${largest + 8} ${tops[at]}h4`} />
          <text x={largest + 16} y={tops[at]} dominant-baseline="central">
            {written(value)}
          </text>
        </g>
      ))}
    </svg>
  );
}

/** Heights of texts, the lowest first, moved up until none covers another. */
function spreadOut(wanted: number[]): number[] {
  const placed: number[] = [];
  for (const height of wanted) placed.push(Math.max(LINE / 2, Math.min(height, (placed.at(-1) ?? Infinity) - LINE)));
  return placed;
}
