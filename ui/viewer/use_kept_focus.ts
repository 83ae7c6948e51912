/** Focus that was in a part of the page stays there when what had it goes, else keys would start at the page's top. */

import { useLayoutEffect, useRef } from "preact/hooks";

type Around = { current: HTMLElement | null };

export function useKeptFocus(around: Around, heir: () => HTMLElement | null | undefined): void {
  const hasIt = useRef(false);
  useLayoutEffect(() => {
    const part = around.current;
    if (!part) return;
    const come = () => {
      hasIt.current = true;
    };
    const go = ({ relatedTarget }: FocusEvent) => {
      // Nothing takes the focus from what is removed.
      if (relatedTarget instanceof Node && !part.contains(relatedTarget)) hasIt.current = false;
    };
    part.addEventListener("focusin", come);
    part.addEventListener("focusout", go);
    return () => {
      part.removeEventListener("focusin", come);
      part.removeEventListener("focusout", go);
    };
  }, []);
  useLayoutEffect(() => {
    const root = around.current?.getRootNode() as Document | ShadowRoot | undefined;
    if (hasIt.current && root && (!root.activeElement || root.activeElement === document.body)) {
      heir()?.focus({ preventScroll: true });
    }
  });
}
