/** The map of a page, from the columns that Python wrote to the arrays that the viewer works with. */
import type { LinkAttributes, LinkData, MapColumns, MapData } from "../model.ts";

export function fromColumns(map: MapColumns): MapData {
  const { items } = map;
  return {
    n: items.id.length,
    ids: items.id.map(String),
    rawIds: items.id,
    labels: items.label,
    x: Float64Array.from(items.x),
    y: Float64Array.from(items.y),
    cluster: Int32Array.from(items.cluster),
    weights: named(items.weights, (values) => Float64Array.from(values)),
    scores: named(items.scores, (values) => Float64Array.from(values, (value) => value ?? Number.NaN)),
    attributes: named(items.attributes, (values) => values),
    links: linksOf(map.links),
    allLinks: map.allLinks,
    clusterLabels: new Map(Object.entries(map.clusters).map(([number, label]) => [Number(number), label])),
    kinds: map.kinds,
    records: map.records?.map((places) => Int32Array.from(places)) ?? null,
    cited: map.cited,
    years: map.years,
    extras: map.extras,
  };
}

function named<In, Out>(columns: Record<string, In>, made: (values: In) => Out): Map<string, Out> {
  return new Map(Object.entries(columns).map(([name, values]) => [name, made(values)]));
}

function linksOf(links: MapColumns["links"]): LinkData {
  const attributes = Object.entries(links.attributes).map(([at, rest]): [number, LinkAttributes] => [Number(at), rest]);
  return {
    n: links.source.length,
    source: Int32Array.from(links.source),
    target: Int32Array.from(links.target),
    strength: Float64Array.from(links.strength),
    attributes: new Map(attributes),
  };
}
