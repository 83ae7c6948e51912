import assert from "node:assert/strict";
import { test } from "node:test";
import { waitAfter } from "../../pages/connection.ts";
import { dataOf, eventReader, listen } from "../../pages/stream.ts";

test("events are read from any pieces of a stream", () => {
  const stream =
    'event: changed\ndata: {"files": ["a"]}\n\n: a comment\n\nid: 3\r\nevent: job\r\ndata: {\r\ndata: }\r\n\r\n';
  for (const length of [1, 2, 7, stream.length]) {
    const eventsIn = eventReader();
    const events = [];
    for (let at = 0; at < stream.length; at += length) events.push(...eventsIn(stream.slice(at, at + length)));
    assert.deepEqual(events, [
      { name: "changed", data: '{"files": ["a"]}' },
      { name: "job", data: "{\n}" },
    ]);
  }
});

test("data that are no object are an empty one", () => {
  assert.deepEqual(dataOf({ name: "job", data: '{"share": 0.5}' }), { share: 0.5 });
  for (const data of ["[", "3", "null", ""]) assert.deepEqual(dataOf({ name: "job", data }), {});
});

test("attempts come less and less often, but at least every eight seconds", () => {
  assert.deepEqual([0, 1, 2, 3, 4, 5, 40].map(waitAfter), [500, 1000, 2000, 4000, 8000, 8000, 8000]);
});

test("a connection says how it ended", async (t) => {
  const end = async (answer: () => Response | Promise<Response>) => {
    t.mock.method(globalThis, "fetch", async () => answer());
    const heard: string[] = [];
    const listener = { opened: () => heard.push("opened"), heard: ({ name }: { name: string }) => heard.push(name) };
    return [await listen("/events", listener, new AbortController().signal), ...heard];
  };
  assert.deepEqual(await end(() => new Response("event: gone\ndata: {}\n\n")), ["lost", "opened", "gone"]);
  assert.deepEqual(await end(() => new Response("", { status: 403 })), ["refused"]);
  assert.deepEqual(await end(() => new Response("", { status: 500 })), ["lost"]);
  assert.deepEqual(await end(() => Promise.reject(new TypeError("failed to fetch"))), ["lost"]);
});
