import { describe, expect, test } from "vitest";
import { Pace, timeLeft } from "./sending_pace";

const MB = 1_000_000;

/** A line that carries `perSecond` for so many seconds. */
function run(pace: Pace, from: { sent: number; at: number }, perSecond: number, seconds: number): { sent: number; at: number } {
  let { sent, at } = from;
  pace.sent(sent, at);
  for (let second = 0; second < seconds; second += 1) pace.sent((sent += perSecond), (at += 1000));
  return { sent, at };
}

describe("the time left", () => {
  test("is not guessed at the beginning", () => {
    const pace = new Pace();
    expect(pace.left(MB)).toBe(null);
    run(pace, { sent: 0, at: 0 }, MB, 2);
    expect(pace.left(MB)).toBe(null);
  });

  test("is what an even line needs", () => {
    const pace = new Pace();
    run(pace, { sent: 0, at: 0 }, MB, 10);
    expect(pace.left(60 * MB)).toBeCloseTo(60, 0);
  });

  test("does not jump when one second is slow, and follows a line that stays slow", () => {
    const pace = new Pace();
    const steady = run(pace, { sent: 0, at: 0 }, MB, 30);
    const dip = run(pace, steady, MB / 10, 1);
    expect(pace.left(60 * MB)).toBeLessThan(70);
    run(pace, dip, MB / 10, 60);
    expect(pace.left(60 * MB)).toBeGreaterThan(450);
  });

  test("does not count the time that nothing could move", () => {
    const pace = new Pace();
    const { sent } = run(pace, { sent: 0, at: 0 }, MB, 10);
    pace.still();
    run(pace, { sent, at: 600_000 }, MB, 5);
    expect(pace.left(60 * MB)).toBeCloseTo(60, 0);
  });
});

test.each([
  [null, "left_unknown", 0],
  [3, "left_seconds", 0],
  [44, "left_minute_less", 0],
  [70, "left_minute", 1],
  [235, "left_minutes", 4],
  [1000, "left_minutes", 15],
  [3400, "left_hour", 1],
  [9000, "left_hours", 3],
])("%s seconds are said as %s", (seconds, code, n) => expect(timeLeft(seconds)).toEqual({ code, n }));
