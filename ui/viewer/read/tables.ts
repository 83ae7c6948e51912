/** VOSviewer's map and network files (its manual, "Map and network files"), and edge lists with a header. */
import type { MapData } from "../model.ts";
import { t, tn } from "../words.ts";
import { type LinkList, linkCollector, strengthIn } from "./links.ts";
import type { Assembled, Parts } from "./parts.ts";
import { type Problem, refusal, refuse } from "./refused.ts";
import { type Column, columnOf, duplicates, firstRow, lineOf, type Row, rowsOf, settled } from "./table_rows.ts";
import type { FileText } from "./text.ts";
import { numberTold } from "./values.ts";

const ENDS = "source target|source_id target_id|from to|src dst|node1 node2|item1 item2|id1 id2|vertex1 vertex2";
const STRENGTHS = ["strength", "weight", "value", "count", "link strength", "edge weight", "n"];

type Form = "edges" | "items" | "network";
type ItemsOrLinks = Pick<Parts, "items" | "links" | "place"> & { notes: string[] };

/** What kind of table a text is; null for what is none of items or links. */
function formOf(text: string): Form | null {
  if (/^\s*(?:[<{[*@]|graph\s*\[)/.test(text)) return null;
  const names = firstRow(text).map((name) => name.toLowerCase());
  if (endsIn(names)) return "edges";
  if (names.includes("id") || names.includes("label")) return "items";
  if (names.includes("title") && names.length > 3) return null; // records, of which no row is a link
  const line = text.trimStart().split("\n", 1)[0];
  return names.length > 1 || line.trim().split(/\s+/).length === 1 || line.includes('"') ? "network" : null;
}

export function isTable(text: string): boolean {
  return formOf(text) !== null;
}

export interface Tables {
  parts: Parts;
  notes: string[];
  /** Compares the weights of a map file with those that its network file gives; throws for files of two maps. */
  checked(made: Assembled): string[];
}

/** Read one table, or a table of items and one of links. */
export function partsOfTables(files: readonly FileText[]): Tables {
  const formed = files.map((file) => ({ file, form: formOf(file.text) }));
  const items = formed.filter(({ form }) => form === "items");
  const links = formed.filter(({ form }) => form !== "items");
  if (items.length > 1 || links.length > 1)
    throw refusal({
      found: t("{n} files together", { n: files.length }),
      where: files[0].name,
      expected: t("one map, or a VOSviewer map file and its network file"),
      wayOn: t("Open one after the other."),
    });
  const ofItems = items.length ? itemsOf(items[0].file) : null;
  const ofLinks = links.length ? (links[0].form === "edges" ? edgesOf : networkOf)(links[0].file) : null;
  const where = (items[0] ?? links[0]).file.name;
  const parts: Parts = {
    items: ofItems?.items ?? ofLinks?.items ?? null,
    links: ofLinks?.links ?? null,
    clusterLabels: new Map(),
    extras: {},
    own: null,
    where,
    place: ofItems?.place ?? ofLinks?.place ?? (() => where),
  };
  return {
    parts,
    notes: [
      ...(ofItems?.notes ?? []),
      ...(ofLinks?.notes ?? []),
      ...(ofLinks ? [] : [t("A map file alone has no links: open its network file together with it.")]),
    ],
    checked: (made) => (ofItems && ofLinks ? checkedPair(made, where, links[0].file.name) : []),
  };
}

/** VOSviewer's map file. Empty fields, `null` and `NaN` are missing; columns of other names are free attributes. */
function itemsOf({ text, name: where }: FileText): ItemsOrLinks {
  const [{ fields: header }, ...rows] = rowsOf(text, where);
  const names = header.map((name) => name.trim());
  const guessed = names.map(columnOf);
  const columns = settled(names, guessed, (at) => rows.flatMap(({ fields }) => fields.slice(at, at + 1)));
  const problems = duplicates(
    columns.map(({ kind, name }) => `${kind} ${name}`),
    names,
    where,
  );
  problems.push(...tooLong(rows, names.length, where));
  refuse(problems);
  const items = rows.map(({ fields }) => itemOf(columns, fields));
  const taken = columns.flatMap(({ kind }, at) =>
    guessed[at].maybe && kind !== "attribute" ? [{ kind, name: names[at] }] : [],
  );
  return { items, links: null, place: (at) => lineOf(where, rows[at].line), notes: taken.map(toldOf) };
}

function itemOf(columns: readonly Column[], fields: readonly string[]): Record<string, unknown> {
  const there = columns.slice(0, fields.length).map(({ kind, name }, at) => ({ kind, name, value: fields[at] }));
  const numbers = (of: Column["kind"]) =>
    Object.fromEntries(there.filter(({ kind }) => kind === of).map(({ name, value }) => [name, numberTold(value)]));
  const others = there
    .filter(({ kind }) => kind === "field" || kind === "attribute")
    .map(({ kind, name, value }) => [name, kind === "field" ? fieldTold(name, value) : value || null]);
  return { ...Object.fromEntries(others), weights: numbers("weights"), scores: numbers("scores") };
}

function fieldTold(name: string, value: string): number | string | null {
  return name === "id" || name === "label" ? value.trim() || null : numberTold(value);
}

function toldOf({ kind, name }: { kind: string; name: string }): string {
  if (kind === "weights") return t("The column '{name}' was read as a weight.", { name });
  return kind === "scores"
    ? t("The column '{name}' was read as a score.", { name })
    : t("The column '{name}' was read as the cluster.", { name });
}

function tooLong(rows: readonly Row[], width: number, where: string): Problem[] {
  return rows
    .filter(({ fields }) => fields.length > width)
    .map(({ line, fields }) => ({
      found: t("{n} fields", { n: fields.length }),
      where: lineOf(where, line),
      expected: t("{n}, as in the header", { n: width }),
      wayOn: t("Put quotation marks around a label that holds the mark between columns."),
    }));
}

function endsIn(names: readonly string[]): [number, number] | null {
  for (const pair of ENDS.split("|")) {
    const [one, other] = pair.split(" ").map((name) => names.indexOf(name));
    if (one >= 0 && other >= 0) return [one, other];
  }
  return null;
}

/** An edge list with a header: `source`, `target` and maybe `weight`; other columns belong to the links. */
function edgesOf({ text, name: where }: FileText): ItemsOrLinks {
  const [{ fields: header }, ...rows] = rowsOf(text, where);
  const names = header.map((name) => name.trim());
  const lower = names.map((name) => name.toLowerCase());
  const ends = endsIn(lower) ?? [0, 1];
  const strength = lower.indexOf(STRENGTHS.find((name) => lower.includes(name)) ?? "");
  const problems = [...duplicates(lower, names, where), ...tooLong(rows, names.length, where)];
  for (const { line, fields } of rows)
    if (ends.some((end) => !fields[end]?.trim())) problems.push(withoutEnd(where, line, fields));
  refuse(problems);
  const collector = linkCollector((row) => lineOf(where, rows[row].line));
  const further = [...names.keys()].filter((at) => !ends.includes(at) && at !== strength && lower[at] !== "type");
  const told = new Set<string>();
  for (const { fields } of rows) {
    const [one, other] = ends.map((end) => fields[end].trim());
    const rest = Object.fromEntries(further.filter((at) => fields[at]).map((at) => [names[at], fields[at]]));
    const pair = [one, other].sort().join("\n");
    // Of a link that stands there twice, the first line says what it is.
    const isFirst = Object.keys(rest).length > 0 && !told.has(pair);
    if (isFirst) told.add(pair);
    collector.add(one, other, strengthTold(strength < 0 ? "" : fields[strength]), isFirst ? rest : null);
  }
  const type = lower.indexOf("type");
  const isDirected = type >= 0 && rows.some(({ fields }) => fields[type]?.trim().toLowerCase() === "directed");
  const note = t("Directed links were read as undirected; both directions of a pair add up.");
  return { items: null, links: collector.list, place: () => where, notes: isDirected ? [note] : [] };
}

function withoutEnd(where: string, line: number, fields: readonly string[]): Problem {
  return {
    found: tn("{n} field ({text})", "{n} fields ({text})", fields.length, { text: fields.join(", ").slice(0, 60) }),
    where: lineOf(where, line),
    expected: t("the ids of two items and, optionally, the strength of their link"),
  };
}

function strengthTold(field: string | undefined): number | string | null {
  const bare = (field ?? "").trim();
  return bare === "" ? null : (numberTold(bare) ?? bare);
}

/** A network file, which has no header: links with their strength, or a full matrix. */
function networkOf(file: FileText): ItemsOrLinks {
  const { text, name: where } = file;
  const lines: number[] = [];
  const collector = linkCollector((row) => lineOf(where, lines[row]));
  const problems: Problem[] = [];
  for (const { line, fields } of rowsOf(text, where)) {
    const [one, other] = [fields[0].trim(), (fields[1] ?? "").trim()];
    const isHeaded = !lines.length && !problems.length && !one && other !== "";
    if (isHeaded || fields.length > 3) return matrixOf(file, isHeaded);
    if (!one || !other) {
      problems.push(withoutEnd(where, line, fields));
      continue;
    }
    lines.push(line);
    collector.add(one, other, strengthTold(fields[2]));
  }
  refuse(problems);
  return { items: null, links: collector.list, place: () => where, notes: [] };
}

/** A full matrix: an id, then a value for every item; one that is not symmetric is averaged with its mirror image. */
function matrixOf({ text, name: where }: FileText, isHeaded: boolean): ItemsOrLinks {
  const rows = [...rowsOf(text, where)].slice(isHeaded ? 1 : 0);
  const size = rows.length;
  const problems: Problem[] = rows
    .filter(({ fields }) => fields.length !== size + 1)
    .map(({ line, fields }) => ({
      found: t("{n} fields", { n: fields.length }),
      where: lineOf(where, line),
      expected: t("an id and a value for each of the {n} items", { n: size }),
    }));
  refuse(problems);
  const place = (at: number) => lineOf(where, rows[at].line);
  const values = rows.map(({ fields }, at) =>
    fields.slice(1).map((field, to) => {
      const told = numberTold(field);
      return told === null
        ? 0
        : strengthIn(told, () => t("{place}, column {n}", { place: place(at), n: to + 2 }), problems);
    }),
  );
  refuse(problems);
  const { list, unlike } = mirrored(
    rows.map(({ fields }) => fields[0].trim()),
    values,
    place,
  );
  const notes = unlike ? [asymmetryNote(unlike)] : [];
  return { items: list.names.map((id) => ({ id, label: id })), links: list, place, notes };
}

function asymmetryNote(n: number): string {
  return tn(
    "The matrix is not symmetric ({n} pair): the mean of both directions was used.",
    "The matrix is not symmetric ({n} pairs): the mean of both directions was used.",
    n,
  );
}

function mirrored(
  ids: readonly string[],
  values: readonly number[][],
  place: (at: number) => string,
): { list: LinkList; unlike: number } {
  const rows: number[] = [];
  const collector = linkCollector((row) => place(rows[row]));
  // An item may have no link: all are named first, in the order of the lines.
  const list: LinkList = { ...collector.list, names: [...ids] };
  let unlike = 0;
  for (const [one, row] of values.entries()) {
    for (let other = one + 1; other < ids.length; other++) {
      const [there, back] = [row[other], values[other][one]];
      if (there !== back) unlike += 1;
      if (!there && !back) continue;
      rows.push(one);
      list.source.push(one);
      list.target.push(other);
      list.strength.push((there + back) / 2);
    }
  }
  return { list, unlike };
}

const ROUNDING = 1e-3;

/** VOSviewer and Benang write into a map file how many links each item has: two files of one map agree in that. */
function checkedPair({ map, stored }: Assembled, where: string, network: string): string[] {
  const name = ["Links", "Total link strength"].find((one) => stored.has(one));
  const [own, given] = [stored.get(name ?? ""), map.weights.get(name ?? "")];
  if (!name || !own || !given) return [];
  const differing = [...own.keys()].filter(
    (at) => Math.abs(own[at] - given[at]) > ROUNDING + ROUNDING * Math.abs(given[at]),
  );
  if (!differing.length) return [];
  const found = differenceOf(map, { name, own, given, differing, network });
  if (2 * differing.length <= own.length) return [t("{found}; were links left out?", { found })];
  const wayOn = t("Open the map file together with the network file that belongs to it.");
  throw refusal({ found, where, expected: t("two files of the same map"), wayOn });
}

function differenceOf(
  map: MapData,
  {
    name,
    own,
    given,
    differing,
    network,
  }: { name: string; own: Float64Array; given: Float64Array; differing: number[]; network: string },
): string {
  const [first] = differing;
  const values = {
    n: differing.length,
    all: map.n,
    name,
    network,
    label: map.labels[first],
    one: own[first],
    other: given[first],
  };
  return t(
    "{n} of {all} items whose weight '{name}' differs from that in {network} ('{label}' has {one} in one and {other} in the other)",
    values,
  );
}
