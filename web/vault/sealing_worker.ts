/** A dedicated worker that reads, hashes and seals one file, a piece each time the page asks: the page stays awake. */
import { type Bytes, concat } from "./bytes";
import { codeOf } from "./errors";
import { workerHash } from "./hashing";
import { sealFile } from "./sealing";
import type { FromSealer, ToSealer } from "./sealing_aside";

const PIECE = 1024 * 1024;
const scope = self as unknown as DedicatedWorkerGlobalScope;
let reader: ReadableStreamDefaultReader<Bytes> | undefined;
let finished: Promise<unknown> = Promise.resolve();

scope.addEventListener("message", ({ data }: MessageEvent<ToSealer>) => {
  void answer(data).then(
    (told) => scope.postMessage(told, "piece" in told ? [told.piece.buffer] : []),
    (error: unknown) => {
      const detail = error instanceof Error ? error.message : "";
      scope.postMessage({ failed: codeOf(error, "changed"), detail } satisfies FromSealer);
    },
  );
});

scope.postMessage("ready");

async function answer(asked: ToSealer): Promise<FromSealer> {
  if ("file" in asked) {
    const sealing = await sealFile(asked.file, asked.recipient, workerHash());
    reader = sealing.stream.getReader();
    finished = sealing.finished;
    return { head: sealing.head, size: sealing.size };
  }
  const held: Bytes[] = [];
  for (let length = 0; reader && length < PIECE; ) {
    const next = await reader.read();
    if (next.done) break;
    held.push(next.value);
    length += next.value.length;
  }
  if (held.length > 0) return { piece: concat(...held) };
  return { finished: (await finished) as Extract<FromSealer, { finished: unknown }>["finished"] };
}
