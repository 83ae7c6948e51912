/** htmx as the pages use it: nothing is evaluated, nothing is asked elsewhere, and each request has the page's token. */
import htmx from "htmx.org";

export function setUpHtmx(): void {
  Object.assign(htmx.config, {
    allowEval: false,
    allowScriptTags: false,
    historyCacheSize: 0,
    includeIndicatorStyles: false,
    selfRequestsOnly: true,
  });
  document.addEventListener("htmx:configRequest", (event) => {
    const { headers } = (event as CustomEvent<{ headers: Record<string, string> }>).detail;
    headers["X-CSRF-Token"] = csrf();
  });
}

/** The token that the server asks for with whatever changes something. */
export function csrf(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="csrf"]')?.content ?? "";
}
