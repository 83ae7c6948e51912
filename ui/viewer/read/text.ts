/** The text of a file, whatever encoding it came in. */
import { t } from "../words.ts";
import { refusal } from "./refused.ts";

/** More than a browser can hold as one text. */
const MOST_BYTES = 400_000_000;

export interface FileText {
  name: string;
  text: string;
  notes: string[];
}

export async function textOf(file: File): Promise<FileText> {
  const where = file.name;
  if (file.size > MOST_BYTES)
    throw refusal({
      found: t("the file is larger than a browser can read ({n} megabytes)", { n: Math.round(file.size / 1e6) }),
      where,
      wayOn: viewIt(where),
    });
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    throw refusal({
      found: t("the file can't be read"),
      where,
      wayOn: t("Perhaps it was moved, or is a folder: choose it again."),
    });
  }
  return decoded(bytes, where);
}

/** Bytes as text: a byte order mark decides, then whether they are UTF-8; all else is read as Windows-1252, and said. */
export function decoded(bytes: Uint8Array, where: string): FileText {
  const marked = (...mark: number[]): boolean => mark.every((byte, at) => bytes[at] === byte);
  const utf16 = marked(0xff, 0xfe) ? "utf-16le" : marked(0xfe, 0xff) ? "utf-16be" : "";
  let text = utf16 ? new TextDecoder(utf16).decode(bytes) : strictly(bytes);
  const notes: string[] = [];
  if (text === null) {
    text = new TextDecoder("windows-1252").decode(bytes);
    notes.push(t("{file}: not UTF-8, read as Windows-1252. If letters look wrong, save it as UTF-8.", { file: where }));
  }
  if (!text.trim()) throw refusal({ found: t("the file is empty"), where, wayOn: t("Save or export it again.") });
  if (text.includes("\0"))
    throw refusal({ found: t("the file is no text"), where, expected: t("a VOSviewer map"), wayOn: viewIt(where) });
  return { name: where, text, notes };
}

function strictly(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** The way on for what only Python reads. */
export function viewIt(file: string): string {
  return t("On the command line, 'benang view {file}' opens it if Benang can read it.", { file: asArgument(file) });
}

/** The name of a file as it is typed in a terminal. */
export function asArgument(file: string): string {
  return /^[\w.+-]+$/.test(file) ? file : `"${file.replaceAll('"', "")}"`;
}
