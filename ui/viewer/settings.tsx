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

function ItemSettings({ shown: { data }, state, change, weight }: Props & { weight: string }) {
  return (
    <Group title={t("Items")}>
      {data.weights.size > 0 && (
        <Choice
          label={t("Size by")}
          value={weight}
          options={named(data.weights.keys())}
          onChange={(name) => change({ weight: name })}
        />
      )}
      <Slider
        label={t("Differences in size")}
        min={0}
        max={1}
        step={0.05}
        value={state.itemSizeVariation}
        said={written(state.itemSizeVariation)}
        onChange={(itemSizeVariation) => change({ itemSizeVariation })}
      />
      <Slider
        label={t("Size of everything")}
        min={0.5}
        max={3}
        step={0.1}
        value={state.scale}
        said={`${written(state.scale)} ×`}
        onChange={(scale) => change({ scale })}
      />
      <Switch label={t("Frames instead of circles")} checked={state.frames} onChange={(frames) => change({ frames })} />
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
      {view.endsWith("density") && <KernelWidth {...props} />}
      <Switch label={t("Dark")} checked={props.state.dark} onChange={(dark) => props.change({ dark })} />
    </Group>
  );
}

function ScoreSettings({ shown: { data }, state, change }: Props) {
  const { name, scale, normalisation } = scoreOf(data, state);
  const auto = scoreOf(data, { ...state, low: null, high: null }).scale;
  if (!data.scores.size) return <p class="hint">{t("This map has no scores to colour its items by.")}</p>;
  const step = "any" as unknown as number;
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
          <NumberField
            label={t("From")}
            min={-1e15}
            max={1e15}
            step={step}
            value={state.low}
            placeholder={auto ? rounded(auto.low) : ""}
            onChange={(low) => change({ low })}
          />
          <NumberField
            label={t("To")}
            min={-1e15}
            max={1e15}
            step={step}
            value={state.high}
            placeholder={auto ? rounded(auto.high) : ""}
            onChange={(high) => change({ high })}
          />
        </div>
      )}
    </>
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

function KernelWidth({ state, change }: Props) {
  return (
    <Slider
      label={t("Kernel width")}
      min={0.02}
      max={0.5}
      step={0.005}
      value={state.kernelWidth}
      said={written(state.kernelWidth)}
      onChange={(kernelWidth) => change({ kernelWidth })}
    />
  );
}

function NameSettings({ state, change }: Props) {
  return (
    <Group title={t("Labels")}>
      <Switch label={t("Show labels")} checked={state.labels} onChange={(labels) => change({ labels })} />
      <Slider
        label={t("Differences in size")}
        min={0}
        max={1}
        step={0.05}
        value={state.labelSizeVariation ?? state.itemSizeVariation}
        said={written(state.labelSizeVariation ?? state.itemSizeVariation)}
        onChange={(labelSizeVariation) => change({ labelSizeVariation })}
      />
      <NumberField
        label={t("Letters at most")}
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

function LinkSettings({ shown: { data }, state, change }: Props) {
  return (
    <Group title={t("Links")}>
      <div class="pair">
        <NumberField
          label={t("Links at most")}
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
          step={"any" as unknown as number}
          value={state.minLinkStrength}
          onChange={(least) => change({ minLinkStrength: least ?? 0 })}
        />
      </div>
      <p class="hint">{t("{shown} of {all} links in this file", { shown: data.links.n, all: data.allLinks })}</p>
      <Slider
        label={t("Differences in width")}
        min={0}
        max={1}
        step={0.05}
        value={state.linkSizeVariation}
        said={written(state.linkSizeVariation)}
        onChange={(linkSizeVariation) => change({ linkSizeVariation })}
      />
      <Switch label={t("Curved")} checked={state.curved} onChange={(curved) => change({ curved })} />
      <Switch
        label={t("In the colours of their items")}
        checked={state.coloured}
        onChange={(coloured) => change({ coloured })}
      />
    </Group>
  );
}

function PictureSettings({ state, change }: Props) {
  const moved = Object.keys(state.moved).length;
  return (
    <Group title={t("Position")}>
      <Slider
        label={t("Rotate")}
        min={-180}
        max={180}
        step={1}
        value={state.rotation}
        said={`${written(state.rotation)}°`}
        onChange={(rotation) => change({ rotation })}
      />
      <Switch label={t("Flip left and right")} checked={state.flipX} onChange={(flipX) => change({ flipX })} />
      <Switch label={t("Flip top and bottom")} checked={state.flipY} onChange={(flipY) => change({ flipY })} />
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
