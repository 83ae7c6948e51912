import assert from "node:assert/strict";
import { test } from "node:test";

/** As much of a page as is asked for: events that go through `document`, forms and buttons that htmx looks after. */
class Part {
  isConnected = true;
  readonly done: unknown[] = [];
  readonly asks: boolean;

  constructor(asks: boolean) {
    this.asks = asks;
  }

  matches(): boolean {
    return this.asks;
  }

  closest(): Part | null {
    return this.asks ? this : null;
  }

  click(): void {
    this.done.push("pressed");
  }
}

class Form extends Part {
  requestSubmit(submitter: unknown): void {
    this.done.push(submitter);
  }
}

type Heard = (event: unknown) => void;

async function opened(readyState: string) {
  const heard = new Map<string, Heard>();
  const document = { readyState, addEventListener: (name: string, act: Heard) => heard.set(name, act) };
  Object.assign(globalThis, { document, HTMLFormElement: Form });
  const { setUpReady } = await import(`../../pages/ready.ts?${readyState}`); // each has a state of its own
  setUpReady();
  /** Whether an event goes on to whoever hears it next. */
  const goesOn = (name: string, target: Part, submitter: unknown = null): boolean => {
    let isStopped = false;
    const stop = () => {
      isStopped = true;
    };
    heard.get(name)?.({ target, submitter, preventDefault: () => undefined, stopImmediatePropagation: stop });
    return !isStopped;
  };
  return { goesOn, read: () => heard.get("DOMContentLoaded")?.({}) };
}

const moment = () => new Promise((resolve) => setTimeout(resolve));

test("what is pressed before the page was read is done once it was, with the button that sent the form", async () => {
  const { goesOn, read } = await opened("interactive");
  const [form, button, gone] = [new Form(true), new Part(true), new Part(true)];
  assert.ok(!goesOn("submit", form, "Save and go on"));
  assert.ok(!goesOn("click", button));
  assert.ok(!goesOn("click", gone));
  gone.isConnected = false;
  assert.deepEqual([...form.done, ...button.done], []);

  read();
  assert.deepEqual(form.done, [], "htmx hears of the same event, perhaps later");
  await moment();

  assert.deepEqual(form.done, ["Save and go on"]);
  assert.deepEqual(button.done, ["pressed"]);
  assert.deepEqual(gone.done, [], "it has left the page meanwhile");
  assert.ok(goesOn("submit", form) && goesOn("click", button));
});

test("what htmx has nothing to do with goes on at once", async () => {
  const { goesOn } = await opened("loading");
  assert.ok(goesOn("submit", new Form(false)));
  assert.ok(goesOn("click", new Part(false)));
});

test("in a page that was read already nothing waits", async () => {
  const { goesOn } = await opened("complete");
  await moment();
  assert.ok(goesOn("submit", new Form(true)));
});
