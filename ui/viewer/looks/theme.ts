/** The colours of all that is no item, on white and on black: those of `benang.figures`. */
import { darken, labToRgb, lighten, mixRgb, rgbToLab, toHex, toRgb } from "./mixing.ts";

export interface Theme {
  dark: boolean;
  page: string;
  ink: string;
  muted: string;
  /** Items without a cluster or a score. */
  none: string;
  /** Links without the colours of their ends. */
  link: string;
  /** Circles of a legend. */
  key: string;
  keyEdge: string;
}

export const GREY = "#bfbfbf";

export const LIGHT: Theme = {
  dark: false,
  page: "#ffffff",
  ink: "#222222",
  muted: "#595959",
  none: GREY,
  link: "#999999",
  key: "#ececec",
  keyEdge: "#777777",
};

export const DARK: Theme = {
  dark: true,
  page: "#000000",
  ink: "#f2f2f2",
  muted: "#b4b4b4",
  none: "#7a7a7a",
  link: "#8a8a8a",
  key: "#3a3a3a",
  keyEdge: "#a8a8a8",
};

export const themeOf = (state: { dark: boolean }): Theme => (state.dark ? DARK : LIGHT);

/** The outline of a circle: further from the page than its colour. */
export const edgeOf = (colour: string, theme: Theme, share = 0.25): string =>
  theme.dark ? lighten(colour, share) : darken(colour, share);

// In Lab. Links are all about as far from the page, so that none drowns the map and none vanishes.
const LINKS_ON_WHITE = [66, 82] as const;
const LINKS_ON_BLACK = [24, 52] as const;
// Darker colours of clusters are lifted on black, but keep a part of their distance, so that two of one hue differ.
const LEAST_LIGHT = 48;
const KEPT = 1 / 6;

/** The colour of a link that ends at an item of this colour: faded into the page. */
export function linkColour(colour: string, theme: Theme): string {
  const [lightness, a, b] = rgbToLab(mixRgb(toRgb(colour), toRgb(theme.page), 0.4));
  const [least, most] = theme.dark ? LINKS_ON_BLACK : LINKS_ON_WHITE;
  return toHex(...labToRgb([Math.min(most, Math.max(least, lightness)), a, b]));
}

/** A colour that stands out from the page: on black, a dark one is made lighter. */
export function seen(colour: string, theme: Theme): string {
  if (!theme.dark) return colour;
  const [lightness, a, b] = rgbToLab(toRgb(colour));
  if (lightness >= LEAST_LIGHT) return colour;
  return toHex(...labToRgb([LEAST_LIGHT - (LEAST_LIGHT - lightness) * KEPT, a, b]));
}
