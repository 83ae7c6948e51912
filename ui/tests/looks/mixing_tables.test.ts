import assert from "node:assert/strict";
import { test } from "node:test";
import { mixRgb, toRgb } from "../../viewer/looks/mixing.ts";
import { mixerWith } from "../../viewer/looks/mixing_tables.ts";
import { EXPECTED } from "./expected.ts";

test("tables mix colours as the formulas do, to half a level of 255", () => {
  const found = new Float32Array(3);
  for (const page of ["#ffffff", "#000000"]) {
    const mixInto = mixerWith(toRgb(page));
    for (const shade of [...EXPECTED.shades, ...EXPECTED.palettes.benang.colours]) {
      for (const share of [0, 0.001, 0.2, 0.5, 0.95, 1]) {
        mixInto(toRgb(shade), share, found, 0);
        mixRgb(toRgb(page), toRgb(shade), share).forEach((part, channel) => {
          assert.ok(Math.abs(part - found[channel]) < 0.5 / 255, `${page} and ${shade} by ${share}`);
        });
      }
    }
  }
});
