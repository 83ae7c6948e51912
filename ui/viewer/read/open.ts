/** Files that the reader opens: what they are, and the map in them. */
import { configOf, withLooks } from "../config.ts";
import type { Looks, MapData, PageData, RecordColumns } from "../model.ts";
import type { State } from "../state.ts";
import { t, tn } from "../words.ts";
import { clustered } from "./clustering.ts";
import { fromColumns } from "./columns.ts";
import { parsedJson } from "./json_text.ts";
import { laidOut, MOST_LAID_OUT } from "./layout.ts";
import { isPage, pageOf } from "./page.ts";
import { type Assembled, assembled } from "./parts.ts";
import { refusal } from "./refused.ts";
import { firstRow } from "./table_rows.ts";
import { isTable, partsOfTables } from "./tables.ts";
import { asArgument, type FileText, textOf, viewIt } from "./text.ts";
import { partsOfJson } from "./vosviewer_json.ts";

export { Refused } from "./refused.ts";

export interface Opened {
  map: MapData;
  records: RecordColumns | null;
  /** What has to be said of the map and how it was read. */
  notes: string[];
  /** What the file says of how it is shown. */
  start: Partial<State>;
  looks?: Partial<Looks>;
  title: string;
}

/** Is told what the reader waits for. */
type Tell = (what: string) => void;

/** Open a map: one file, or a map file together with its network file. Throws `Refused` with a message. */
export async function openFiles(files: readonly File[], tell: Tell = () => {}): Promise<Opened> {
  if (!files.length) throw refusal({ found: t("no file"), where: t("Open"), expected: t("a VOSviewer map") });
  tell(t("Opening {file}…", { file: files[0].name }));
  return openTexts(await Promise.all(files.map(textOf)), tell);
}

async function openTexts(texts: readonly FileText[], tell: Tell): Promise<Opened> {
  const notes = texts.flatMap((text) => text.notes);
  const whole = texts.find(({ text }) => !isTable(text));
  if (whole && texts.length > 1)
    throw refusal({
      found: t("{n} files together", { n: texts.length }),
      where: whole.name,
      expected: t("one map, or a VOSviewer map file and its network file"),
      wayOn: t("Open one after the other."),
    });
  if (!whole) return openTables(texts, notes, tell);
  const { name, text } = whole;
  if (/^\s*[{[]/.test(text)) {
    const made = assembled(partsOfJson(parsedJson(text, name), name));
    return finished(made, { file: name, notes, tell });
  }
  if (isPage(text)) return openedPage(await pageOf(text, name));
  throw refusal({ where: name, expected: t("a VOSviewer map"), ...formOf(text, name) });
}

async function openTables(texts: readonly FileText[], notes: readonly string[], tell: Tell): Promise<Opened> {
  const { parts, notes: told, checked } = partsOfTables(texts);
  const made = assembled(parts);
  return finished(made, { file: parts.where, notes: [...notes, ...told, ...checked(made)], tell });
}

/** The map of a page; how it is shown is said by the file that it was made from, and then by the page. */
export function openedPage(page: PageData): Opened & { looks: Looks } {
  const map = fromColumns(page.map);
  const config = configOf(map);
  return {
    map,
    records: page.records,
    notes: [...page.notes, ...config.notes],
    start: { ...config.start, ...(page.view as Partial<State>) },
    looks: withLooks(page.looks, config.looks),
    title: page.title,
  };
}

interface Opening {
  file: string;
  notes: readonly string[];
  tell: Tell;
}

async function finished(made: Assembled, { file, notes, tell }: Opening): Promise<Opened> {
  const { map, notes: placed } = await placedMap(made, file, tell);
  const config = configOf(map);
  return {
    map,
    records: made.records,
    notes: [...notes, ...placed, ...linkNotes(map), ...config.notes],
    start: config.start,
    looks: config.looks,
    title: config.title || nameOnly(file),
  };
}

function linkNotes(map: MapData): string[] {
  if (map.links.n === map.allLinks) return [];
  return [t("The map has {all} links; the {n} strongest are shown.", { all: map.allLinks, n: map.links.n })];
}

async function placedMap(
  { map, isPlaced }: Assembled,
  where: string,
  tell: Tell,
): Promise<{ map: MapData; notes: string[] }> {
  if (!map.n) throw refusal({ found: t("a map without items"), where, expected: t("one item or more") });
  if (isPlaced) return { map, notes: [] };
  if (map.n > MOST_LAID_OUT)
    throw refusal({
      found: t("{n} items without places, more than a browser can lay out", { n: map.n }),
      where,
      wayOn: t("On the command line, 'benang view {file}' lays it out.", { file: asArgument(where) }),
    });
  tell(tn("Laying out {n} item…", "Laying out {n} items…", map.n));
  await afterPainting();
  const isClustered = map.cluster.some((cluster) => cluster > 0) || !map.links.n;
  const cluster = isClustered ? map.cluster : clustered(map);
  return { map: { ...map, cluster, ...(await laidOut(map)) }, notes: [madeHere(map, isClustered)] };
}

/** Clusters are made in one go, so the page must show before them what the reader waits for. */
function afterPainting(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 50));
}

function madeHere(map: MapData, isClustered: boolean): string {
  const quick = isClustered
    ? t("The layout was made here, quickly: 'benang layout' makes a better one.")
    : t("The layout and the clusters were made here, quickly: 'benang layout' makes better ones.");
  const placed = map.x.filter((x, at) => Number.isFinite(x + map.y[at])).length;
  if (!placed) return `${t("The file has no places of items.")} ${quick}`;
  const some = t("The file has places for {n} of {all} items only; all were laid out anew.", { n: placed, all: map.n });
  return `${some} ${quick}`;
}

function nameOnly(file: string): string {
  return file.replace(/\.[^.]+$/, "").replace(/_(?:map|network)$/, "");
}

/** What a file is that can't be opened here, by its beginning, and what can be done with it. */
function formOf(text: string, file: string): { found: string; wayOn: string } {
  const head = text.trimStart().slice(0, 4000);
  if (isOfRecords(head)) return { found: t("records, not a map of them"), wayOn: mapThem(file) };
  const forms: [RegExp, string][] = [
    [/<gexf\b/i, t("a GEXF file")],
    [/<graphml\b/i, t("a GraphML file")],
    [/^\*(?:vertices|network|partition|vector|matrix)/i, t("a Pajek file")],
    [/^(?:#[^\n]*\n|Creator[^\n]*\n|\s)*graph\s*\[/i, t("a GML file")],
  ];
  const known = forms.find(([pattern]) => pattern.test(head));
  const found = known
    ? known[1]
    : t("a file that begins with '{beginning}'", { beginning: head.split("\n")[0].slice(0, 40) });
  return { found, wayOn: viewIt(file) };
}

function isOfRecords(head: string): boolean {
  if (/^(?:TY {2}- |FN |PMID- |%0 )|^@\w+\s*\{/m.test(head)) return true;
  const names = firstRow(head).map((name) => name.toLowerCase());
  return names.includes("title") || names.includes("article title");
}

/** The way on for records: Benang makes maps of them. */
function mapThem(file: string): string {
  return t("Make a map of them with 'benang map {file} --items author-keywords -o map.html'.", {
    file: asArgument(file),
  });
}
