import { describe, expect, it } from "vitest";
import { outside } from "./outside";

const span = { from: new Date("2026-11-18T18:00:00Z"), to: new Date("2026-11-18T21:00:00Z") };
const at = (text: string): Date => new Date(`2026-11-${text}Z`);
const later = at("25T12:00:00").getTime();

describe("a file beside the span that is asked for", () => {
  it.each([
    ["days after", at("21T22:46:00"), at("21T22:47:00")],
    ["days before", at("12T10:00:00"), null],
    ["an hour before, with its end", at("18T16:00:00"), at("18T17:00:00")],
  ])("is told of when typed times lie %s", (_name, starts, ends) => {
    expect(outside({ starts, ends }, later, span)).toBe("typed");
  });

  it.each([
    ["inside", at("18T19:00:00"), at("18T19:01:00")],
    ["over its beginning", at("18T17:00:00"), at("18T18:30:00")],
    ["before it with no end said", at("18T17:00:00"), null],
    ["with its end alone inside", null, at("18T20:00:00")],
  ])("is not told of when it lies %s", (_name, starts, ends) => {
    expect(outside({ starts, ends }, later, span)).toBeNull();
  });

  it("goes by the file's own date where nothing was typed, and only by one before the span", () => {
    const none = { starts: null, ends: null };
    expect(outside(none, at("17T12:00:00").getTime(), span)).toBe("written");
    expect(outside(none, later, span)).toBeNull();
    expect(outside(none, 0, span)).toBeNull();
  });
});
