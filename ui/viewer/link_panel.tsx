/** A link: its ends, its strength, the cited works that it rests on, and its records. */

import { useMemo, useState } from "preact/hooks";
import { behindLink, linkBetween, type Places } from "./behind.ts";
import { termsOf } from "./config.ts";
import { Description, Facts } from "./facts.tsx";
import { linkDescription, safeAddress } from "./html.ts";
import { Icon } from "./icons.tsx";
import type { MapData } from "./model.ts";
import { Records } from "./records.tsx";
import type { Moves, Shown } from "./shown.ts";
import { t, tn, written } from "./words.ts";

const FEW_WORKS = 5;

export function LinkPanel({ shown, moves, ends }: { shown: Shown; moves: Moves; ends: readonly [number, number] }) {
  const { data } = shown;
  const [one, other] = ends;
  const behind = useMemo(() => behindLink(data, one, other), [data, one, other]);
  const at = useMemo(() => linkBetween(data, one, other), [data, one, other]);
  const names = { one: data.labels[one], other: data.labels[other] };
  const address = at < 0 ? null : safeAddress(data.links.attributes.get(at)?.url);
  return (
    <>
      <h2>{t("{one} and {other}", names)}</h2>
      <p class="facts">{at < 0 ? t("not linked") : `${termsOf(data).linkStrength}: ${strengthOf(data, at)}`}</p>
      {at >= 0 && <Description html={linkDescription(data, at)} />}
      {address && (
        <p>
          <a href={address} target="_blank" rel="noopener noreferrer">
            {t("Open its page")}
            <Icon name="outside" />
          </a>
        </p>
      )}
      {at >= 0 && <Facts facts={factsOf(data, at)} />}
      <div class="actions">
        {ends.map((end) => (
          <button key={end} type="button" onClick={() => moves.choose(end)}>
            {data.labels[end]}
          </button>
        ))}
      </div>
      {behind.cited.length > 0 && data.cited && <CitedWorks labels={data.cited.label} places={behind.cited} />}
      {behind.lacksCitations ? (
        <>
          <h3>{t("Records")}</h3>
          <p class="hint">{t("This map does not include the citations behind its links.")}</p>
        </>
      ) : (
        <Records shown={shown} places={behind.records} of={t("{one} and {other}", names)} complain={moves.complain} />
      )}
    </>
  );
}

const strengthOf = (data: MapData, at: number) => written(Number(data.links.strength[at].toPrecision(6)));

function factsOf(data: MapData, at: number): [string, string][] {
  const further = Object.entries(data.links.attributes.get(at) ?? {});
  return further
    .filter(([name, value]) => name !== "description" && name !== "url" && value !== null && typeof value !== "object")
    .map(([name, value]) => [name, String(value)]);
}

function CitedWorks({ labels, places }: { labels: readonly string[]; places: Places }) {
  const [most, setMost] = useState(FEW_WORKS);
  return (
    <>
      <h3>{tn("{n} cited work", "{n} cited works", places.length)}</h3>
      <ul class="works">
        {Array.from(places.slice(0, most), (work) => (
          <li key={work}>{labels[work]}</li>
        ))}
      </ul>
      {places.length > most && (
        <button type="button" class="quiet" onClick={() => setMost(most + 100)}>
          {t("Show more cited works")}
        </button>
      )}
    </>
  );
}
