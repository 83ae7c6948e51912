/** Why a file can't be shown, in words: what was found, where, what was expected, and the way on. */
import { t, tn } from "../words.ts";

/** A file that can't be shown; its message is for the reader of the page. */
export class Refused extends Error {}

export interface Problem {
  found: string;
  where: string;
  expected?: string;
  wayOn?: string;
}

const SHOWN = 5;

export function refusal(...problems: readonly Problem[]): Refused {
  const lines = problems.slice(0, SHOWN).map(sentences);
  const rest = problems.length - SHOWN;
  if (rest > 0) lines.push(tn("{n} more problem like these.", "{n} more problems like these.", rest));
  return new Refused(lines.join("\n"));
}

/** Refuse a file for all its problems together; nothing happens where there are none. */
export function refuse(problems: readonly Problem[]): void {
  if (problems.length) throw refusal(...problems);
}

function sentences({ found, where, expected, wayOn }: Problem): string {
  const told = expected
    ? t("{where}: {found}. Expected: {expected}.", { where, found, expected })
    : `${where}: ${found}.`;
  return wayOn ? `${told} ${wayOn}` : told;
}

/** A value in a message, cut where it is long. */
export function shown(value: unknown): string {
  const text = typeof value === "string" ? `'${value}'` : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
