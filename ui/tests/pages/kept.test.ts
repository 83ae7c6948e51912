import "./browser.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { likeness, type Signs } from "../../pages/focus.ts";
import { jobIn } from "../../pages/jobs.ts";
import { isOver, typedIn } from "../../pages/keep.ts";
import { reasonIn, triggersIn } from "../../pages/requests.ts";
import { addressOf, concerns } from "../../pages/review.ts";
import { storeOf } from "../../pages/store.ts";
import { choiceOf, nextChoice, themeOf } from "../../pages/theme.ts";

test("without a store of the browser nothing is kept, and nothing fails", () => {
  const none = storeOf(() => {
    throw new DOMException("denied", "SecurityError");
  }, "benang:");
  none.set("theme", "dark");
  assert.equal(none.get("theme"), null);
  assert.deepEqual(none.names(), []);
});

test("a store touches only what has its prefix", () => {
  const held = new Map([["other", "1"]]);
  const storage = {
    getItem: (name: string) => held.get(name) ?? null,
    setItem: (name: string, value: string) => held.set(name, value),
    removeItem: (name: string) => held.delete(name),
    key: (place: number) => [...held.keys()][place],
    get length() {
      return held.size;
    },
  };
  const store = storeOf(() => storage as unknown as Storage, "benang:");
  store.set("theme", "dark");
  assert.deepEqual(store.names(), ["theme"]);
  assert.equal(held.get("benang:theme"), "dark");
  store.remove("theme");
  assert.deepEqual([...held.keys()], ["other"]);
});

test("what was typed is over once the next page has come, or after three months", () => {
  const typed = { value: "a", before: "", day: 100 };
  assert.ok(!isOver(typed, 190));
  assert.ok(isOver(typed, 191));
  assert.ok(isOver({ ...typed, isSent: true }, 100));
  assert.equal(typedIn('{"value": 3}'), null);
  assert.equal(typedIn("{"), null);
});

test("the theme goes round, and auto is what the system has", () => {
  assert.equal(choiceOf(null), "auto");
  assert.equal(choiceOf("pink"), "auto");
  assert.deepEqual((["auto", "light", "dark"] as const).map(nextChoice), ["light", "dark", "auto"]);
  assert.equal(themeOf("auto", true), "dark");
  assert.equal(themeOf("auto", false), "light");
  assert.equal(themeOf("light", true), "light");
});

const signs = (part: Partial<Signs>): Signs => ({
  tag: "BUTTON",
  id: "",
  name: "",
  value: "",
  key: "",
  label: "",
  ...part,
});

test("a control is known again by its id, else its name and value, its key, its label", () => {
  const like = (one: Partial<Signs>, other: Partial<Signs>) => likeness(signs(one), signs(other));
  assert.equal(like({ id: "a", label: "x" }, { id: "a" }), 4);
  assert.equal(like({ name: "verdict", value: "include" }, { name: "verdict", value: "include" }), 3);
  assert.ok(like({ name: "verdict", value: "include" }, { name: "verdict", value: "exclude" }) < 3);
  assert.equal(like({ key: "i" }, { key: "i" }), 2);
  assert.equal(like({ label: "Include" }, { label: "Include" }), 1);
  assert.equal(like({}, {}), 0);
  assert.equal(like({ id: "a" }, { id: "a", tag: "A" }), 0);
});

test("a job has a share from 0 to 1, or none that anybody knows", () => {
  const job = (data: object) => jobIn({ name: "job", data: JSON.stringify(data) });
  assert.deepEqual(job({ id: "3-ab", kind: "build", what: "Layout", share: 0.4, state: "running" }), {
    id: "3-ab",
    what: "Layout",
    share: 0.4,
    state: "running",
  });
  assert.equal(job({ id: 3, share: 7, state: "done" })?.share, 1);
  assert.equal(job({ id: 3, share: null, state: "strange" })?.share, null);
  assert.equal(job({ id: 3, state: "strange" })?.state, "running");
  assert.equal(job({}), null);
  assert.equal(jobIn({ name: "changed", data: "{}" }), null);
});

test("an answer that failed says why where it is JSON or plain text", () => {
  assert.equal(reasonIn("application/json", '{"detail": "the log is locked"}'), "the log is locked");
  assert.equal(reasonIn("application/json", '{"detail": [{"msg": "x"}]}'), "");
  assert.equal(reasonIn("application/json", "{"), "");
  assert.equal(reasonIn("text/plain; charset=utf-8", "no room\n"), "no room");
  assert.equal(reasonIn("text/html", "<p>no room</p>"), "");
});

test("events of an answer's header", () => {
  assert.deepEqual(triggersIn('{"said": {"text": "ok"}, "live": {}}'), { said: { text: "ok" }, live: {} });
  assert.deepEqual(triggersIn("live, other"), { live: null, other: null });
  assert.deepEqual(triggersIn(null), {});
  assert.deepEqual(triggersIn("{"), {});
});

test("events of another review do not concern a page, and acts go to its own", () => {
  assert.ok(concerns({ review: "a" }, "a"));
  assert.ok(!concerns({ review: "b" }, "a"));
  assert.ok(concerns({}, "a"));
  assert.equal(addressOf("undo", "a"), "/reviews/a/undo");
  assert.equal(addressOf("undo", ""), "");
});
