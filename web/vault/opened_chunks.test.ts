import { expect, test } from "vitest";
import type { Bytes } from "./bytes";
import { VaultError } from "./errors";
import { type ChunkReader, OpenedChunks, type Part } from "./opened_chunks";

interface Asked extends Part {
  signal: AbortSignal;
  /** Let so many chunks through. */
  give: (count: number) => void;
  fail: (error: Error) => void;
}

/** A file whose chunk n holds n alone, on a line that gives what it is told to; at once where `open`. */
function opened(open = true): { chunks: OpenedChunks; asked: Asked[] } {
  const asked: Asked[] = [];
  const chunks = new OpenedChunks((part, signal) => {
    let allowed = open ? Infinity : 0;
    let failure: Error | null = null;
    let wake = (): void => {};
    signal.addEventListener("abort", () => wake());
    asked.push({
      ...part,
      signal,
      give: (count) => ((allowed += count), wake()),
      fail: (error) => ((failure = error), wake()),
    });
    return (async function* () {
      for (let index = part.first; index <= part.last; index += 1, allowed -= 1) {
        while (allowed === 0 && failure === null && !signal.aborted) await new Promise<void>((resolve) => (wake = resolve));
        if (failure !== null) throw failure;
        if (signal.aborted) throw new VaultError("offline", "called off");
        yield Uint8Array.of(index);
      }
    })();
  });
  return { chunks, asked };
}

async function numbers(reader: ChunkReader, count = Infinity): Promise<number[]> {
  const found: number[] = [];
  while (found.length < count) {
    const chunk: Bytes | null = await reader.next();
    if (chunk === null) break;
    found.push(chunk[0] as number);
  }
  return found;
}

const spans = (asked: Asked[]): [number, number][] => asked.map(({ first, last }) => [first, last]);
const upTo = (first: number, last: number): number[] => Array.from({ length: last - first + 1 }, (_, n) => first + n);

test("parts grow, and end where the span ends", async () => {
  const { chunks, asked } = opened();
  expect(await numbers(chunks.reader(3, 100))).toEqual(upTo(3, 100));
  expect(spans(asked)).toEqual([[3, 18], [19, 50], [51, 82], [83, 100]]);
});

test("what was asked for ahead is not asked for again, and the rest is at once", async () => {
  const { chunks, asked } = opened();
  chunks.ahead();
  expect(spans(asked)).toEqual([[0, 0]]);
  const reader = chunks.reader(0, 200);
  expect(await numbers(reader, 1)).toEqual([0]);
  expect(spans(asked)).toEqual([[0, 0], [1, 16]]);
});

test("no more is asked for than what is looked at, and one part ahead", async () => {
  const { chunks, asked } = opened();
  const reader = chunks.reader(0, 200);
  await numbers(reader, 1);
  expect(asked).toHaveLength(1);
  await numbers(reader, 9);
  expect(asked).toHaveLength(2);
});

test("what is there is not asked for again, and what is on its way neither", async () => {
  const { chunks, asked } = opened(false);
  const first = chunks.reader(0, 200);
  const begun = numbers(first, 2);
  asked[0]?.give(2);
  expect(await begun).toEqual([0, 1]);
  first.leave();
  const again = numbers(chunks.reader(1, 200), 3);
  asked[0]?.give(2);
  expect(await again).toEqual([1, 2, 3]);
  expect(spans(asked)).toEqual([[0, 15]]);
});

test("a new part ends where a kept one begins", async () => {
  const { chunks, asked } = opened();
  await numbers(chunks.reader(10, 12));
  expect(await numbers(chunks.reader(5, 14))).toEqual(upTo(5, 14));
  expect(spans(asked)).toEqual([[10, 12], [5, 9], [13, 14]]);
});

test("a large part that nobody waits for any more is broken off; what came of it is kept", async () => {
  const { chunks, asked } = opened(false);
  const reader = chunks.reader(0, 200);
  const begun = numbers(reader, 18);
  asked[0]?.give(16);
  await expect.poll(() => asked.length).toBe(2);
  asked[1]?.give(3);
  await begun;
  reader.leave();
  expect(asked[1]?.signal.aborted).toBe(true);
  expect(asked[0]?.signal.aborted).toBe(false);
  const again = chunks.reader(16, 40);
  expect(await numbers(again, 2)).toEqual([16, 17]);
  void again.next();
  void again.next();
  expect(spans(asked).at(-1)).toEqual([19, 34]);
});

test("a part that failed is told to who waits for it, and asked for again by the next", async () => {
  const { chunks, asked } = opened(false);
  const reader = chunks.reader(0, 10);
  const begun = numbers(reader, 1);
  asked[0]?.give(1);
  expect(await begun).toEqual([0]);
  const waiting = numbers(reader, 1);
  asked[0]?.fail(new VaultError("tampered", "chunk 1"));
  await expect(waiting).rejects.toMatchObject({ code: "tampered" });
  void chunks.reader(1, 10).next();
  expect(spans(asked)).toEqual([[0, 10], [1, 10]]);
});

test("six mebibytes are kept, and what is read is never dropped", async () => {
  const { chunks, asked } = opened();
  await numbers(chunks.reader(0, 15));
  const held = chunks.reader(500, 510);
  await numbers(held, 1);
  await numbers(chunks.reader(100, 300));
  const before = asked.length;
  await numbers(held);
  await numbers(chunks.reader(300, 300));
  expect(asked).toHaveLength(before);
  await numbers(chunks.reader(0, 0));
  expect(asked).toHaveLength(before + 1);
});
