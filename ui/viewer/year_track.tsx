/** A bar a year, and over them a span with two handles: dragged, moved as a whole, or set by arrow keys. */
import { useRef } from "preact/hooks";
import type { MapData } from "./model.ts";
import type { YearCounts } from "./periods.ts";
import { counted } from "./shown.ts";
import { axisYears, keyed, moved, type Span, withEnd } from "./spans.ts";
import { t, year } from "./words.ts";

interface Props {
  data: MapData;
  counts: YearCounts;
  span: Span;
  isAll: boolean;
  onChange: (span: Span) => void;
  /** Told when the reader takes hold of the span. */
  onTouch: () => void;
}

const HEIGHT = 34;

export function YearTrack({ data, counts, span, isAll, onChange, onTouch }: Props) {
  const track = useRef<HTMLDivElement>(null);
  const all: Span = [counts.first, counts.last];
  const n = counts.last - counts.first + 1;
  const place = (at: number) => `${(100 * (at - counts.first)) / n}%`;
  const yearAt = (event: PointerEvent) => {
    const box = track.current?.getBoundingClientRect();
    const share = box ? (event.clientX - box.left) / Math.max(box.width, 1) : 0;
    return Math.min(all[1], Math.max(all[0], all[0] + Math.floor(share * n)));
  };
  const begin = (event: PointerEvent, move: (at: number) => Span) => {
    if (event.button !== 0) return;
    event.preventDefault();
    event.stopPropagation();
    onTouch();
    follow(event, (later) => onChange(move(yearAt(later))));
  };
  const press = (event: PointerEvent) => {
    const start = yearAt(event);
    const isInside = !isAll && start >= span[0] && start <= span[1];
    if (!isInside) onChange([start, start]);
    begin(event, (at) => (isInside ? moved(span, at - start, all) : [Math.min(start, at), Math.max(start, at)]));
  };
  return (
    <div class="years">
      <div class="track" ref={track} onPointerDown={press}>
        <Bars data={data} counts={counts} span={span} />
        <div class="span" style={{ left: place(span[0]), right: `${100 - (100 * (span[1] + 1 - all[0])) / n}%` }} />
        {([0, 1] as const).map((end) => (
          <Handle
            key={end}
            end={end}
            data={data}
            span={span}
            counts={counts}
            left={place(span[end] + end)}
            onChange={onChange}
            onTouch={onTouch}
            onPress={(event) => begin(event, (at) => withEnd(span, end, at, all))}
          />
        ))}
      </div>
      <div class="axis" aria-hidden="true">
        {axisYears(counts).map((at) => (
          <span key={at} style={{ left: place(at + 0.5) }}>
            {year(at)}
          </span>
        ))}
      </div>
    </div>
  );
}

interface HandleProps {
  data: MapData;
  end: 0 | 1;
  span: Span;
  counts: YearCounts;
  left: string;
  onChange: (span: Span) => void;
  onTouch: () => void;
  onPress: (event: PointerEvent) => void;
}

function Handle({ end, data, span, counts, left, onChange, onTouch, onPress }: HandleProps) {
  const all: Span = [counts.first, counts.last];
  const press = (event: KeyboardEvent) => {
    const to = keyed(event.key, span[end], all);
    if (to === null) return;
    event.preventDefault();
    event.stopPropagation();
    onTouch();
    onChange(withEnd(span, end, to, all));
  };
  return (
    <div
      class={end ? "handle to" : "handle from"}
      role="slider"
      tabIndex={0}
      aria-label={end ? t("Last year") : t("First year")}
      aria-orientation="horizontal"
      aria-valuemin={end ? span[0] : all[0]}
      aria-valuemax={end ? all[1] : span[1]}
      aria-valuenow={span[end]}
      aria-valuetext={`${year(span[end])}, ${countText(data, counts, span[end])}`}
      style={{ left }}
      onPointerDown={onPress}
      onKeyDown={press}
    />
  );
}

function countText(data: MapData, { first, counts, of }: YearCounts, at: number): string {
  const n = counts[at - first] ?? 0;
  return of === "records" ? counted(data, n) : t("link strength {n}", { n });
}

function Bars({ data, counts, span }: { data: MapData; counts: YearCounts; span: Span }) {
  const most = Math.max(...counts.counts, 1);
  const n = counts.counts.length;
  return (
    <svg class="year-bars" viewBox={`0 0 ${n} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      {counts.counts.map((count, at) => {
        const height = count ? Math.max(1.5, (count / most) * (HEIGHT - 2)) : 0;
        const own = counts.first + at;
        return (
          <rect
            key={own}
            class={own >= span[0] && own <= span[1] ? "in" : "out"}
            x={at + 0.12}
            width={0.76}
            y={HEIGHT - height}
            height={height}
          >
            <title>{`${year(own)}: ${countText(data, counts, own)}`}</title>
          </rect>
        );
      })}
    </svg>
  );
}

/** Follow the pointer until it is let go, also where it leaves the page. */
function follow(event: PointerEvent, move: (event: PointerEvent) => void): void {
  const held = event.currentTarget as HTMLElement;
  held.setPointerCapture(event.pointerId);
  if (held.getAttribute("role") === "slider") held.focus();
  const end = () => {
    held.removeEventListener("pointermove", move);
    held.removeEventListener("pointerup", end);
    held.removeEventListener("pointercancel", end);
  };
  held.addEventListener("pointermove", move);
  held.addEventListener("pointerup", end);
  held.addEventListener("pointercancel", end);
}
