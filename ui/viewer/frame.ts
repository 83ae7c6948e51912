/** The page that shows this one in a frame, where it is of the same server and says whether it is light or dark. */
import type { Store } from "./state.ts";

/** The element that says it, or null: where there is no frame, and where its page belongs to somebody else. */
function around(): HTMLElement | null {
  try {
    const root = window.parent === window ? null : window.parent.document.documentElement;
    return root?.dataset.theme ? root : null;
  } catch {
    return null;
  }
}

/** Whether the page around is dark; null where it does not say. */
export function isDarkAround(): boolean | null {
  const root = around();
  return root ? root.dataset.theme === "dark" : null;
}

/** Be light or dark as the page around from now on; returns what ends that. */
export function followAround(store: () => Store): () => void {
  const root = around();
  if (!root) return () => undefined;
  const observer = new MutationObserver(() => store().change({ dark: root.dataset.theme === "dark" }));
  observer.observe(root, { attributes: true, attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
}
