"use strict";
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

  for (const link of document.querySelectorAll("a.number")) link.setAttribute("aria-haspopup", "dialog");

  document.addEventListener("click", (event) => {
    if (event.target === panel || event.target.closest("#panel .close")) {
      panel.close();
      return;
    }
    const link = event.target.closest("a[href^='#']");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const target = document.getElementById(link.hash.slice(1));
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
