/** What a scale of scores says beside its colours: its title, and the numbers below it. */
import type { Normalisation } from "../state.ts";
import { spoken, t, word } from "../words.ts";
import type { Score, ScoreScale } from "./scores.ts";

// Letters that fit side by side below a bar.
const LETTERS = 30;

export function titleOf({ name, normalisation }: Score): string {
  const how: Record<Normalisation, string> = {
    none: "",
    "divide by mean": t("divided by the mean"),
    "subtract mean": t("mean subtracted"),
    "z-score": t("z-score"),
  };
  return how[normalisation] ? `${word(name)} (${how[normalisation]})` : word(name);
}

/** Ticks with their texts, every second or third one where there is no room for all. */
export function shownTicks({ ticks, decimals }: ScoreScale, years: boolean): { value: number; text: string }[] {
  const numbers = numbersOf(decimals, years);
  const texts = ticks.map((value) => ({ value, text: numbers.format(value) }));
  const letters = texts.reduce((sum, { text }) => sum + text.length + 1, 0);
  const every = Math.max(1, Math.ceil(letters / LETTERS));
  return texts.filter((_, at) => at % every === 0);
}

/** The ends of a scale, with a decimal more than its ticks where they lie between two of these. */
export function shownEnds({ low, high, decimals }: ScoreScale, years: boolean): [string, string] {
  const areRound = [low, high].every((end) => Math.abs(end - Number(end.toFixed(decimals))) < 1e-9);
  const numbers = numbersOf(areRound ? decimals : decimals + 1, years);
  return [numbers.format(low), numbers.format(high)];
}

const numbersOf = (decimals: number, years: boolean) =>
  new Intl.NumberFormat(spoken(), {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    useGrouping: !years,
  });
