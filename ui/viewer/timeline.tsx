/** The years of a map: a span of them is chosen with two handles, step by step, or played. */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { MapData, RecordColumns } from "./model.ts";
import { hasYearlyLinks, type YearCounts, yearCounts } from "./periods.ts";
import { counted } from "./shown.ts";
import { firstStep, moved, nextStep, type Playing, type Span } from "./spans.ts";
import type { Store } from "./state.ts";
import { useStore } from "./use_store.ts";
import { t, year } from "./words.ts";
import { YearTrack } from "./year_track.tsx";

const STEP_TIME = 900;

export interface TimelineProps {
  store: Store;
  data: MapData;
  records: RecordColumns | null;
}

export function Timeline({ store, data, records }: TimelineProps) {
  const counts = useMemo(() => yearCounts(data, records), [data, records]);
  if (!counts) return null;
  return <Years store={store} data={data} counts={counts} />;
}

function Years({ store, data, counts }: { store: Store; data: MapData; counts: YearCounts }) {
  const { period } = useStore(store, "period");
  const all: Span = [counts.first, counts.last];
  const now: Span = period ?? all;
  const show = (span: Span) => store.change({ period: span[0] <= all[0] && span[1] >= all[1] ? null : span });
  const [playing, setPlaying] = useState<Playing>("growing");
  const [isPlayed, setPlayed] = usePlayed(period, all, playing, show);
  const step = (by: number) => {
    setPlayed(false);
    const start = by > 0 ? all[0] : all[1];
    show(period ? moved(period, by, all) : [start, start]);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
    <div class="timeline" role="group" aria-label={t("Years")}>
      <div class="steps">
        <StepButton label={t("One year back")} path="m12 5-5 5 5 5" onClick={() => step(-1)} />
        <StepButton
          label={isPlayed ? t("Pause") : t("Play the years")}
          path={isPlayed ? "M7.5 5v10m5-10v10" : "M7 4.5v11l8-5.5-8-5.5Z"}
          onClick={() => setPlayed(!isPlayed)}
        />
        <StepButton label={t("One year on")} path="m8 5 5 5-5 5" onClick={() => step(1)} />
      </div>
      <YearTrack
        data={data}
        counts={counts}
        span={now}
        isAll={period === null}
        onChange={show}
        onTouch={() => setPlayed(false)}
      />
      <div class="chosen">
        <output aria-live={isPlayed ? "off" : "polite"}>{spanText(now)}</output>
        <button type="button" aria-pressed={period === null} onClick={() => show(all)}>
          {t("All years")}
        </button>
        <select
          aria-label={t("How years are played")}
          value={playing}
          onChange={(event) => setPlaying(event.currentTarget.value as Playing)}
        >
          <option value="growing">{t("from the first year on")}</option>
          <option value="moving">{t("span by span")}</option>
        </select>
      </div>
      {period && <Said data={data} counts={counts} />}
    </div>
  );
}

const spanText = ([from, to]: Span) => (from === to ? year(from) : `${year(from)}–${year(to)}`);

/** What a period leaves out, or can't tell. */
function Said({ data, counts: { of, undated } }: { data: MapData; counts: YearCounts }) {
  const said = [
    undated > 0 && t("Not shown because the year is missing: {records}.", { records: counted(data, undated) }),
    of === "records" && data.links.n > 0 && !hasYearlyLinks(data) && t("The links are from all years."),
  ].filter(Boolean);
  return said.length ? <p class="hint">{said.join(" ")}</p> : null;
}

/** Whether years are being played: each step shows the next span, until the last year is there. */
function usePlayed(
  period: Span | null,
  all: Span,
  playing: Playing,
  show: (span: Span) => void,
): [boolean, (isPlayed: boolean) => void] {
  const [isPlayed, setPlayed] = useState(false);
  const shown = useRef(all);
  useEffect(() => {
    if (!isPlayed) return;
    const timer = setTimeout(() => {
      const next = nextStep(shown.current, playing, all);
      if (!next) return setPlayed(false);
      shown.current = next;
      show(next);
    }, STEP_TIME);
    return () => clearTimeout(timer);
  }, [isPlayed, playing, period]);
  const play = (isOn: boolean) => {
    if (isOn) {
      shown.current = firstStep(period, playing, all);
      show(shown.current);
    }
    setPlayed(isOn);
  };
  return [isPlayed, play];
}

function StepButton({ label, path, onClick }: { label: string; path: string; onClick: () => void }) {
  return (
    <button type="button" class="step" aria-label={label} title={label} onClick={onClick}>
      <svg class="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
        <path d={path} />
      </svg>
    </button>
  );
}
