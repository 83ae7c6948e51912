/**
 * The reader: a document beside its codebook. Words are selected, a code is pressed, and the passage is saved: at once
 * where the case is clear, else when it is chosen.
 */
import { setUpDocumentMemo, setUpDrawer, setUpLayersMenu, setUpSteps, setUpTicking } from "./around.ts";
import { Bar } from "./bar.ts";
import { Card } from "./card.ts";
import { Changing } from "./changing.ts";
import { Codebook } from "./codebook.ts";
import { Coded } from "./coded.ts";
import { Finding } from "./finding.ts";
import { setUpForms } from "./forms.ts";
import { Giving } from "./giving.ts";
import { type Data, jsonIn, type Names, part, text } from "./model.ts";
import { Choice, Recent, setUpFilters, setUpRules, setUpTabs } from "./panel.ts";
import { Addresses, Outbox } from "./requests.ts";
import { Selecting } from "./selecting.ts";
import { Sending } from "./sending.ts";
import { Sheet } from "./sheet.ts";

function setUp(): void {
  const data = jsonIn<Data>("reader-data");
  const addresses = new Addresses(data.review, data.id);
  const room = part("text");
  const sheet = new Sheet(room, data.pages);
  const bar = new Bar(room, sheet);
  const codebook = new Codebook(jsonIn<Names>("reader-names"));
  const card = new Card(codebook.names); // it hears of Escape before all else
  const recent = new Recent(data.review);
  const choice = new Choice(data.review, data.id, () => {
    codebook.showLooked(choice.value);
    giving.caseChosen();
  });
  const selecting = new Selecting(
    room,
    sheet,
    data.sentences.map(([start, end]) => sheet.placeOfPoints({ start, end })),
    (place) => giving.offer(place),
    () => coded.drawIfDue(),
  );
  const coded = new Coded(data, addresses.codings, sheet, selecting, codebook, (coding) => finding.goTo(coding));
  const sending = new Sending(new Outbox(data.review), coded, codebook);
  const changing = new Changing(card, codebook, selecting, sheet, addresses, sending);
  const finding = new Finding({ data, addresses, room, sheet, selecting, bar, coded, changing });
  const giving = new Giving({ data, addresses, sheet, selecting, bar, codebook, choice, recent, coded, sending });

  setUpButtons(giving, finding);
  setUpCodes(codebook, choice, coded, (group, isDone) =>
    sending.change(addresses.of("looked"), { case: choice.value, group, done: isDone }, text("saved")),
  );
  document.body.addEventListener("cases", (event) => {
    const { id, label } = (event as CustomEvent<{ id?: string; label?: string }>).detail;
    if (!id) return; // something was undone
    codebook.names.cases[id] = label ?? id;
    choice.choose(id);
  });
  setUpFilters();
  setUpRules();
  document.body.addEventListener("live", (event) => {
    if ((event as CustomEvent<{ own?: boolean }>).detail?.own) return;
    void coded.fetchAnew();
    const forms = document.getElementById("panel-forms");
    if (forms && !forms.hidden) forms.dispatchEvent(new CustomEvent("opened"));
  });
  setUpTabs((name) => {
    bar.hide();
    if (name === "passages") coded.list();
    document.getElementById(`panel-${name}`)?.dispatchEvent(new CustomEvent("opened"));
  });
  setUpSteps((by) => selecting.step(by));
  setUpForms(
    () => selecting.place && { document: data.id, ...sheet.quoted(selecting.place) },
    (passage) => finding.goToPoints(passage.document, passage.start, passage.end),
  );
  setUpTicking();
  setUpLayersMenu();
  setUpDrawer();
  setUpDocumentMemo((words) =>
    sending.change(addresses.of("memos"), { about: "document", of: data.id, text: words }, text("memoSaved")),
  );

  coded.draw();
  sending.resume();
  finding.goToAnchor();
}

/** Codes are given by the codebook's buttons and those at the selection. */
function setUpButtons(giving: Giving, finding: Finding): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLElement>(
      "[data-code], [data-new-code], [data-in-vivo], [data-add-memo], [data-here]",
    );
    if (!button) return;
    if (button.dataset.code) giving.give(button.dataset.code);
    else if (button.matches("[data-new-code]")) giving.addCode();
    else if (button.matches("[data-in-vivo]")) giving.inVivo();
    else if (button.matches("[data-here]")) finding.openAtSelection();
    else if (button.matches("[data-add-memo]")) giving.openMemo();
  });
}

/** The codebook, which the page fetches anew when it has changed, and its boxes for groups that were looked for. */
function setUpCodes(
  codebook: Codebook,
  choice: Choice,
  coded: Coded,
  look: (group: string, isDone: boolean) => Promise<boolean>,
): void {
  // a press must not take the focus out of the text, nor the selection with it
  const keepSelection = (event: Event) => {
    if ((event.target as Element).closest("button, label.case")) event.preventDefault();
  };
  part("codes").addEventListener("pointerdown", keepSelection);
  part("codes").addEventListener("mousedown", keepSelection);
  part("bar").addEventListener("mousedown", keepSelection);
  part("codes").addEventListener("change", async (event) => {
    const box = event.target as HTMLInputElement;
    if (box.dataset.looked && !(await look(box.dataset.looked, box.checked))) box.checked = !box.checked;
  });
  part("codes").addEventListener("htmx:afterSwap", () => {
    codebook.showLooked(choice.value);
    codebook.readLabels();
    coded.draw();
  });
  codebook.showLooked(choice.value);
}

if (document.getElementById("reader-data")) setUp();
