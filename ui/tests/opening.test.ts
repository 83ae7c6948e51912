import assert from "node:assert/strict";
import { test } from "node:test";
import { opening } from "../viewer/opening.ts";
import { type Opened, openedPage, Refused } from "../viewer/read/open.ts";
import { smallColumns } from "./small.ts";

const named = (name: string) => new File([], name);

/** A page that notes what it is told, and files that are read when the test says so. */
function page() {
  const said: string[] = [];
  const waiting = new Map<string, { done(): void; fail(problem: Error): void }>();
  const { open, stop } = opening(
    {
      tell: (what) => said.push(`tell ${what}`),
      show: ({ title }, isBeside) => said.push(`show ${title}${isBeside ? " beside" : ""}`),
      complain: (message) => said.push(`complain ${message}`),
    },
    ([file], tell) =>
      new Promise((resolve, reject) => {
        tell?.(file.name);
        waiting.set(file.name, { done: () => resolve({ title: file.name } as Opened), fail: reject });
      }),
  );
  return { said, open, stop, waiting };
}

test("of files that are opened while others are laid out, the last are shown", async () => {
  const { said, open, waiting } = page();
  const [slow, quick] = [open([named("slow")]), open([named("quick")], true)];
  waiting.get("quick")?.done();
  await quick;
  waiting.get("slow")?.done();
  await slow;
  assert.deepEqual(said, ["tell slow", "tell quick", "show quick beside"]);
});

test("what can't be opened is said, unless another file was opened since", async () => {
  const { said, open, stop, waiting } = page();
  const one = open([named("a")]);
  waiting.get("a")?.fail(new Refused("a: no map."));
  await one;
  const two = open([named("b")]);
  waiting.get("b")?.fail(new Error("strange"));
  await two;
  const three = open([named("c")]);
  stop();
  waiting.get("c")?.fail(new Error("too late"));
  await three;
  await open([]);
  const complaints = said.filter((one) => one.startsWith("complain"));
  assert.deepEqual(complaints, ["complain a: no map.", "complain The file could not be opened: Error: strange"]);
});

test("a page is opened as its file says, and then as the page says", () => {
  const looks = { palettes: {}, scales: {} };
  const config = {
    parameters: { scale: 2, curved_links: false },
    color_schemes: { cluster_colors: [{ cluster: 1, color: "#012345" }] },
  };
  const map = { ...smallColumns(), extras: { config } };
  const given = { format: 1, language: "en", title: "Kota", words: {}, looks, records: null, notes: ["a"] } as const;
  const { start, title, notes } = openedPage({ ...given, notes: ["a"], map, view: { scale: 1.5 } });
  assert.deepEqual(start, {
    scale: 1.5,
    curved: false,
    palette: "vosviewer",
    clusters: { 1: { colour: "#012345" } },
  });
  assert.deepEqual([title, notes], ["Kota", ["a"]]);
});
