"use strict";
// The appendix is most of the page: it is folded until somebody opens it, goes to something in it, or prints. Newer
// browsers need no script for that; this is for the others.
(() => {
  const folds = document.querySelectorAll("details.fold");
  const reveal = () => {
    // the anchors of a report need no escapes, so that what is no anchor of it finds nothing
    const target = document.getElementById(location.hash.slice(1));
    const fold = target && target.closest("details.fold");
    if (!fold || fold.open) return;
    fold.open = true;
    target.scrollIntoView();
  };
  reveal();
  addEventListener("hashchange", reveal);
  const unfolded = [];
  const unfold = () => {
    for (const fold of folds) {
      if (!fold.open) unfolded.push(fold);
      fold.open = true;
    }
  };
  const refold = () => {
    for (const fold of unfolded.splice(0)) fold.open = false;
  };
  const printing = matchMedia("print");
  printing.addEventListener("change", () => (printing.matches ? unfold() : refold()));
  addEventListener("beforeprint", unfold);
  addEventListener("afterprint", refold);

  // On a narrow screen a figure is as wide as the page; a tap enlarges it, and another one makes it small again.
  const narrow = matchMedia("(max-width: 40rem)");
  const enlarge = (event) => {
    const picture = narrow.matches && event.target.closest("figure.picture .scroll");
    if (picture && !event.target.closest("a")) picture.parentElement.classList.toggle("enlarged");
  };
  document.addEventListener("click", enlarge);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter") enlarge(event);
  });
})();
// A number opens its evidence beside the text. What is shown is taken from the appendix, where it stands once.
(() => {
  const panel = document.getElementById("panel");
  if (!panel || typeof panel.showModal !== "function") return;
  const body = panel.querySelector(".panel-body");
  const title = document.getElementById("panel-title");
  let opener = null;

  const copy = (element) => {
    const made = element.cloneNode(true);
    for (const one of [made, ...made.querySelectorAll("[id]")]) one.removeAttribute("id");
    return made;
  };

  const show = (link, counted) => {
    const passages = counted.closest(".entry").querySelector(".passages");
    title.textContent = counted.dataset.title;
    body.replaceChildren(copy(counted), ...(passages ? [copy(passages)] : []));
    body.scrollTop = 0;
    if (!panel.open) {
      opener = link;
      panel.showModal();
      title.focus({ preventScroll: true });
    }
  };

  for (const link of document.querySelectorAll("a.number, a.opens")) link.setAttribute("aria-haspopup", "dialog");

  document.addEventListener("click", (event) => {
    if (event.target === panel || event.target.closest("#panel .close")) {
      panel.close();
      return;
    }
    const link = event.target.closest("a[href^='#']");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const target = document.getElementById(link.getAttribute("href").slice(1)); // links of a drawing have no hash
    if (target && target.matches(".counted")) {
      event.preventDefault();
      show(link, target);
    } else if (panel.open) {
      opener = null;
      panel.close();
    }
  });

  panel.addEventListener("close", () => {
    body.replaceChildren();
    if (opener) opener.focus({ preventScroll: true });
    opener = null;
  });
})();
