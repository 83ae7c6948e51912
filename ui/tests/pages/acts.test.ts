import assert from "node:assert/strict";
import { test } from "node:test";
import { type Act, Acts, type Outcome } from "../../pages/acts.ts";
import { inMemory } from "./memory.ts";

const act = (key: string): Act => ({ key, verb: "post", path: `/decide/${key}`, values: [["verdict", "include"]] });

function waiting(keys: string[], answer: (key: string) => Outcome) {
  const store = inMemory();
  const [sent, counts]: [string[], number[]] = [[], []];
  const send = async ({ key }: Act) => {
    sent.push(key);
    return answer(key);
  };
  const acts = new Acts(store, send, (count) => counts.push(count));
  for (const key of keys) acts.add(act(key));
  return { acts, store, sent, counts };
}

test("acts that wait are sent again in their order, each once", async () => {
  const { acts, sent, counts } = waiting(["a", "b", "c", "a"], () => "done");
  assert.equal(await acts.sendAll(), 3);
  assert.deepEqual(sent, ["a", "b", "c"]);
  assert.deepEqual(counts, [1, 2, 3, 2, 1, 0]);
});

test("a button that is pressed again while its act waits is one act; undo takes back as often as it is pressed", () => {
  const acts = new Acts(inMemory(), async () => "done");
  const again = { ...act("b"), path: act("a").path };
  for (const one of [act("a"), again]) acts.add(one);
  assert.equal(acts.all().length, 1);
  for (const key of ["u", "v"]) acts.add({ key, verb: "post", path: "/undo", values: [] });
  assert.equal(acts.all().length, 3);
});

test("where one does not reach the server, it and those behind it stay", async () => {
  const { acts, sent } = waiting(["a", "b", "c"], (key) => (key === "b" ? "unreached" : "done"));
  assert.equal(await acts.sendAll(), 1);
  assert.deepEqual(sent, ["a", "b"]);
  assert.deepEqual(
    acts.all().map(({ key }) => key),
    ["b", "c"],
  );
});

test("an act that the server answers with an error is not sent for ever", async () => {
  const { acts } = waiting(["a", "b"], (key) => (key === "a" ? "failed" : "done"));
  assert.equal(await acts.sendAll(), 1);
  assert.deepEqual(acts.all(), []);
});

test("acts are there again after a reload, with what was in their form", () => {
  const { store } = waiting(["a"], () => "done");
  const later = new Acts(store, async () => "done");
  assert.deepEqual(later.all(), [act("a")]);
});

test("what is sent already is not sent a second time meanwhile", async () => {
  const { acts, sent } = waiting(["a"], () => "done");
  await Promise.all([acts.sendAll(), acts.sendAll()]);
  assert.deepEqual(sent, ["a"]);
});

test("a damaged store is an empty one", () => {
  const store = inMemory({ acts: '[{"key": 1}, {"key": "a"}' });
  assert.deepEqual(new Acts(store, async () => "done").all(), []);
});
