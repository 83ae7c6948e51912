/**
 * What every page of the workbench loads: with `defer`, so that the page is read meanwhile, and `blocking="render"`, so
 * that its theme is there before the first paint.
 */
import { Acts } from "./acts.ts";
import { setUpBanner, stayWhileAway } from "./banner.ts";
import { setUpConfirming } from "./confirm.ts";
import { Connection } from "./connection.ts";
import { setUpFocus } from "./focus.ts";
import { setUpGrids } from "./grid.ts";
import { configureHtmx, saySaidBefore, sendAgain, setUpHtmx } from "./htmx.ts";
import { setUpJobs } from "./jobs.ts";
import { setUpKeeping } from "./keep.ts";
import { setUpKeys } from "./keys.ts";
import { setUpLists } from "./list.ts";
import { refresh, setUpLive } from "./live.ts";
import { setUpMenu } from "./menu.ts";
import css from "./pages.css?inline";
import { setUpReady } from "./ready.ts";
import { renewToken } from "./requests.ts";
import { reviewShown } from "./review.ts";
import { keptInTab } from "./store.ts";
import { setUpTexts } from "./texts.ts";
import { setUpTheme } from "./theme.ts";
import { listOfToasts } from "./toasts.ts";
import { setUpUploads } from "./uploads.ts";

function adoptStyle(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

function setUp(): void {
  setUpReady();
  setUpMenu();
  setUpKeys();
  listOfToasts();
  const connection = new Connection(`/events?review=${encodeURIComponent(reviewShown())}`);
  const acts = new Acts(keptInTab, sendAgain, () => banner.show());
  const banner = setUpBanner(connection, () => acts);
  const sendWaiting = async (mayBeStale: boolean) => {
    if (mayBeStale) await renewToken();
    if ((await acts.sendAll()) > 0) refresh();
  };
  setUpHtmx(connection, acts, () => void sendWaiting(true));
  setUpLive(connection);
  setUpJobs(connection);
  setUpUploads(connection);
  setUpLists();
  setUpGrids();
  setUpFocus();
  setUpKeeping();
  stayWhileAway(connection);
  saySaidBefore();
  connection.addEventListener("back", (event) => {
    void sendWaiting((event as CustomEvent<{ wasLost: boolean }>).detail.wasLost);
  });
  if (document.querySelector('meta[name="csrf"]')) {
    if (!document.hidden) connection.start();
    void acts.sendAll();
  }
}

configureHtmx();
adoptStyle();
setUpConfirming(); // before htmx hears of a click
setUpTexts();
setUpTheme();
setUp();
