import { describe, expect, test } from "vitest";
import { CHUNK, decrypterOf, openHead, payloadShape, splitHeader } from "./age_webcrypto";
import { type Bytes, concat, sha256Hex } from "./bytes";
import { generateIdentity } from "./identity";
import { type Stored, readPart } from "./reading";
import { sealFile } from "./sealing";
import { collected, plaintext } from "./testing";

const CHUNKS = 60;
const plain = plaintext(CHUNKS * CHUNK - 99);

/** A server of one sealed file. `troubles` are taken up one for each request, and break its body off after so many bytes. */
async function stored(troubles: (number | null)[] = []): Promise<{ file: Stored; asked: string[]; read: Reading }> {
  const identity = await generateIdentity();
  const { head, size, stream } = await sealFile(new Blob([plain]), identity.recipient);
  const bytes = concat(...(await collected(stream)));
  const opened = splitHeader(head);
  if (opened === null) throw new Error("no head");
  const file = { url: "/sealed", size, payloadStart: opened.payloadStart, shape: payloadShape(size - opened.payloadStart) };
  const cipher = await openHead(opened, decrypterOf(identity.secret));
  const asked: string[] = [];
  const fetch = (async (_url: string, init: RequestInit) => {
    const range = new Headers(init.headers).get("Range") ?? "";
    asked.push(range);
    const [, from, to] = /bytes=(\d+)-(\d+)/.exec(range) ?? [];
    const body = bytes.slice(Number(from), Number(to) + 1);
    const breaks = troubles.shift() ?? null;
    return new Response(broken(body, breaks), { status: 206, headers: { "Content-Range": `bytes ${from}-${to}/${size}` } });
  }) as unknown as typeof globalThis.fetch;
  const read: Reading = (first, last, signal = new AbortController().signal) =>
    readPart(fetch, file, cipher, { first, last }, signal);
  return { file, asked, read };
}

type Reading = (first: number, last: number, signal?: AbortSignal) => AsyncGenerator<Bytes, void, undefined>;

function broken(body: Bytes, after: number | null): ReadableStream<Bytes> {
  let at = 0;
  const end = Math.min(after ?? body.length, body.length);
  return new ReadableStream({
    pull(controller) {
      if (at < end) controller.enqueue(body.slice(at, (at = Math.min(at + 50_001, end))));
      else if (after === null) controller.close();
      else controller.error(new TypeError("network"));
    },
  });
}

describe("reading", () => {
  test("hands out the span, in order", async () => {
    const { read, asked } = await stored();
    const chunks: Bytes[] = [];
    for await (const chunk of read(5, CHUNKS - 1)) chunks.push(chunk);
    expect(sha256Hex(concat(...chunks))).toBe(sha256Hex(plain.subarray(5 * CHUNK)));
    expect(asked).toHaveLength(1);
  });

  test("goes on where the line broke", async () => {
    const { read, asked, file } = await stored([500_000, 0]);
    const chunks: Bytes[] = [];
    for await (const chunk of read(0, 15)) chunks.push(chunk);
    expect(sha256Hex(concat(...chunks))).toBe(sha256Hex(plain.subarray(0, 16 * CHUNK)));
    const third = Number(/\d+/.exec(asked[2] ?? "")?.[0]) - file.payloadStart;
    expect(third).toBeGreaterThan(0);
    expect(third % (CHUNK + 16)).toBe(0);
  });

  test("that is called off is not asked for again", async () => {
    const { read, asked } = await stored([200_000]);
    const off = new AbortController();
    const chunks = read(0, 15, off.signal);
    await chunks.next();
    off.abort();
    await expect((async () => { for await (const _chunk of chunks); })()).rejects.toMatchObject({ code: "offline" });
    expect(asked).toHaveLength(1);
  });
});
