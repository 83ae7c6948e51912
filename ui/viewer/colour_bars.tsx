/** The colours of scores and of densities, from low to high. */
import { densityShades, ownColours, scoreScaleColours, shadeAt } from "./looks/colours.ts";
import { toHex } from "./looks/mixing.ts";
import { shownEnds, shownTicks, titleOf } from "./looks/score_words.ts";
import { scoreOf, shareOf } from "./looks/scores.ts";
import { themeOf } from "./looks/theme.ts";
import type { Looks, MapData, ScaleData } from "./model.ts";
import type { State, Store } from "./state.ts";
import { useStore } from "./use_store.ts";
import { t, tn } from "./words.ts";

const STEPS = 40;

export function ScoreBar({ store, data, looks }: { store: Store; data: MapData; looks: Looks }) {
  const state = useStore(store, "score", "normalisation", "low", "high", "scoreColours", "dark") as State;
  const own = state.score === "" ? ownColours(data) : null;
  const score = scoreOf(data, state);
  const grey = themeOf(state).none;
  if (own) {
    return (
      <figure class="scale">
        <figcaption>{t("Colours given in the file")}</figcaption>
        <Grey colour={grey} n={own.filter((colour) => colour === null).length} of="colour" />
      </figure>
    );
  }
  if (!score.name) return <p class="hint">{t("This map has no scores to colour its items by.")}</p>;
  const { scale } = score;
  return (
    <figure class="scale">
      <figcaption>{titleOf(score)}</figcaption>
      {scale && (
        <Bar
          shades={scoreScaleColours(looks, state)}
          isOne={scale.high <= scale.low}
          ticks={shownTicks(scale, score.years).map((tick) => [shareOf(scale, tick.value), tick.text])}
        />
      )}
      <Grey colour={grey} n={score.without} of={score.years ? "year" : "score"} />
      {score.normalisation !== state.normalisation && (
        <p class="hint">{t("These scores differ in sign, or are all 0, so they are not divided by their mean.")}</p>
      )}
    </figure>
  );
}

/** The scale in one line, for where the legend is not in sight: colours say nothing without it. */
export function ScoreLine({ store, data, looks }: { store: Store; data: MapData; looks: Looks }) {
  const state = useStore(store, "view", "score", "normalisation", "low", "high", "scoreColours", "dark") as State;
  if (state.view !== "overlay" || (state.score === "" && ownColours(data))) return null;
  const score = scoreOf(data, state);
  const { scale } = score;
  if (!scale) return null;
  const [low, high] = shownEnds(scale, score.years);
  return (
    <figure class="score-line">
      <figcaption>{titleOf(score)}</figcaption>
      <span>{low}</span>
      <Colours shades={scoreScaleColours(looks, state)} isOne={scale.high <= scale.low} />
      {scale.high > scale.low && <span>{high}</span>}
    </figure>
  );
}

export function DensityBar({ store, looks }: { store: Store; looks: Looks }) {
  const state = useStore(store, "scoreColours", "dark") as State;
  const ends: [number, string][] = [
    [0, t("low")],
    [1, t("high")],
  ];
  return (
    <figure class="scale">
      <figcaption>{t("Density")}</figcaption>
      <Bar shades={densityShades(looks, state)} ticks={ends} />
    </figure>
  );
}

interface BarProps {
  shades: ScaleData;
  /** Places from 0 to 1, with what they mean. */
  ticks: readonly (readonly [number, string])[];
  /** Whether all scores are alike, and have the colour of the middle. */
  isOne?: boolean;
}

function Bar({ shades, ticks, isOne = false }: BarProps) {
  return (
    <div class="colour-bar">
      <Colours shades={shades} isOne={isOne} />
      <div class="ticks">
        {ticks.map(([place, text]) => (
          <span key={text} style={{ left: `${100 * place}%` }}>
            {text}
          </span>
        ))}
      </div>
    </div>
  );
}

function Colours({ shades, isOne }: { shades: ScaleData; isOne: boolean }) {
  const stops = Array.from({ length: STEPS + 1 }, (_, step) => toHex(...shadeAt(shades, isOne ? 0.5 : step / STEPS)));
  return <div class="colours" style={{ backgroundImage: `linear-gradient(to right, ${stops.join(", ")})` }} />;
}

function Grey({ colour, n, of }: { colour: string; n: number; of: "year" | "score" | "colour" }) {
  if (!n) return null;
  const said = {
    year: tn("{n} item without a year", "{n} items without a year", n),
    score: tn("{n} item without a score", "{n} items without a score", n),
    colour: tn("{n} item without a colour", "{n} items without a colour", n),
  };
  return (
    <p class="grey">
      <span class="dot" style={{ background: colour }} />
      {said[of]}
    </p>
  );
}
