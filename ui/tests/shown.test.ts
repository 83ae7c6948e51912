import assert from "node:assert/strict";
import { test } from "node:test";
import type { MapData, RecordColumns } from "../viewer/model.ts";
import { sceneOf } from "../viewer/scene.ts";
import { sizedBy } from "../viewer/shown.ts";
import { DEFAULTS, type State } from "../viewer/state.ts";
import { LOOKS } from "./looks/expected.ts";
import { smallMap } from "./small.ts";

const RECORDS = { year: [2001, 2003] } as unknown as RecordColumns;
const { kinds } = smallMap();
const YEARS = [2001, 2003].map((year) => ({ year, link: [0], strength: [1] }));

test("while only some years are shown, sizes are by what is counted in them", () => {
  const said = (data: MapData, records: RecordColumns | null = RECORDS, period: State["period"] = [2001, 2001]) =>
    sizedBy(sceneOf(data, LOOKS, { ...DEFAULTS, period }, records));
  const behind = smallMap({ records: [[0], [1], [0, 1]] });
  assert.equal(said(behind), "Records in these years");
  assert.equal(said({ ...behind, kinds: { ...kinds, unit: "cases" } }), "Cases in these years");
  assert.equal(said({ ...smallMap({ records: [[0], [1], [0]] }), years: YEARS }, null), "Link strength in these years");
  assert.equal(said(smallMap()), "Documents");
  assert.equal(said(behind, RECORDS, null), "Documents");
});
