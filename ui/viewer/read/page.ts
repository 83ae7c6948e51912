/** The data of a page that Benang made: a map with its records, colours and words. */
import type { PageData } from "../model.ts";
import { t } from "../words.ts";
import { parsedJson } from "./json_text.ts";
import { refusal } from "./refused.ts";
import { viewIt } from "./text.ts";
import { isObject } from "./values.ts";

const FORMAT = 1;

export function isPage(text: string): boolean {
  return /^\s*(?:<!doctype html|<html)/i.test(text);
}

/** The data in the first map of a page; throws `Refused` for a page without one. Nothing of the page is run. */
export async function pageOf(text: string, where: string): Promise<PageData> {
  const inert = new DOMParser().parseFromString(text, "text/html");
  const script = inert.querySelector<HTMLScriptElement>("script[data-benang-page], script[data-benang-packed]");
  if (!script)
    throw refusal({
      found: t("a page without a map of Benang's"),
      where,
      expected: t("a VOSviewer map or a page made by Benang"),
    });
  return pageIn(script, where);
}

/** The data in a script of a page, packed or plain. */
export async function pageIn(script: HTMLScriptElement, where: string): Promise<PageData> {
  const content = script.textContent ?? "";
  const isPacked = script.hasAttribute("data-benang-packed");
  const data = parsedJson(isPacked ? await unpacked(content, where) : content, where);
  const format = isObject(data) ? data.format : undefined;
  if (format !== FORMAT)
    throw refusal({
      found: t("a page of another form ({format})", { format: String(format) }),
      where,
      expected: t("format {n}", { n: FORMAT }),
      wayOn: t("It was made by another version of Benang: open the map's own file."),
    });
  return data as unknown as PageData;
}

/** Text that was compressed by gzip and written in base64. */
async function unpacked(base64: string, where: string): Promise<string> {
  try {
    const bytes = Uint8Array.from(atob(base64.trim()), (letter) => letter.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return await new Response(stream).text();
  } catch {
    throw refusal({ found: t("the data of the page can't be unpacked"), where, wayOn: viewIt(where) });
  }
}
