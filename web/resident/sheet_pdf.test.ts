import { expect, test } from "vitest";

import { pdfOf } from "./sheet_pdf";

const LINES = [
  { text: "Recovery sheet (demo) \\ “quoted”", size: 20, font: "bold" },
  { text: "coyote casual nose settle service ancient", size: 15, font: "mono", above: 6 },
  { text: "a sentence that goes on ".repeat(12).trim(), size: 11, font: "text" },
] as const;

async function binary(blob: Blob): Promise<string> {
  return Array.from(new Uint8Array(await blob.arrayBuffer()), (byte) => String.fromCharCode(byte)).join("");
}

test("a PDF whose table of objects points at them", async () => {
  const text = await binary(await pdfOf([...LINES], "Sheet"));
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
  const text = await binary(await pdfOf([...LINES], "Sheet"));
  expect(text).toContain("(coyote casual nose settle service ancient)");
  expect(text).toContain("(Recovery sheet \\(demo\\) \\\\ \x93quoted\x94)");
  expect(text.match(/a sentence that goes on/g)?.length).toBeGreaterThanOrEqual(10);
});

test("letters beyond Western Europe are drawn, and what surrounds them stays text", async () => {
  const drawn: string[] = [];
  const draw = async (line: { text: string }): Promise<{ jpeg: Uint8Array; width: number; height: number }> => {
    drawn.push(line.text);
    return { jpeg: new Uint8Array([255, 216, 10, 255, 217]), width: 400, height: 60 };
  };
  const lines = [
    { text: "Ключ восстановления", size: 20, font: "bold" },
    { text: "Niño, Übermut and a “quotation” – 5 €", size: 11, font: "text" },
    { text: "恢复密钥", size: 11, font: "text" },
    { text: "AGE-SECRET-KEY-1QQQ", size: 12, font: "mono" },
  ] as const;
  const text = await binary(await pdfOf([...lines], "Ключ", draw));
  expect(drawn).toEqual(["Ключ восстановления", "恢复密钥"]);
  expect(text).toContain("(Ni\xf1o, \xdcbermut and a \x93quotation\x94 \x96 5 \x80)");
  expect(text).toContain("(AGE-SECRET-KEY-1QQQ)");
  expect(text).toContain("/P0 Do");
  expect(text).toContain("/P1 Do");
  expect(text).toContain("/Filter /DCTDecode /Length 5 >>\nstream\n\xff\xd8\n\xff\xd9\nendstream");
  expect(text).toContain("/Title <feff041a043b044e0447>");
  const xref = Number(/startxref\n(\d+)/.exec(text)?.[1]);
  const offsets = [...text.slice(xref).matchAll(/^(\d{10}) 00000 n /gm)].map((match) => Number(match[1]));
  expect(offsets.length).toBe(10);
  offsets.forEach((offset, at) => expect(text.slice(offset)).toMatch(new RegExp(`^${at + 1} 0 obj\n`)));
});
