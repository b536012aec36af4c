import { describe, expect, test } from "vitest";
import vectors from "../../tests/vectors/canonical.json";
import { utf8 } from "./bytes";
import { decode, encode, timeFrom, timeText } from "./canonical";

describe("canonical JSON", () => {
  test.each(vectors.written)("writes $json", ({ json, canonical }) => {
    expect(new TextDecoder("utf-8", { ignoreBOM: true }).decode(encode(JSON.parse(json)))).toBe(canonical);
    expect(decode(utf8(canonical))).toEqual(JSON.parse(json));
  });

  test.each(vectors.refused)("does not read $name", ({ text }) => {
    expect(() => decode(utf8(text))).toThrow("malformed");
  });

  test.each([[[0xff]], [[0x22, 0xc3, 0x22]], [[0xef, 0xbb, 0xbf, 0x7b, 0x7d]], [[0x22, 0xed, 0xa0, 0x80, 0x22]]])(
    "does not read broken UTF-8 %j",
    (bytes) => expect(() => decode(Uint8Array.from(bytes))).toThrow("malformed"),
  );

  test.each([[1.5], [Number.NaN], [undefined], [{ a: undefined }], [10n], [{ a: "\ud800" }], [2 ** 53], [{ A: 1 }], [() => 1]])(
    "does not write %s",
    (value) => expect(() => encode(value)).toThrow("malformed"),
  );
});

describe("times", () => {
  test.each(vectors.times)("$text", ({ text, unix_ms }) => {
    expect(timeText(new Date(unix_ms))).toBe(text);
    expect(timeFrom(text).getTime()).toBe(unix_ms);
  });

  test.each(vectors.times_refused)("refuses %j", (text) => {
    expect(() => timeFrom(text)).toThrow("malformed");
  });

  test("no time is no text", () => expect(() => timeText(new Date(Number.NaN))).toThrow("malformed"));
});
