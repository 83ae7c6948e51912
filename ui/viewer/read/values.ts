/** Single values of a file: ids, and numbers that stand as numbers or as text. */
import { t } from "../words.ts";
import { type Problem, shown } from "./refused.ts";

/** Beyond these, ratios of numbers run out of what 64 bits hold. */
export const WEAKEST = 1e-100;
export const STRONGEST = 1e100;

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;
const MISSING = new Set(["", "null", "nan"]);

/** An id as text (1 and 1.0 are "1"), or null where there is none. */
export function nameOf(value: unknown): string | null {
  if (typeof value === "string") return value || null;
  if (typeof value === "number") return String(value);
  return typeof value === "object" && value !== null ? JSON.stringify(value) : null;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A field of the object itself: a file may call one `constructor`, which every object has. */
export function fieldIn(values: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}

/** A field of a table as a number; null where it is empty, the text where it is none, to be named in the message. */
export function numberTold(field: string): number | string | null {
  const bare = field.trim();
  if (MISSING.has(bare.toLowerCase())) return null;
  return NUMBER.test(bare) ? Number(bare) : bare;
}

/** A number of an item, NaN where it has none; what is none is a problem. */
export function numberIn(value: unknown, where: () => string, problems: Problem[], least = -STRONGEST): number {
  if (typeof value === "number" && value >= least && value <= STRONGEST) return value;
  if (value === null || value === undefined || value === "") return Number.NaN;
  const expected = least === 0 ? t("a number that is not negative") : t("a number");
  problems.push({ found: shown(value), where: where(), expected, ...hint(value) });
  return Number.NaN;
}

/** What to do about a number with a decimal comma. */
export function hint(value: unknown): { wayOn?: string } {
  const comma = typeof value === "string" && /^-?\d+,\d+$/.test(value.trim());
  return comma ? { wayOn: t("Write decimals with a point.") } : {};
}
