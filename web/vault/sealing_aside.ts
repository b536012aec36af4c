/** Sealing in a worker of its own: the page neither reads nor hashes nor encrypts, and stays answering. */
import type { Bytes } from "./bytes";
import { type Code, VaultError } from "./errors";
import type { SealedFile } from "./manifest";
import { type Sealing, promised, sealFile } from "./sealing";

export type ToSealer = { file: Blob; recipient: string } | { ask: "next" };
export type FromSealer =
  | { head: Bytes; size: number }
  | { piece: Bytes }
  | { finished: SealedFile }
  | { failed: Code; detail: string };

/** `sealFile`, beside the page's own thread; on it where the browser starts no such worker. */
export async function sealAside(file: Blob, recipient: string): Promise<Sealing> {
  const worker = await started();
  if (worker === null) return sealFile(file, recipient);
  const ask = (asked: ToSealer): Promise<FromSealer> =>
    new Promise((resolve, reject) => {
      worker.onmessage = ({ data }: MessageEvent<FromSealer>) =>
        "failed" in data ? reject(new VaultError(data.failed, data.detail)) : resolve(data);
      worker.onerror = () => reject(new VaultError("changed", "the sealing worker has ended"));
      worker.postMessage(asked);
    });
  const begun = await ask({ file, recipient });
  if (!("head" in begun)) throw new VaultError("malformed", "the sealing worker did not begin");
  const { promise: finished, resolve, reject } = promised<SealedFile>();
  finished.catch(() => {}); // whoever reads the stream hears of it too
  const stream = new ReadableStream<Bytes>(
    {
      async pull(controller) {
        try {
          const told = await ask({ ask: "next" });
          if ("piece" in told) return controller.enqueue(told.piece);
          if (!("finished" in told)) throw new VaultError("malformed", "the sealing worker lost its place");
          controller.close();
          worker.terminate();
          resolve(told.finished);
        } catch (error) {
          worker.terminate();
          reject(error as Error);
          controller.error(error);
        }
      },
      cancel() {
        worker.terminate();
        reject(new VaultError("aborted"));
      },
    },
    { highWaterMark: 0 },
  );
  return { head: begun.head, size: begun.size, stream, finished };
}

/** The worker once it runs; null where none starts. */
async function started(): Promise<Worker | null> {
  if (typeof Worker === "undefined") return null;
  const worker = new Worker(new URL("./sealing_worker.ts", import.meta.url), { type: "module" });
  return new Promise((resolve) => {
    worker.onmessage = () => resolve(worker);
    worker.onerror = () => (worker.terminate(), resolve(null));
  });
}
