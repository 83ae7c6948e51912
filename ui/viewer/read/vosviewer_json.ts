/** VOSviewer's JSON: its documentation, "VOSviewer JSON files"; with our own key `benang`. */
import { t } from "../words.ts";
import { type LinkCollector, type LinkList, linkCollector } from "./links.ts";
import type { Parts } from "./parts.ts";
import { type Problem, refusal, refuse, shown } from "./refused.ts";
import { isObject } from "./values.ts";

/** Take parsed JSON apart; coordinates and clusters may be missing. Throws `Refused` for what holds no network. */
export function partsOfJson(data: unknown, where: string): Parts {
  const body = isObject(data) ? data.network : null;
  if (!isObject(data) || !isObject(body) || !Array.isArray(body.items))
    throw refusal({
      found: t("JSON without a network"),
      where,
      expected: '{"network": {"items": […], "links": […]}}',
      wayOn: t("Save the map as VOSviewer JSON."),
    });
  const { network: _, benang, ...extras } = data;
  return {
    items: body.items,
    links: linksIn(body.links ?? [], where),
    clusterLabels: clusterLabels(body.clusters, where),
    extras,
    own: benang,
    where,
    place: (item) => t("{where}, item {n}", { where, n: item + 1 }),
  };
}

function linksIn(listed: unknown, where: string): LinkList {
  if (!Array.isArray(listed))
    throw refusal({ found: shown(listed), where: t("{where}, links", { where }), expected: t("a list of links") });
  const place = (row: number) => t("{where}, link {n}", { where, n: row + 1 });
  const collector = linkCollector(place);
  const problems: Problem[] = [];
  for (const [row, link] of listed.entries()) {
    if (!addLink(collector, link))
      problems.push({ found: shown(link), where: place(row), expected: "source_id, target_id, strength" });
  }
  refuse(problems);
  return collector.list;
}

function addLink(collector: LinkCollector, link: unknown): boolean {
  return isObject(link) && collector.add(link.source_id, link.target_id, link.strength, furtherOf(link));
}

function furtherOf(link: Record<string, unknown>): Record<string, unknown> | null {
  for (const key in link) {
    if (key === "source_id" || key === "target_id" || key === "strength") continue;
    const { source_id: _, target_id: __, strength: ___, ...further } = link;
    return further;
  }
  return null;
}

function clusterLabels(listed: unknown, where: string): Map<number, string> {
  if (listed === undefined || listed === null) return new Map();
  if (!Array.isArray(listed))
    throw refusal({
      found: shown(listed),
      where: t("{where}, clusters", { where }),
      expected: t("a list of clusters"),
    });
  const problems: Problem[] = [];
  const labels = new Map<number, string>();
  for (const [at, entry] of listed.entries()) {
    const number = isObject(entry) ? entry.cluster : null;
    if (typeof number === "number" && Number.isInteger(number) && number > 0) {
      labels.set(number, String((entry as Record<string, unknown>).label || ""));
    } else {
      const place = t("{where}, cluster {n}", { where, n: at + 1 });
      problems.push({ found: shown(entry), where: place, expected: t("cluster and label") });
    }
  }
  refuse(problems);
  return new Map([...labels].filter(([, label]) => label).sort(([one], [other]) => one - other));
}
