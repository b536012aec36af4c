import type { Bytes } from "./bytes";

/** Chromium 156 drops a BYOB reader of a Blob stream in mid-read if nothing else holds it; the read then never ends. */
const readers = new Set<unknown>();

/** Cut a byte stream into pieces of `size`, the last may be shorter. All share one buffer: use each before the next. */
export async function* pieces(stream: ReadableStream<Bytes>, size: number): AsyncGenerator<Bytes, void, undefined> {
  let reader: ReadableStreamBYOBReader;
  try {
    reader = stream.getReader({ mode: "byob" });
  } catch {
    return yield* copied(stream, size); // Safari's Blob and fetch streams lend no buffers
  }
  readers.add(reader);
  try {
    let buffer = new ArrayBuffer(size);
    for (let ended = false; !ended; ) {
      let used = 0;
      while (used < size && !ended) {
        const { value, done } = await reader.read(new Uint8Array(buffer, used), { min: size - used });
        if (value) ({ buffer } = value);
        used += value?.length ?? 0;
        ended = done;
      }
      if (used > 0) yield new Uint8Array(buffer, 0, used);
    }
  } finally {
    readers.delete(reader);
    reader.cancel().catch(() => {});
  }
}

/** The same from streams that hand out buffers of their own sizes. */
async function* copied(stream: ReadableStream<Bytes>, size: number): AsyncGenerator<Bytes, void, undefined> {
  const reader = stream.getReader();
  const piece = new Uint8Array(size);
  let used = 0;
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      for (let at = 0; at < next.value.length; ) {
        const part = next.value.subarray(at, at + size - used);
        piece.set(part, used);
        used += part.length;
        at += part.length;
        if (used < size) continue;
        yield piece;
        used = 0;
      }
    }
    if (used > 0) yield piece.subarray(0, used);
  } finally {
    reader.cancel().catch(() => {});
  }
}
