/** Acts on their way to the server: a new passage is shown at once, and kept over a reload until the server has it. */

import type { Codebook } from "./codebook.ts";
import type { Coded } from "./coded.ts";
import { type Coding, text } from "./model.ts";
import type { Outbox } from "./requests.ts";
import { sent, type Waiting } from "./saving.ts";
import { fail, live, say } from "./saying.ts";

interface Saved {
  id: string;
  code: string;
  case: string;
  isNew: boolean;
}

export class Sending {
  private readonly outbox: Outbox;
  private readonly coded: Coded;
  private readonly codebook: Codebook;

  constructor(outbox: Outbox, coded: Coded, codebook: Codebook) {
    this.outbox = outbox;
    this.coded = coded;
    this.codebook = codebook;
  }

  /** Send again what an earlier page could not. */
  resume(): void {
    for (const act of this.outbox.all()) void this.deliver(act, null, () => undefined);
  }

  /** Send a new passage, which is shown meanwhile; `done` hears of it once the server has it. */
  async add(act: Waiting, shown: Coding, done: (code: string) => void): Promise<void> {
    this.coded.expect(shown);
    this.outbox.add(act);
    await this.deliver(act, shown, done);
  }

  /** Send a change, and tell whether it was made. */
  async change(address: string, body: unknown, done: string): Promise<boolean> {
    try {
      await sent({ address, body }, () => say(text("failed"), true));
      await this.coded.fetchAnew();
      say(done);
      live();
      return true;
    } catch (error) {
      fail(error);
      return false;
    }
  }

  private async deliver(act: Waiting, shown: Coding | null, done: (code: string) => void): Promise<void> {
    const label = this.codebook.labelOf((act.body as { code?: string }).code ?? "");
    try {
      const saved = await sent<Saved>(act, () => say(text("waiting", { code: label }), true));
      this.outbox.remove(act);
      done(saved.code);
      if (shown) this.coded.settle(shown, saved);
      const names = { code: this.codebook.labelOf(saved.code), case: this.codebook.caseOf(saved.case) };
      say(text(saved.isNew ? "coded" : "already", names));
    } catch (error) {
      this.outbox.remove(act);
      if (shown) this.coded.forget(shown);
      fail(error);
    }
    await this.coded.fetchAnew();
    live();
  }
}
