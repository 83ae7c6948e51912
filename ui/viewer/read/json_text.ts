/** JSON, and where it goes wrong: browsers say that each in their own words, and some not at all. */
import { t } from "../words.ts";
import { refusal } from "./refused.ts";

export interface Fault {
  /** The place of the character where the text stops being JSON. */
  at: number;
  line: number;
  column: number;
  expected: string;
}

const STRING = /"(?:[^"\\\p{Cc}]|[\u007f-\u009f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/uy;
const SCALAR = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y;
const BLANK = /[ \t\r\n]*/y;
const WORD = /[\w.+-]{1,12}|[^\s]/uy;

/** Read JSON; throws `Refused` with line and column for what is none. */
export function parsedJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const { at, line, column, expected } = faultOf(text) ?? { at: 0, line: 1, column: 1, expected: t("JSON") };
    const found = match(WORD, text, at);
    const isNumber = /^-?(?:NaN|Infinity)$/.test(found);
    throw refusal({
      found: found ? t("the JSON goes wrong at '{found}'", { found }) : t("the file ends in the middle of the JSON"),
      where: t("{file}, line {line}, column {column}", { file: where, line: String(line), column: String(column) }),
      expected: isNumber ? t("a finite number") : expected,
      wayOn: isNumber
        ? t("Leave the value out if it is not known.")
        : t("Perhaps the file was cut off: save the map again."),
    });
  }
}

/** Find the first character that no JSON could have there; null where there is none. */
export function faultOf(text: string): Fault | null {
  const open: string[] = [];
  let at = 0;
  let state: "value" | "first" | "key" | "colon" | "after" = "value";
  for (;;) {
    at += match(BLANK, text, at).length;
    if (state === "after" && !open.length) return at < text.length ? faultAt(text, at, t("the end of the file")) : null;
    const step = STEPS[state](text, at, open);
    if (typeof step === "string") return faultAt(text, at, step);
    [state, at] = step;
  }
}

type State = "value" | "first" | "key" | "colon" | "after";
/** Where to go on and with what, or what was expected. */
type Step = [State, number] | string;

const STEPS: Record<State, (text: string, at: number, open: string[]) => Step> = {
  value(text, at, open) {
    const mark = text[at];
    if (mark === "{" || mark === "[") {
      open.push(mark);
      return ["first", at + 1];
    }
    const length = (match(STRING, text, at) || match(SCALAR, text, at)).length;
    return length ? ["after", at + length] : t("a value");
  },
  first(text, at, open) {
    const isObject = open.at(-1) === "{";
    if (text[at] === (isObject ? "}" : "]")) {
      open.pop();
      return ["after", at + 1];
    }
    return isObject ? STEPS.key(text, at, open) : STEPS.value(text, at, open);
  },
  key(text, at) {
    const length = match(STRING, text, at).length;
    return length ? ["colon", at + length] : t("a name in quotation marks, or '}'");
  },
  colon(text, at) {
    return text[at] === ":" ? ["value", at + 1] : "':'";
  },
  after(text, at, open) {
    const isObject = open.at(-1) === "{";
    if (text[at] === ",") return [isObject ? "key" : "value", at + 1];
    if (text[at] !== (isObject ? "}" : "]")) return isObject ? t("',' or '}'") : t("',' or ']'");
    open.pop();
    return ["after", at + 1];
  },
};

function match(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? "";
}

function faultAt(text: string, at: number, expected: string): Fault {
  const before = text.slice(0, at).split("\n");
  return { at, line: before.length, column: (before.at(-1) ?? "").length + 1, expected };
}
