import { expect, test } from "vitest";

import { concat, utf8 } from "../vault/bytes";
import { type ZipEntry, zipped } from "./zip";

async function* pieces(...parts: string[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield utf8(part);
}

const ENTRIES: ZipEntry[] = [
  { name: "README.txt", content: () => pieces("one ", "two") },
  { name: "clips/Haustür, 2026 – Größe.mp4", content: () => pieces("x".repeat(100_000), "y".repeat(70_000)) },
  { name: "empty.json", content: () => pieces() },
];

test("names, sizes and places are where a reader looks for them", async () => {
  const parts: Uint8Array[] = [];
  for await (const piece of zipped(ENTRIES)) parts.push(piece);
  const whole = concat(...parts);
  const view = new DataView(whole.buffer);
  const end = whole.length - 22;
  expect(view.getUint32(end, true)).toBe(0x06054b50);
  expect(view.getUint32(end - 20, true)).toBe(0x07064b50);
  const record = Number(view.getBigUint64(end - 12, true));
  expect(view.getUint32(record, true)).toBe(0x06064b50);
  expect(Number(view.getBigUint64(record + 32, true))).toBe(ENTRIES.length);
  let at = Number(view.getBigUint64(record + 48, true));
  for (const entry of ENTRIES) {
    expect(view.getUint32(at, true)).toBe(0x02014b50);
    const length = view.getUint16(at + 28, true);
    expect(new TextDecoder().decode(whole.subarray(at + 46, at + 46 + length))).toBe(entry.name);
    const size = Number(view.getBigUint64(at + 46 + length + 4, true));
    const start = Number(view.getBigUint64(at + 46 + length + 20, true));
    expect(view.getUint32(start, true)).toBe(0x04034b50);
    const content = start + 30 + length + 20;
    expect(view.getUint32(content + size, true)).toBe(0x08074b50);
    at += 46 + length + view.getUint16(at + 30, true);
  }
  expect(at).toBe(record);
});

test("an entry is asked for in its turn, and what stops one stops all", async () => {
  const asked: string[] = [];
  async function* failing(): AsyncGenerator<Uint8Array> {
    asked.push("second");
    yield utf8("a");
    throw new Error("gone");
  }
  const made = zipped([ENTRIES[0]!, { name: "b", content: failing }]);
  await made.next();
  expect(asked).toEqual([]);
  await expect(
    (async () => {
      for await (const _piece of made) {
        // to the end
      }
    })(),
  ).rejects.toThrow("gone");
});
