import assert from "node:assert/strict";
import { test } from "node:test";
import { Refused, sent } from "../../reader/saving.ts";

const act = { address: "/x", body: {} };
const now = async () => undefined;

test("an act that the server did not hear of is sent until it answers, and the reader hears of it once", async () => {
  let [asked, waits] = [0, 0];
  const ask = (async () => {
    if (++asked < 4) throw new TypeError("Failed to fetch");
    return { id: "a" };
  }) as never;
  const answer = await sent<{ id: string }>(act, () => waits++, now, ask);
  assert.deepEqual([answer.id, asked, waits], ["a", 4, 1]);
});

test("an act has one key, however often it is sent", async () => {
  const keys: unknown[] = [];
  const ask = (async (_address: string, _body: unknown, key: string) => {
    keys.push(key);
    if (keys.length < 3) throw new TypeError("Failed to fetch");
  }) as never;
  await sent(act, () => undefined, now, ask);
  await sent(act, () => undefined, now, ask);
  assert.equal(keys.length, 4);
  assert.equal(new Set(keys.slice(0, 3)).size, 1);
  assert.notEqual(keys[2], keys[3]);
});

test("an act that the server refuses is not sent again", async () => {
  let asked = 0;
  const ask = (async () => {
    asked++;
    throw new Refused("No.");
  }) as never;
  await assert.rejects(
    sent(act, () => undefined, now, ask),
    Refused,
  );
  assert.equal(asked, 1);
});

test("the pauses grow, up to a quarter of a minute", async () => {
  const pauses: number[] = [];
  let asked = 0;
  const ask = (async () => {
    if (++asked < 8) throw new Error();
  }) as never;
  const pause = async (time: number) => void pauses.push(time);
  await sent(act, () => undefined, pause, ask);
  assert.deepEqual(pauses, [1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000]);
});
