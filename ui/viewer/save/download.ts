/** Give the reader a file that was made on the page. */

/** Save a file under a name; a browser that can't ask puts it among the downloads. */
export function download(content: Blob | string, name: string, type = "text/plain;charset=utf-8"): void {
  const blob = typeof content === "string" ? new Blob([content], { type }) : content;
  const address = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = address;
  link.download = fileName(name);
  link.hidden = true;
  document.body.append(link);
  link.click();
  link.remove();
  // Firefox reads the address only after the click has returned.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;

/** A name that every system takes: without the marks that Windows refuses, and not longer than it takes. */
export function fileName(name: string): string {
  const [, stem, suffix] = /^(.*?)(\.[A-Za-z0-9]{1,8})?$/s.exec(name) ?? [name, name, ""];
  const plain = stem
    .replace(/[<>:"/\\|?*\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 100)
    .replace(/[. ]+$/, "");
  const safe = plain && !RESERVED.test(plain) ? plain : `map ${plain}`.trim();
  return `${safe}${suffix ?? ""}`;
}
