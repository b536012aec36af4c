import { expect, test } from "vitest";
import { localText, momentOf, readingZone } from "./zoned";

const HOME = "America/Los_Angeles";

test.each([
  ["2026-11-21T20:15", HOME, "2026-11-22T04:15:00.000Z"],
  ["2026-07-01T00:00:30", HOME, "2026-07-01T07:00:30.000Z"],
  ["2026-07-01T12:00", "Asia/Kolkata", "2026-07-01T06:30:00.000Z"],
  ["2026-01-01T00:30", "Pacific/Kiritimati", "2025-12-31T10:30:00.000Z"],
  ["2026-12-31T23:59:59", "Pacific/Pago_Pago", "2027-01-01T10:59:59.000Z"],
])("%s in %s is %s", (local, zone, utc) => {
  const at = momentOf(local, zone);
  expect(at?.toISOString()).toBe(utc);
  expect(localText(at as Date, zone)).toBe(local.length === 16 ? `${local}:00` : local);
});

test("an hour that comes twice is the first, or the second where that is asked for", () => {
  expect(momentOf("2026-11-01T01:30", HOME)?.toISOString()).toBe("2026-11-01T08:30:00.000Z");
  expect(momentOf("2026-11-01T01:30", HOME, true)?.toISOString()).toBe("2026-11-01T09:30:00.000Z");
});

test("an hour that is skipped is read by the clock of before", () => {
  expect(momentOf("2026-03-08T02:30", HOME)?.toISOString()).toBe("2026-03-08T10:30:00.000Z");
});

test("what is no time is none", () => expect(momentOf("", HOME)).toBe(null));

test("where no zone is known the browser's is read", () => {
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  expect([readingZone("UTC"), readingZone(undefined), readingZone(HOME)]).toEqual([own, own, HOME]);
});
