/** How the map looks: what sizes and colours the items, names, links, and the picture as a whole. */

import { Choice, Group, NumberField, type Option, Slider, Switch } from "./controls.tsx";
import { scoreOf } from "./looks/scores.ts";
import { measureName, type Shown } from "./shown.ts";
import type { Normalisation, State } from "./state.ts";
import { useStore } from "./use_store.ts";
import { t, word, written } from "./words.ts";

interface Props {
  shown: Shown;
  state: Readonly<State>;
  change: (part: Partial<State>) => void;
}

const SHOWN_IN: readonly (keyof State)[] = [
  ..."view weight score normalisation low high scoreColours palette dark kernelWidth scale frames labels".split(" "),
  ..."itemSizeVariation labelSizeVariation linkSizeVariation labelLength maxLinks minLinkStrength".split(" "),
  ..."curved coloured rotation flipX flipY hidden moved period".split(" "),
] as (keyof State)[];

export function Settings({ shown, weight }: { shown: Shown; weight: string }) {
  const { store } = shown;
  useStore(store, ...SHOWN_IN);
  const props: Props = { shown, state: store.state, change: (part) => store.change(part) };
  return (
    <>
      <ItemSettings {...props} weight={weight} />
      <ColourSettings {...props} />
      <NameSettings {...props} />
      <LinkSettings {...props} />
      <PictureSettings {...props} />
      <button type="button" onClick={() => reset(shown)}>
        {t("Reset all settings")}
      </button>
    </>
  );
}

/** Back to how the page was opened; the view, the selection and what is seen of the map stay. */
function reset({ store, start }: Shown): void {
  const { view, selected, selectedLink, camera } = store.state;
  store.change({ ...start, view, selected, selectedLink, camera });
}

const named = (names: Iterable<string>): Option[] =>
  Array.from(names, (name) => ({ value: name, label: measureName(name) }));

function ItemSettings({ weight, ...props }: Props & { weight: string }) {
  const { weights } = props.shown.data;
  return (
    <Group title={t("Items")}>
      {weights.size > 0 && (
        <Choice
          label={t("Size by")}
          value={weight}
          options={named(weights.keys())}
          onChange={(name) => props.change({ weight: name })}
        />
      )}
      <SliderOf {...props} of="itemSizeVariation" label={t("Differences in size")} range={[0, 1, 0.05]} />
      <SliderOf {...props} of="scale" label={t("Size of everything")} range={[0.5, 3, 0.1]} unit=" ×" />
      <SwitchOf {...props} of="frames" label={t("Frames instead of circles")} />
    </Group>
  );
}

function ColourSettings(props: Props) {
  const { view } = props.state;
  return (
    <Group title={t("Colours")}>
      {view === "overlay" && <ScoreSettings {...props} />}
      {(view === "overlay" || view === "density") && <ScaleChoice {...props} />}
      {(view === "network" || view === "cluster-density") && <PaletteChoice {...props} />}
      {view.endsWith("density") && (
        <SliderOf {...props} of="kernelWidth" label={t("Kernel width")} range={[0.02, 0.5, 0.005]} />
      )}
      <SwitchOf {...props} of="dark" label={t("Dark")} />
    </Group>
  );
}

function ScoreSettings(props: Props) {
  const { shown, state, change } = props;
  const { data } = shown;
  const { name, scale, normalisation } = scoreOf(data, state);
  const auto = scoreOf(data, { ...state, low: null, high: null }).scale;
  if (!data.scores.size) return <p class="hint">{t("This map has no scores to colour its items by.")}</p>;
  return (
    <>
      <Choice
        label={t("Colour by")}
        value={name}
        options={named(data.scores.keys())}
        onChange={(score) => change({ score, low: null, high: null })}
      />
      <Choice
        label={t("Normalise")}
        value={state.normalisation}
        options={normalisations()}
        onChange={(how) => change({ normalisation: how as Normalisation, low: null, high: null })}
      />
      {normalisation !== state.normalisation && (
        <p class="hint">{t("These scores cannot be normalised like this; they are shown as they are.")}</p>
      )}
      {scale && (
        <div class="pair">
          <ScoreEnd {...props} of="low" label={t("From")} automatic={auto?.low} />
          <ScoreEnd {...props} of="high" label={t("To")} automatic={auto?.high} />
        </div>
      )}
    </>
  );
}

/** The score that has the first or the last colour; left empty, it is found from the scores. */
function ScoreEnd(props: Props & { of: "low" | "high"; label: string; automatic: number | undefined }) {
  const { state, change, of, label, automatic } = props;
  return (
    <NumberField
      label={label}
      min={-1e15}
      max={1e15}
      step="any"
      value={state[of]}
      placeholder={automatic === undefined ? "" : rounded(automatic)}
      onChange={(end) => change({ [of]: end })}
    />
  );
}

/** As many digits as the field has room for. */
const rounded = (value: number): string => String(Number(value.toPrecision(6)));

const normalisations = (): Option[] => [
  { value: "none", label: t("Not at all") },
  { value: "divide by mean", label: t("Divide by the mean") },
  { value: "subtract mean", label: t("Subtract the mean") },
  { value: "z-score", label: t("z-scores") },
];

function ScaleChoice({ shown: { looks }, state, change }: Props) {
  const names = Object.keys(looks.scales).filter((name) => !name.startsWith("density"));
  const options = names.map((name) => ({ value: name, label: word(name) }));
  const preset = { value: "", label: t("Preset") };
  return (
    <Choice
      label={t("Colour scale")}
      value={state.scoreColours}
      options={[preset, ...options]}
      onChange={(scoreColours) => change({ scoreColours })}
    />
  );
}

function PaletteChoice({ shown: { looks }, state, change }: Props) {
  const known: Record<string, string> = {
    benang: t("Safe for colour-blind readers"),
    vosviewer: "VOSviewer",
  };
  return (
    <Choice
      label={t("Colours of clusters")}
      value={state.palette}
      options={Object.keys(looks.palettes).map((name) => ({ value: name, label: known[name] ?? name }))}
      onChange={(palette) => change({ palette })}
    />
  );
}

function NameSettings(props: Props) {
  const { state, change } = props;
  return (
    <Group title={t("Labels")}>
      <SwitchOf {...props} of="labels" label={t("Show labels")} />
      <SliderOf
        {...props}
        of="labelSizeVariation"
        otherwise={state.itemSizeVariation}
        label={t("Differences in size")}
        range={[0, 1, 0.05]}
      />
      <NumberField
        label={t("Maximum letters")}
        min={0}
        max={300}
        step={1}
        value={state.labelLength}
        placeholder={t("preset")}
        onChange={(labelLength) => change({ labelLength })}
      />
    </Group>
  );
}

function LinkSettings(props: Props) {
  const { shown, state, change } = props;
  const { data } = shown;
  return (
    <Group title={t("Links")}>
      <div class="pair">
        <NumberField
          label={t("Maximum links")}
          min={0}
          max={1_000_000}
          step={1}
          value={state.maxLinks}
          onChange={(maxLinks) => maxLinks !== null && change({ maxLinks })}
        />
        <NumberField
          label={t("Minimum strength")}
          min={0}
          max={1e15}
          step="any"
          value={state.minLinkStrength}
          onChange={(least) => change({ minLinkStrength: least ?? 0 })}
        />
      </div>
      <p class="hint">{t("{shown} of {all} links in this file", { shown: data.links.n, all: data.allLinks })}</p>
      <SliderOf {...props} of="linkSizeVariation" label={t("Differences in width")} range={[0, 1, 0.05]} />
      <SwitchOf {...props} of="curved" label={t("Curved")} />
      <SwitchOf {...props} of="coloured" label={t("In the colours of their items")} />
    </Group>
  );
}

function PictureSettings(props: Props) {
  const { state, change } = props;
  const moved = Object.keys(state.moved).length;
  return (
    <Group title={t("Position")}>
      <SliderOf {...props} of="rotation" label={t("Rotate")} range={[-180, 180, 1]} unit="°" />
      <SwitchOf {...props} of="flipX" label={t("Flip left and right")} />
      <SwitchOf {...props} of="flipY" label={t("Flip top and bottom")} />
      {moved > 0 && (
        <button type="button" class="quiet" onClick={() => change({ moved: {} })}>
          {t("Put moved items back")}
        </button>
      )}
      {state.hidden.size > 0 && (
        <button type="button" class="quiet" onClick={() => change({ hidden: new Set() })}>
          {t("Show hidden items")}
        </button>
      )}
    </Group>
  );
}

/** The settings whose values are of a type. */
type SettingOf<Value> = { [Name in keyof State]: State[Name] extends Value ? Name : never }[keyof State];

interface SliderOfProps extends Props {
  of: SettingOf<number | null>;
  /** The value where none is set. */
  otherwise?: number;
  label: string;
  /** Least, most, and the step between. */
  range: readonly [number, number, number];
  unit?: string;
}

function SliderOf({ state, change, of, otherwise = 0, label, range: [min, max, step], unit = "" }: SliderOfProps) {
  const value = state[of] ?? otherwise;
  const said = `${written(value)}${unit}`;
  const set = (to: number) => change({ [of]: to });
  return <Slider label={label} min={min} max={max} step={step} value={value} said={said} onChange={set} />;
}

function SwitchOf({ state, change, of, label }: Props & { of: SettingOf<boolean>; label: string }) {
  return <Switch label={label} checked={state[of]} onChange={(isOn) => change({ [of]: isOn })} />;
}
