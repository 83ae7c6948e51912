/** Buttons that take a list of records along: copied, or saved for a reference manager or a spreadsheet. */

import { useState } from "preact/hooks";
import { bibtexOf } from "./cite/bibtex.ts";
import { csvOf } from "./cite/csv.ts";
import { risOf } from "./cite/ris.ts";
import { copied } from "./copying.ts";
import type { RecordColumns } from "./model.ts";
import { reference } from "./record_order.ts";
import { download } from "./save/download.ts";
import { t, tn } from "./words.ts";

interface Props {
  records: RecordColumns;
  places: readonly number[];
  of: string;
  complain: (message: string) => void;
}

export function TakeAlong({ records, places, of, complain }: Props) {
  const [said, say] = useState("");
  const copy = async () => {
    const isCopied = await copied(places.map((at) => reference(records, at)).join("\n"));
    if (isCopied) say(tn("Copied {n} record", "Copied {n} records", places.length));
    else complain(t("The browser did not allow copying. Save the list as RIS, BibTeX or CSV instead."));
  };
  const save = (suffix: string, type: string, text: string) => {
    download(text, `${of}.${suffix}`, `${type};charset=utf-8`);
    say(tn("Saved {n} record", "Saved {n} records", places.length));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields
    <div class="take-along" role="group" aria-label={t("Copy or save these records")}>
      <button type="button" onClick={copy}>
        {t("Copy")}
      </button>
      <button type="button" onClick={() => save("ris", "application/x-research-info-systems", risOf(records, places))}>
        RIS
      </button>
      <button type="button" onClick={() => save("bib", "application/x-bibtex", bibtexOf(records, places))}>
        BibTeX
      </button>
      <button type="button" onClick={() => save("csv", "text/csv", csvOf(records, places))}>
        CSV
      </button>
      <span role="status" class="hint">
        {said}
      </span>
    </div>
  );
}
