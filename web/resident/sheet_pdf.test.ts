import { expect, test } from "vitest";

import { pdfOf } from "./sheet_pdf";

const LINES = [
  { text: "Recovery sheet (demo) \\ “quoted”", size: 20, font: "bold" },
  { text: "coyote casual nose settle service ancient", size: 15, font: "mono", above: 6 },
  { text: "a sentence that goes on ".repeat(12).trim(), size: 11, font: "text" },
] as const;

test("a PDF whose table of objects points at them", async () => {
  const text = new TextDecoder("latin1").decode(await pdfOf([...LINES], "Sheet").arrayBuffer());
  expect(text.startsWith("%PDF-1.4\n")).toBe(true);
  expect(text.endsWith("%%EOF\n")).toBe(true);
  const xref = Number(/startxref\n(\d+)/.exec(text)?.[1]);
  expect(text.slice(xref, xref + 4)).toBe("xref");
  const offsets = [...text.slice(xref).matchAll(/^(\d{10}) 00000 n /gm)].map((match) => Number(match[1]));
  offsets.forEach((offset, at) => expect(text.slice(offset)).toMatch(new RegExp(`^${at + 1} 0 obj\n`)));
  const length = Number(/\/Length (\d+)/.exec(text)?.[1]);
  const start = text.indexOf("stream\n") + "stream\n".length;
  expect(text.slice(start + length, start + length + 10)).toBe("\nendstream");
});

test("every word is on it, and what would end a text early is escaped", async () => {
  const text = new TextDecoder("latin1").decode(await pdfOf([...LINES], "Sheet").arrayBuffer());
  expect(text).toContain("(coyote casual nose settle service ancient)");
  expect(text).toContain('(Recovery sheet \\(demo\\) \\\\ "quoted")');
  expect(text.match(/a sentence that goes on/g)?.length).toBeGreaterThanOrEqual(10);
});
