import { describe, expect, it } from "vitest";
import { momentText, spanText } from "./moment";

const at = (iso: string): Date => new Date(iso);

describe("a moment", () => {
  it("is said as the pages say it, in the zone that was asked for", () => {
    expect(momentText(at("2027-05-15T03:20:41Z"), "America/Los_Angeles")).toBe("May 14, 2027, 8:20 pm");
    expect(momentText(at("2027-05-15T03:20:41Z"), "America/Los_Angeles", "clock")).toBe("8:20 pm");
  });
  it("names the day of a span once", () => {
    const zone = "America/Los_Angeles";
    expect(spanText(at("2027-05-15T03:20:00Z"), at("2027-05-15T03:20:30Z"), zone)).toBe("May 14, 2027, 8:20 pm");
    expect(spanText(at("2027-05-15T03:20:00Z"), at("2027-05-15T04:20:00Z"), zone)).toBe("May 14, 2027, 8:20 pm – 9:20 pm");
    expect(spanText(at("2027-05-15T03:20:00Z"), at("2027-05-15T08:20:00Z"), zone)).toBe(
      "May 14, 2027, 8:20 pm – May 15, 2027, 1:20 am",
    );
  });
});
