import { expect, test } from "vitest";
import { needed } from "./room";

const GB = 1_000_000_000;

test("what is only shared needs room for the two largest at a time", () => {
  expect(needed([], false)).toBe(0);
  expect(needed([GB, 2 * GB, GB / 2], false)).toBeGreaterThan(3 * GB);
  expect(needed([GB, 2 * GB, GB / 2], false)).toBeLessThan(3.002 * GB);
});

test("what is kept as well needs room for all", () => {
  expect(needed([GB, 2 * GB, GB / 2], true)).toBeGreaterThan(3.5 * GB);
});
