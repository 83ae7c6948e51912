/** The data of a page that Benang made: a map with its records, colours and words. */
import type { PageData, SharedData, SharingData } from "../model.ts";
import { t } from "../words.ts";
import { parsedJson } from "./json_text.ts";
import { refusal } from "./refused.ts";
import { completed } from "./shared.ts";
import { viewIt } from "./text.ts";
import { isObject } from "./values.ts";

const FORMAT = 1;
/** The type of a script whose data are compressed. */
const PACKED = "text/plain";

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

/** The data in a script of a page, packed or plain, with what the maps of the page share. */
export async function pageIn(script: HTMLScriptElement, where: string): Promise<PageData> {
  const data = await contentOf(script, where);
  const format = isObject(data) ? data.format : undefined;
  if (format !== FORMAT)
    throw refusal({
      found: t("a page of another form ({format})", { format: String(format) }),
      where,
      expected: t("format {n}", { n: FORMAT }),
      wayOn: t("It was made by another version of Benang: open the map's own file."),
    });
  const shared = script.ownerDocument.querySelector<HTMLScriptElement>("script[data-benang-shared]");
  if (!shared) return data as unknown as PageData;
  return completed(data as unknown as SharingData, await sharedIn(shared, where));
}

async function contentOf(script: HTMLScriptElement, where: string): Promise<unknown> {
  const content = script.textContent ?? "";
  return parsedJson(script.type === PACKED ? await unpacked(content, where) : content, where);
}

const read = new WeakMap<HTMLScriptElement, Promise<SharedData>>();

/** What maps share, read once for all of them. */
function sharedIn(script: HTMLScriptElement, where: string): Promise<SharedData> {
  const known = read.get(script) ?? (contentOf(script, where) as Promise<SharedData>);
  read.set(script, known);
  return known;
}

/** Text that was compressed by gzip and written in base64. */
async function unpacked(base64: string, where: string): Promise<string> {
  try {
    return await inflated(Uint8Array.from(atob(base64.trim()), (letter) => letter.charCodeAt(0)));
  } catch {
    throw refusal({ found: t("the data of the page can't be unpacked"), where, wayOn: viewIt(where) });
  }
}

/** The text in bytes that were compressed by gzip. */
export function inflated(bytes: BufferSource): Promise<string> {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}
