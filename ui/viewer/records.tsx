/** The records behind what is selected: title first, everything else by a click, and the list to take along. */

import { useId, useMemo, useState } from "preact/hooks";
import type { Places } from "./behind.ts";
import { Choice } from "./controls.tsx";
import { reportAddress, safeAddress } from "./html.ts";
import { Icon } from "./icons.tsx";
import type { Passage, RecordColumns } from "./model.ts";
import { doiAddress, ofYears, ordered, placeInPrint, type RecordOrder, shortAuthors, titleOf } from "./record_order.ts";
import { counted, type Shown } from "./shown.ts";
import { TakeAlong } from "./take_along.tsx";
import { useStore } from "./use_store.ts";
import { t, tn, year } from "./words.ts";

const PORTION = 20;

interface Props {
  shown: Shown;
  places: Places;
  /** What the list is of, for the names of saved files. */
  of: string;
  /** What is said where there are none. */
  none?: string;
  complain: (message: string) => void;
}

export function Records({ shown: { data, records, store }, places: all, of, none, complain }: Props) {
  const { period, selected, selectedLink } = useStore(store, "period", "selected", "selectedLink");
  const areCases = data.kinds.unit === "cases";
  // Of a case everything is listed that was coded in it: what the selection is about comes first.
  const codes = areCases ? (selectedLink ?? selected).map((item) => data.labels[item]) : [];
  const places = useMemo(() => (records ? ofYears(records, all, period) : all), [records, all, period]);
  const [order, setOrder] = useState<RecordOrder>("newest");
  const [most, setMost] = useState(PORTION);
  const sorted = useMemo(() => (records ? ordered(records, places, order) : []), [records, places, order]);
  const heading = data.records ? counted(data, places.length) : t("Records");
  if (!data.records || !records || !places.length) {
    const why = !data.records ? withoutRecords() : places.length ? withoutTitles(places.length) : (none ?? "");
    return (
      <>
        <h3>{heading}</h3>
        {why && <p class="hint">{why}</p>}
      </>
    );
  }
  return (
    <>
      <div class="records-head">
        <h3>{heading}</h3>
        <Choice
          label={t("Order")}
          value={order}
          options={[
            { value: "newest", label: t("Newest first") },
            { value: "cited", label: t("Most cited first") },
          ]}
          onChange={(value) => setOrder(value === "cited" ? "cited" : "newest")}
        />
      </div>
      {period && all.length > places.length && (
        <p class="hint">{t("Only from the years shown; {n} in all years.", { n: all.length })}</p>
      )}
      <TakeAlong records={records} places={sorted} of={of} complain={complain} />
      <ol class="records">
        {sorted.slice(0, most).map((at) => (
          <RecordRow key={at} records={records} at={at} first={codes} />
        ))}
      </ol>
      {sorted.length > most && (
        <button type="button" class="quiet" onClick={() => setMost(most + 5 * PORTION)}>
          {tn("Show {n} more record", "Show {n} more records", Math.min(5 * PORTION, sorted.length - most))}
        </button>
      )}
      {!areCases && !records.title.some(Boolean) && <p class="hint">{withoutTitles(places.length)}</p>}
    </>
  );
}

const withoutRecords = () =>
  t("This map does not contain its records. To list them here, make the map from the exports with 'benang map'.");

const withoutTitles = (n: number) =>
  tn(
    "{n} record. This file does not contain its title: make the page with 'benang map … -o map.html' from the exports.",
    "{n} records. This file does not contain their titles: make the page with 'benang map … -o map.html' from the exports.",
    n,
  );

/** A record: its title is the button that opens it. */
function RecordRow({ records, at, first }: { records: RecordColumns; at: number; first: readonly string[] }) {
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  const { authors, source, doi } = records;
  const published = records.year[at];
  const cited = records.citations[at];
  const passages = withFirst(records.passages[at] ?? [], first);
  const facts = [
    [shortAuthors(authors[at], t("et al.")), published === null ? "" : `(${year(published)})`]
      .filter(Boolean)
      .join(" "),
    source[at],
    cited === null ? "" : tn("{n} citation", "{n} citations", cited),
    passages.length ? tn("{n} coded passage", "{n} coded passages", passages.length) : "",
  ];
  return (
    <li>
      <button type="button" class="title" aria-expanded={isOpen} aria-controls={id} onClick={() => setOpen(!isOpen)}>
        {titleOf(records, at)}
      </button>
      <p class="facts">
        {facts.filter(Boolean).join(" · ")}{" "}
        {doi[at] && (
          <a href={doiAddress(doi[at])} target="_blank" rel="noopener noreferrer" aria-label={`DOI: ${doi[at]}`}>
            DOI
            <Icon name="outside" />
          </a>
        )}
      </p>
      <div id={id} hidden={!isOpen}>
        {isOpen && <RecordDetails records={records} at={at} passages={passages} />}
      </div>
    </li>
  );
}

function RecordDetails({
  records,
  at,
  passages,
}: {
  records: RecordColumns;
  at: number;
  passages: readonly Passage[];
}) {
  const address = records.doi[at] ? null : safeAddress(records.url[at]);
  const all = records.authors[at];
  const printed = [records.source[at], placeInPrint(records, at)].filter(Boolean).join(", ");
  return (
    <div class="record-details">
      {all.length > 3 && <p>{all.join("; ")}</p>}
      {printed !== records.source[at] && <p>{printed}</p>}
      {address && (
        <p>
          <a href={address} target="_blank" rel="noopener noreferrer">
            {address}
          </a>
        </p>
      )}
      {passages.map((passage, n) => (
        <CodedPassage key={n} passage={passage} />
      ))}
      {records.abstract[at] ? (
        <p>{records.abstract[at]}</p>
      ) : (
        records.title[at] && <p class="hint">{t("No abstract in the export.")}</p>
      )}
      {records.keywords[at].length > 0 && (
        <p>
          <b>{t("Keywords")}</b> {records.keywords[at].join("; ")}
        </p>
      )}
    </div>
  );
}

/** Passages that carry one of some codes before the others. */
function withFirst(passages: readonly Passage[], codes: readonly string[]): readonly Passage[] {
  const carries = ({ codes: own }: Passage) => own.some((code) => codes.includes(code));
  return [...passages.filter(carries), ...passages.filter((one) => !carries(one))];
}

function CodedPassage({ passage: { quote, codes, where, link } }: { passage: Passage }) {
  const address = reportAddress(link);
  return (
    <figure class="passage">
      <blockquote>{quote}</blockquote>
      <figcaption>
        {codes.map((code) => (
          <span key={code} class="code">
            {code}
          </span>
        ))}
        {address ? <a href={address}>{where}</a> : where}
      </figcaption>
    </figure>
  );
}
