/** Files that the reader opens, one after the other: while a map is laid out, the page goes on, and says so. */

import { type Opened, openFiles, Refused } from "./read/open.ts";
import { t } from "./words.ts";

interface Page {
  /** Say what the reader waits for. */
  tell(what: string): void;
  show(opened: Opened, isBeside: boolean): void;
  complain(message: string): void;
}

export interface Opening {
  open(files: readonly File[], isBeside?: boolean): Promise<void>;
  /** Show nothing more of what is being opened. */
  stop(): void;
}

/** Of files that are opened while others are being laid out, the last ones are shown. */
export function opening({ tell, show, complain }: Page, read = openFiles): Opening {
  let turn = 0;
  return {
    async open(files, isBeside = false) {
      if (!files.length) return;
      const own = ++turn;
      const isLast = () => own === turn;
      try {
        const opened = await read(files, (what) => isLast() && tell(what));
        if (isLast()) show(opened, isBeside);
      } catch (problem) {
        if (isLast()) complain(messageOf(problem));
      }
    },
    stop() {
      turn++;
    },
  };
}

function messageOf(problem: unknown): string {
  if (problem instanceof Refused) return problem.message;
  return t("The file could not be opened: {problem}", { problem: String(problem) });
}
