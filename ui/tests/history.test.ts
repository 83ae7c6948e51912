import assert from "node:assert/strict";
import { test } from "node:test";
import { remember } from "../viewer/history.ts";
import { Store } from "../viewer/state.ts";

function remembered() {
  const clock = { time: 0 };
  const store = new Store();
  return { clock, store, history: remember(store, () => clock.time) };
}

test("changes are taken back one at a time, and made again", () => {
  const { clock, store, history } = remembered();
  store.change({ dark: true });
  clock.time = 1000;
  store.change({ curved: false });
  assert.equal(history.undo(), true);
  assert.deepEqual([store.state.dark, store.state.curved], [true, true]);
  history.undo();
  assert.equal(store.state.dark, false);
  assert.equal(history.undo(), false);
  history.redo();
  assert.equal(store.state.dark, true);
});

test("a slider that is drawn is one change", () => {
  const { clock, store, history } = remembered();
  for (const scale of [1.1, 1.2, 1.3]) {
    store.change({ scale });
    clock.time += 50;
  }
  history.undo();
  assert.equal(store.state.scale, 1);
});

test("what is selected and where one looks is not taken back", () => {
  const { store, history } = remembered();
  store.change({ selected: [1], camera: { x: 0, y: 0, zoom: 2 }, view: "overlay" });
  assert.equal(history.undo(), false);
});

test("a new change ends what could be made again", () => {
  const { clock, store, history } = remembered();
  store.change({ dark: true });
  history.undo();
  clock.time = 5000;
  store.change({ frames: true });
  assert.equal(history.redo(), false);
});
