/** Files and folders that are dropped on a page: found out, and none of them opened by the browser in place of the page. */

const MOST = 2_000; // files of a folder; more are a mistake rather than exports

/** Give what is dropped to the form it is dropped on, or to the only one that takes files. */
export function setUpDropping(isForm: string, take: (form: HTMLFormElement, files: File[]) => void): void {
  const formOf = (event: DragEvent): HTMLFormElement | null => {
    if (!event.dataTransfer?.types.includes("Files")) return null;
    const own = (event.target as Element).closest?.<HTMLFormElement>(isForm);
    const all = document.querySelectorAll<HTMLFormElement>(isForm);
    return own ?? (all.length === 1 ? all[0] : null);
  };
  const mark = (form: HTMLFormElement | null) => {
    for (const one of document.querySelectorAll(isForm)) one.classList.toggle("over", one === form);
  };
  addEventListener("dragover", (event) => {
    const form = formOf(event);
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = form ? "copy" : "none";
    mark(form);
  });
  addEventListener("dragleave", ({ relatedTarget }) => relatedTarget === null && mark(null));
  addEventListener("drop", async (event) => {
    if (event.defaultPrevented || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    mark(null);
    const form = formOf(event);
    if (form) take(form, await filesIn(event.dataTransfer));
  });
}

async function filesIn(data: DataTransfer): Promise<File[]> {
  // before anything is waited for: then the browser forgets them
  const entries = [...data.items].map((item) => item.webkitGetAsEntry?.() ?? null);
  const files = [...data.files];
  if (!entries.some((entry) => entry?.isDirectory)) return files;
  const found: File[] = [];
  for (const entry of entries) if (entry) await collect(entry, found);
  return found;
}

/** The files of a folder and of those in it, without hidden ones. */
async function collect(entry: FileSystemEntry, found: File[]): Promise<void> {
  if (found.length >= MOST || entry.name.startsWith(".")) return;
  if (entry.isFile) {
    const file = await new Promise<File | null>((give) => {
      (entry as FileSystemFileEntry).file(give, () => give(null));
    });
    if (file) found.push(file);
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const next = () => new Promise<FileSystemEntry[]>((give) => reader.readEntries(give, () => give([])));
  for (let part = await next(); part.length; part = await next()) for (const one of part) await collect(one, found);
}
