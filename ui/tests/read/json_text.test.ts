import assert from "node:assert/strict";
import { test } from "node:test";
import { faultOf, parsedJson } from "../../viewer/read/json_text.ts";

const at = (text: string) => {
  const fault = faultOf(text);
  return fault && [fault.line, fault.column, fault.expected];
};

test("the place of the fault, and what JSON would have had there", () => {
  assert.deepEqual(at('{"network": {"items": ['), [1, 24, "a value"]);
  assert.deepEqual(at('{"a": 1\n "b": 2}'), [2, 2, "',' or '}'"]);
  assert.deepEqual(at('{"a": [1 2]}'), [1, 10, "',' or ']'"]);
  assert.deepEqual(at("{a: 1}"), [1, 2, "a name in quotation marks, or '}'"]);
  assert.deepEqual(at('{"a" 1}'), [1, 6, "':'"]);
  assert.deepEqual(at('{"a": NaN}'), [1, 7, "a value"]);
  assert.deepEqual(at('{"a": 01}'), [1, 7, "a value"]);
  assert.deepEqual(at('{"a": "x\ny"}'), [1, 7, "a value"]);
  assert.deepEqual(at("[1,]"), [1, 4, "a value"]);
  assert.deepEqual(at("[] x"), [1, 4, "the end of the file"]);
});

test("whatever is JSON has no fault", () => {
  for (const text of [
    "[]",
    ' {"a": [1, -2.5e+3, "\\u00e9\\n", true, false, null, {}], "": {"b": {}}} ',
    '"\u007f"',
    "0",
  ]) {
    JSON.parse(text);
    assert.equal(faultOf(text), null, text);
  }
});

test("whatever is refused has a message with line and column", () => {
  assert.deepEqual(parsedJson('{"a": 1}', "a.json"), { a: 1 });
  assert.throws(() => parsedJson('{"a": 1', "a.json"), /a\.json, line 1, column 8: .*cut off/);
  assert.throws(
    () => parsedJson('{"a": NaN}', "a.json"),
    /column 7: the JSON goes wrong at 'NaN'\. Expected: a finite number\. Leave the value out/,
  );
  assert.throws(() => parsedJson("[".repeat(100_000), "a.json"), /line 1, column 100001/);
});
