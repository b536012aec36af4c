import { describe, expect, test } from "vitest";
import vector from "../../tests/vectors/payloads.json";
import {
  CHUNK,
  SEALED_CHUNK,
  decrypterOf,
  newFile,
  openChunks,
  openFile,
  openHead,
  payloadShape,
  sealedSize,
  splitHeader,
} from "./age_webcrypto";
import { type Bytes, concat, sha256Hex, utf8 } from "./bytes";
import { generateIdentity } from "./identity";
import { type PayloadCase, built, collected, plaintext } from "./testing";

const cases = vector.cases as PayloadCase[];

/** Open as a player does: header, then a stream of chunks. */
async function streamed(file: Bytes, stream: (payload: Bytes) => ReadableStream<Bytes>): Promise<Bytes> {
  const head = splitHeader(file)!;
  const payload = file.slice(head.payloadStart);
  const shape = payloadShape(payload.length);
  const cipher = await openHead(head, decrypterOf(vector.identity));
  const parts: Bytes[] = [];
  for await (const part of openChunks(cipher, stream(payload), shape)) parts.push(part);
  return concat(...parts);
}

/** A stream that lends no buffers, and hands out pieces of a size that fits nothing. */
function uneven(payload: Bytes): ReadableStream<Bytes> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at >= payload.length) return controller.close();
      controller.enqueue(payload.slice(at, at + 7001));
      at += 7001;
    },
  });
}

const STREAMS: [string, (payload: Bytes) => ReadableStream<Bytes>][] = [
  ["a byte stream", (payload) => new Blob([payload]).stream() as ReadableStream<Bytes>],
  ["an uneven stream", uneven],
];

describe.each(cases)("$name", (made) => {
  const file = built(vector, made);

  test("is built as Python built it", () => expect(sha256Hex(file)).toBe(made.sha256));

  test.each(STREAMS)(made.accepted ? "opens from %s" : "is refused from %s", async (_, stream) => {
    if (made.accepted) expect(sha256Hex(await streamed(file, stream))).toBe(made.plain_sha256);
    else await expect(streamed(file, stream)).rejects.toMatchObject({ code: "tampered" });
  });

  test("in memory likewise", async () => {
    const opened = openFile(file, decrypterOf(vector.identity));
    if (made.accepted) expect(sha256Hex(await opened)).toBe(made.plain_sha256);
    else await expect(opened).rejects.toMatchObject({ code: "tampered" });
  });
});

describe("heads", () => {
  test("are found as soon as all of it is there", async () => {
    const { head } = await newFile((await generateIdentity()).recipient);
    for (let size = 0; size < head.length; size += 1) expect(splitHeader(head.subarray(0, size))).toBeNull();
    expect(splitHeader(concat(head, new Uint8Array(9)))?.payloadStart).toBe(head.length);
  });

  test.each([["ftypmp42"], ["age-encryption.org/v2\n"], [`age-encryption.org/v1\n${"a".repeat(4096)}`]])(
    "are not found in %.30j",
    (text) => expect(() => splitHeader(utf8(text))).toThrow("malformed"),
  );

  test("open for their own identity only", async () => {
    const { head } = await newFile((await generateIdentity()).recipient);
    const other = decrypterOf((await generateIdentity()).secret);
    await expect(openHead(splitHeader(head)!, other)).rejects.toMatchObject({ code: "wrong_key" });
  });
});

test("sizes follow from each other", () => {
  for (const size of [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 10 * CHUNK + 5]) {
    expect(payloadShape(sealedSize(size, 200) - 200).plainLength).toBe(size);
  }
  for (const size of [0, 15, SEALED_CHUNK + 16, SEALED_CHUNK + 3]) expect(() => payloadShape(size)).toThrow("tampered");
});

test("a range is opened without what stands before it", async () => {
  const made = cases.find(({ name }) => name === "131172 bytes")!;
  const file = built(vector, made);
  const head = splitHeader(file)!;
  const cipher = await openHead(head, decrypterOf(vector.identity));
  const shape = payloadShape(file.length - head.payloadStart);
  const second = uneven(file.slice(head.payloadStart + SEALED_CHUNK, head.payloadStart + 2 * SEALED_CHUNK));
  const parts: Bytes[] = [];
  for await (const part of openChunks(cipher, second, shape, 1, 1)) parts.push(part);
  expect(sha256Hex(concat(...parts))).toBe(sha256Hex(plaintext(2 * CHUNK).subarray(CHUNK)));
  const misplaced = openChunks(cipher, uneven(file.slice(head.payloadStart)), shape, 1, 1);
  await expect(misplaced.next()).rejects.toMatchObject({ code: "tampered" });
});

test("nothing is left over of a stream that was collected", async () => {
  expect(sha256Hex(concat(...(await collected(uneven(plaintext(20_000))))))).toBe(sha256Hex(plaintext(20_000)));
});
