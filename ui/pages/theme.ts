/** Light, dark, or as the system is: chosen with a button or a list, kept, and shown before anything is painted. */
import { t } from "../viewer/words.ts";
import { kept } from "./store.ts";

const NAME = "theme";
const CHOICES = ["auto", "light", "dark"] as const;

const SIGNS = { auto: "◐", light: "○", dark: "●" } as const;

export type Choice = (typeof CHOICES)[number];

export const choiceOf = (text: string | null): Choice => CHOICES.find((one) => one === text) ?? "auto";

export const nextChoice = (choice: Choice): Choice => CHOICES[(CHOICES.indexOf(choice) + 1) % CHOICES.length];

/** The theme that a choice comes to. */
export const themeOf = (choice: Choice, isSystemDark: boolean): "light" | "dark" =>
  choice === "auto" ? (isSystemDark ? "dark" : "light") : choice;

export function setUpTheme(): void {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const show = () => {
    const choice = choiceOf(kept.get(NAME));
    document.documentElement.dataset.theme = themeOf(choice, system.matches);
    for (const control of controls()) name(control, choice);
  };
  show();
  system.addEventListener("change", show);
  addEventListener("storage", show); // of another tab
  document.addEventListener("htmx:load", show);
  document.addEventListener("click", (event) => {
    const control = (event.target as Element).closest<HTMLElement>("[data-theme-switch]");
    if (control && !(control instanceof HTMLSelectElement)) choose(nextChoice(choiceOf(kept.get(NAME))), show);
  });
  document.addEventListener("change", ({ target }) => {
    if (target instanceof HTMLSelectElement && target.matches("[data-theme-switch]"))
      choose(choiceOf(target.value), show);
  });
}

function choose(choice: Choice, show: () => void): void {
  kept.set(NAME, choice);
  show();
}

const controls = (): NodeListOf<HTMLElement> => document.querySelectorAll<HTMLElement>("[data-theme-switch]");

function name(control: HTMLElement, choice: Choice): void {
  control.dataset.choice = choice;
  if (control instanceof HTMLSelectElement) {
    control.value = choice;
    return;
  }
  const words = { auto: t("Theme: as the system"), light: t("Theme: light"), dark: t("Theme: dark") }[choice];
  control.setAttribute("aria-label", words);
  control.title = words;
  if (control.childElementCount === 0) control.textContent = SIGNS[choice];
}
