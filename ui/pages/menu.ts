/** The menu of narrow screens: a button (`data-menu`) that opens what it controls, by `aria-controls`. */

export function setUpMenu(): void {
  document.addEventListener("click", ({ target }) => {
    const button = (target as Element).closest<HTMLElement>("[data-menu]");
    if (button) turn(button, button.getAttribute("aria-expanded") !== "true");
    else closeUnless((menu) => menu.contains(target as Node));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const closed = closeUnless(() => false);
    closed[0]?.focus();
  });
  // who leaves the open menu by Tab would be behind it
  document.addEventListener("focusin", ({ target }) => {
    closeUnless((menu, button) => menu.contains(target as Node) || button.contains(target as Node));
  });
}

const menuOf = (button: HTMLElement): HTMLElement | null =>
  document.getElementById(button.getAttribute("aria-controls") ?? "");

function turn(button: HTMLElement, isOpen: boolean): void {
  button.setAttribute("aria-expanded", String(isOpen));
  menuOf(button)?.classList.toggle("open", isOpen);
}

/** Close the open menus, unless a condition keeps one; the buttons of those that were closed. */
function closeUnless(isKept: (menu: HTMLElement, button: HTMLElement) => boolean): HTMLElement[] {
  const open = [...document.querySelectorAll<HTMLElement>("[data-menu][aria-expanded=true]")];
  const closed = open.filter((button) => {
    const menu = menuOf(button);
    return menu !== null && !isKept(menu, button);
  });
  for (const button of closed) turn(button, false);
  return closed;
}
