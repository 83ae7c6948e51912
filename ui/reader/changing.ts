/** What the card of passages changes: their code, case and words, whether they stand, memos about them. */
import type { Card, CardActs } from "./card.ts";
import type { Codebook } from "./codebook.ts";
import { type Coding, text } from "./model.ts";
import type { Addresses } from "./requests.ts";
import { asked } from "./saving.ts";
import type { Selecting } from "./selecting.ts";
import type { Sending } from "./sending.ts";
import type { Sheet } from "./sheet.ts";

export class Changing {
  private readonly card: Card;
  private readonly codebook: Codebook;
  private readonly selecting: Selecting;
  private readonly sheet: Sheet;
  private readonly addresses: Addresses;
  private readonly sending: Sending;

  constructor(
    card: Card,
    codebook: Codebook,
    selecting: Selecting,
    sheet: Sheet,
    addresses: Addresses,
    sending: Sending,
  ) {
    this.card = card;
    this.codebook = codebook;
    this.selecting = selecting;
    this.sheet = sheet;
    this.addresses = addresses;
    this.sending = sending;
  }

  /** Show passages at a place of the window, with all that can be done with them. */
  open(codings: readonly Coding[], box: DOMRect): void {
    const place = this.selecting.place;
    const send = (address: string, body: unknown, done: string) => void this.sending.change(address, body, text(done));
    const close = (address: string, body: unknown, done: string) => {
      this.card.close();
      send(address, body, done);
    };
    const acts: CardActs = {
      colourOf: (code) => this.codebook.colourOf(code),
      change: (coding, fields) => send(this.addresses.change, { id: coding.id, ...fields }, "changed"),
      withdraw: (coding) => close(this.addresses.of("withdraw"), { ids: [coding.id] }, "withdrawn"),
      confirm: (coding) => close(this.addresses.of("confirm"), { ids: [coding.id] }, "confirmed"),
      answer: (coding, isTaken) =>
        close(this.addresses.of("suggestions"), isTaken ? { take: [coding.id] } : { decline: [coding.id] }, "saved"),
      memo: (coding, words) =>
        send(this.addresses.of("memos"), { about: "coding", of: coding.id, text: words }, "memoSaved"),
      history: (coding) => asked(this.addresses.history(coding.id)),
      bounds:
        place &&
        ((coding) => close(this.addresses.change, { id: coding.id, place: this.sheet.quoted(place) }, "changed")),
    };
    this.card.open(codings, box, acts);
  }
}
