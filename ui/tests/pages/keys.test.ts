import "./browser.ts";
import assert from "node:assert/strict";
import { test } from "node:test";
import { rowsOnce, written } from "../../pages/help.ts";
import { isPressed, undoOf } from "../../pages/keys.ts";
import { stepped } from "../../pages/list.ts";

const press = (key: string, more: Partial<KeyboardEvent> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...more,
});

test("a letter is pressed without other keys, whatever Caps Lock makes of it", () => {
  assert.ok(isPressed("i", press("i")));
  assert.ok(isPressed("i", press("I")));
  for (const other of ["ctrlKey", "metaKey", "altKey", "shiftKey"])
    assert.ok(!isPressed("i", press("i", { [other]: true })), other);
});

test("several keys may press one thing, and keys may go together", () => {
  assert.ok(isPressed("j ArrowDown", press("ArrowDown")));
  assert.ok(isPressed("Shift+A", press("A", { shiftKey: true })));
  assert.ok(!isPressed("Shift+A", press("a")));
  assert.ok(isPressed("Ctrl+Enter", press("Enter", { metaKey: true })));
  assert.ok(isPressed("Ctrl++", press("+", { ctrlKey: true })));
  assert.ok(!isPressed("", press(" ")));
});

test("a sign is pressed with Shift where the keyboard has it so", () => {
  assert.ok(isPressed("?", press("?", { shiftKey: true })));
  assert.ok(isPressed("/", press("/")));
});

test("undo and redo by the keys of all systems", () => {
  assert.equal(undoOf(press("z", { ctrlKey: true })), "undo");
  assert.equal(undoOf(press("Z", { metaKey: true, shiftKey: true })), "redo");
  assert.equal(undoOf(press("y", { ctrlKey: true })), "redo");
  assert.equal(undoOf(press("z", { ctrlKey: true, altKey: true })), null);
  assert.equal(undoOf(press("z")), null);
});

test("keys are written as they stand on a keyboard", () => {
  assert.equal(written("i"), "I");
  assert.equal(written("Shift+a"), "Shift + A");
  assert.equal(written("ArrowDown"), "↓");
  assert.equal(written("?"), "?");
  assert.equal(written("Ctrl++"), "Ctrl + +");
});

test("the list of keys names each once, and nothing without a name", () => {
  const row = { keys: "i", label: "Include" };
  assert.deepEqual(rowsOnce([row, { keys: "e", label: "" }, { ...row }]), [row]);
});

test("steps in a list end at its ends, and begin at its first item", () => {
  assert.equal(stepped(-1, 1, 3), 0);
  assert.equal(stepped(0, 1, 3), 1);
  assert.equal(stepped(2, 1, 3), 2);
  assert.equal(stepped(0, -1, 3), 0);
  assert.equal(stepped(-1, 1, 0), null);
});
