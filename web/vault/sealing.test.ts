import { describe, expect, test } from "vitest";
import { CHUNK, decrypterOf, openFile } from "./age_webcrypto";
import { type Bytes, concat, sha256Hex } from "./bytes";
import { generateIdentity } from "./identity";
import { sealFile } from "./sealing";
import { collected, plaintext } from "./testing";

/** A file that has lost or won bytes since its size was taken. */
class Changed extends Blob {
  constructor(
    parts: BlobPart[],
    readonly now: Blob,
  ) {
    super(parts);
  }

  override stream(): ReturnType<Blob["stream"]> {
    return this.now.stream();
  }
}

describe("sealing a file", () => {
  test.each([0, 1, CHUNK, CHUNK + 1, 5 * CHUNK + 7])("of %i bytes", async (size) => {
    const clip = await generateIdentity();
    const { head, size: announced, stream, finished } = await sealFile(new Blob([plaintext(size)]), clip.recipient);
    const sealed = concat(...(await collected(stream)));
    expect(sealed.length).toBe(announced);
    expect(sealed.subarray(0, head.length)).toEqual(head);
    expect(sha256Hex(await openFile(sealed, decrypterOf(clip.secret)))).toBe(sha256Hex(plaintext(size)));
    expect(await finished).toEqual({
      plain_sha256: sha256Hex(plaintext(size)),
      plain_size: size,
      sealed_sha256: sha256Hex(sealed),
      sealed_size: announced,
    });
  });

  test.each([
    ["shorter", 100],
    ["shorter by chunks", 3],
    ["longer", 4 * CHUNK],
    ["a little longer", 2 * CHUNK + 501],
  ])("that became %s fails", async (_, size) => {
    const clip = await generateIdentity();
    const file = new Changed([plaintext(2 * CHUNK + 500)], new Blob([plaintext(size)]));
    const { stream, finished } = await sealFile(file, clip.recipient);
    await expect(collected(stream)).rejects.toMatchObject({ code: "changed" });
    await expect(finished).rejects.toMatchObject({ code: "changed" });
  });

  test("that cannot be read any more fails", async () => {
    const gone = new ReadableStream<Bytes>({ pull: () => Promise.reject(new DOMException("gone", "NotReadableError")) });
    const file = Object.assign(new Blob([plaintext(10)]), { stream: () => gone });
    const { stream, finished } = await sealFile(file, (await generateIdentity()).recipient);
    await expect(collected(stream)).rejects.toMatchObject({ code: "changed" });
    await expect(finished).rejects.toMatchObject({ code: "changed" });
  });

  test("reads no further than it is read from", async () => {
    let read = 0;
    const endless = new ReadableStream<Bytes>({
      pull(controller) {
        read += CHUNK;
        controller.enqueue(new Uint8Array(CHUNK));
      },
    });
    const file = Object.defineProperties(new Blob([]), {
      size: { value: 2_000_000_000 },
      stream: { value: () => endless },
    });
    const { stream, finished } = await sealFile(file, (await generateIdentity()).recipient);
    const reader = stream.getReader();
    for (let part = 0; part < 20; part += 1) await reader.read();
    expect(read).toBeLessThan(40 * CHUNK);
    await reader.cancel();
    await expect(finished).rejects.toMatchObject({ code: "aborted" });
  });

  test("to nobody is refused", async () => {
    await expect(sealFile(new Blob([]), "age1nobody")).rejects.toThrow();
  });
});
