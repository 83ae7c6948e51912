/** Movement in a table of buttons (`data-grid`) by the arrows: one button is the current one, and the rest is not in the way of Tab. */

type Place = readonly [number, number];

/** Where each key leads from a row and a column, to be kept within the table; `isFar` is Ctrl with the key. */
const MOVES: Readonly<Record<string, (place: Place, isFar: boolean) => Place>> = {
  ArrowUp: ([row, column], isFar) => [isFar ? 0 : row - 1, column],
  ArrowDown: ([row, column], isFar) => [isFar ? Number.POSITIVE_INFINITY : row + 1, column],
  ArrowLeft: ([row, column], isFar) => [row, isFar ? 0 : column - 1],
  ArrowRight: ([row, column], isFar) => [row, isFar ? Number.POSITIVE_INFINITY : column + 1],
  Home: ([row], isFar) => [isFar ? 0 : row, 0],
  End: ([row], isFar) => [isFar ? Number.POSITIVE_INFINITY : row, Number.POSITIVE_INFINITY],
  PageUp: ([row, column]) => [row - 10, column],
  PageDown: ([row, column]) => [row + 10, column],
};

/** The place to which a key leads in a table whose rows have `widths`; null for keys that don't move. */
export function movedIn(widths: readonly number[], place: Place, key: string, isFar = false): Place | null {
  const move = MOVES[key];
  if (!move) return null;
  const [row, column] = move(place, isFar);
  const within = (value: number, count: number) => Math.max(0, Math.min(count - 1, value));
  const line = within(row, widths.length);
  return [line, within(column, widths[line])];
}

const gridOf = (of: Element | null): HTMLTableElement | null =>
  of?.closest<HTMLTableElement>("table[data-grid]") ?? null;

/** The buttons of a table, row by row; cells without one are left out, which only happens at the ends of rows. */
const buttonsOf = (row: HTMLTableRowElement): HTMLButtonElement[] => [
  ...row.querySelectorAll<HTMLButtonElement>("td > button"),
];

const rowsOf = (grid: HTMLTableElement): HTMLTableRowElement[] =>
  [...grid.rows].filter((row) => row.querySelector("td > button") !== null);

function enter(grid: HTMLTableElement, button: HTMLButtonElement): void {
  for (const one of grid.querySelectorAll<HTMLButtonElement>("td > button[tabindex='0']")) one.tabIndex = -1;
  button.tabIndex = 0;
}

/** Mark the button whose cell is open, which the field in the panel names; it is where Tab comes to. */
function mark(): void {
  const open = document.querySelector<HTMLInputElement>("#panel [name=cell]")?.value ?? "";
  for (const grid of document.querySelectorAll<HTMLTableElement>("table[data-grid]")) {
    for (const one of grid.querySelectorAll("button[aria-current]")) one.removeAttribute("aria-current");
    const named = open ? grid.querySelector<HTMLButtonElement>(`td > button[value="${CSS.escape(open)}"]`) : null;
    named?.setAttribute("aria-current", "true");
    const first = grid.querySelector<HTMLButtonElement>("td > button[tabindex='0']");
    const entry = named ?? first ?? grid.querySelector<HTMLButtonElement>("td > button");
    if (entry) enter(grid, entry);
  }
}

let was = "";

function goOn(event: KeyboardEvent): void {
  const button = (event.target as Element).closest?.<HTMLButtonElement>("td > button");
  const grid = gridOf(button ?? null);
  if (!button || !grid || event.altKey || event.shiftKey) return;
  const rows = rowsOf(grid);
  const row = rows.indexOf(button.closest("tr") as HTMLTableRowElement);
  const place: Place = [row, buttonsOf(rows[row]).indexOf(button)];
  const widths = rows.map((one) => buttonsOf(one).length);
  const next = movedIn(widths, place, event.key, event.ctrlKey || event.metaKey);
  if (!next) return;
  event.preventDefault();
  const there = buttonsOf(rows[next[0]])[next[1]];
  there.focus({ preventScroll: true });
  there.scrollIntoView({ block: "nearest", inline: "nearest" });
}

export function setUpGrids(): void {
  mark();
  document.addEventListener("htmx:load", mark);
  document.addEventListener("htmx:afterSettle", mark);
  document.addEventListener("keydown", goOn);
  document.addEventListener("focusin", ({ target }) => {
    const button = (target as Element).closest<HTMLButtonElement>("td > button");
    const grid = gridOf(button);
    if (button && grid) enter(grid, button);
  });
  // who closes what was opened goes on at the cell that it came from
  document.addEventListener("htmx:beforeSwap", () => {
    const panel = document.getElementById("panel");
    was = panel?.contains(document.activeElement)
      ? (panel.querySelector<HTMLInputElement>("[name=cell]")?.value ?? "")
      : "";
  });
  document.addEventListener("htmx:afterSettle", () => {
    const isClosed = was && document.getElementById("panel")?.hidden;
    const cell = isClosed && document.querySelector<HTMLElement>(`table[data-grid] button[value="${CSS.escape(was)}"]`);
    if (cell) cell.focus({ preventScroll: true });
    was = "";
  });
}
