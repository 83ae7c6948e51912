/** The line at the top of a page that says when the server can't be reached, and why. */
import { t, tn } from "../viewer/words.ts";
import type { Acts } from "./acts.ts";
import type { Connection } from "./connection.ts";
import { buttonOf, element } from "./elements.ts";
import { say } from "./toasts.ts";

export interface Banner {
  show: () => void;
}

export function setUpBanner(connection: Connection, acts: () => Acts): Banner {
  const line = element("div", { class: "away", role: "status" });
  const bar = document.querySelector("body > header");
  if (bar) bar.after(line);
  else document.body.prepend(line);
  let isAway = false;
  const show = () => {
    const text = textOf(connection.state, acts().all().length);
    line.dataset.state = connection.state;
    line.replaceChildren(...(text ? [element("p", {}, text)] : []));
    if (text && connection.state !== "gone") line.append(buttonOf(t("Try now"), () => connection.again()));
    if (isAway && connection.state === "there") say({ text: t("The server is answering again."), kind: "done" });
    isAway = connection.state === "away" || (isAway && connection.state !== "there");
  };
  connection.addEventListener("state", show);
  show();
  return { show };
}

/** What the line says, "" where there is nothing to say. */
export function textOf(state: Connection["state"], waiting: number): string {
  const count = waiting
    ? ` ${tn("{n} change is kept, and is sent when it answers.", "{n} changes are kept, and are sent when it answers.", waiting)}`
    : "";
  if (state === "away") return t("The server is not answering. This page keeps trying.") + count;
  if (state === "refused")
    return t("The link of this page is old. Start Benang again, and open the link that it prints.") + count;
  if (state === "gone")
    return t("The folder of this review is no longer there. Put it back and reload the page, or open another review.");
  return "";
}

/** While the server is away, a link or a form would only lead to an error page of the browser: the page stays. */
export function stayWhileAway(connection: Connection): void {
  const stay = () => {
    say({ text: t("The server is not answering, so this page stays open. Try again when it answers."), kind: "note" });
    connection.again();
  };
  const isAway = () => connection.state === "away";
  document.addEventListener(
    "click",
    (event) => {
      const link = (event.target as Element).closest<HTMLAnchorElement>("a[href]");
      if (!link || !isAway() || !leadsAway(link, event)) return;
      event.preventDefault();
      event.stopPropagation();
      // it may be its events alone that don't come
      fetch(link.href, { method: "HEAD" }).then(() => location.assign(link.href), stay);
    },
    true,
  );
  document.addEventListener("submit", (event) => {
    if (!isAway() || event.defaultPrevented) return;
    event.preventDefault();
    stay();
  });
}

function leadsAway(link: HTMLAnchorElement, event: MouseEvent): boolean {
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || link.target) return false;
  return link.origin === location.origin && !link.getAttribute("href")?.startsWith("#");
}
