/** What the server says of a document, and what was coded in it. Places are in code points of the document's file. */

export interface Page {
  number: number;
  start: number;
  text: string;
}

export interface Coding {
  id: string;
  start: number;
  end: number;
  code: string;
  case: string;
  coder: string;
  stance: string;
  scope: string;
  isOwn: boolean;
  isSuggestion: boolean;
  isAside: boolean;
  /** The rule of its code has changed since, or the code was split. */
  isAgain: boolean;
  memos: readonly { coder: string; text: string }[];
  /** One that is shown before the server has it. */
  isPending?: boolean;
}

export interface Codings {
  /** Of the text that the places are in. */
  version: string;
  codings: readonly Coding[];
  memos: readonly { coder: string; text: string }[];
}

export interface Data extends Codings {
  review: string;
  coder: string;
  hasPaper: boolean;
  id: string;
  record: string;
  pages: readonly Page[];
  sentences: readonly (readonly [number, number])[];
}

export interface Names {
  codes: Record<string, string>;
  cases: Record<string, string>;
  stances: Readonly<Record<string, string>>;
}

/** A stretch of the text in UTF-16 units. */
export interface Place {
  start: number;
  end: number;
}

export function jsonIn<T>(id: string): T {
  return JSON.parse(document.getElementById(id)?.textContent ?? "{}") as T;
}

let texts: Record<string, string> | undefined;

/** A text of the page by its name, with `{name}` replaced by its value. */
export function text(name: string, values: Readonly<Record<string, string | number>> = {}): string {
  texts ??= jsonIn<Record<string, string>>("reader-texts");
  return (texts[name] ?? name).replace(/\{(\w+)\}/g, (whole, key: string) => String(values[key] ?? whole));
}

/** A part of the page that the template has. */
export function part<T extends HTMLElement>(name: string): T {
  return document.querySelector(`main [data-${name}]`) as T;
}
