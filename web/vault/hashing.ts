/**
 * SHA-256 of a stream. WebCrypto's takes whole buffers only, and a cipher in JavaScript takes a second for 100 MB: so a
 * stream's is taken in a worker of its own, beside whatever else is done with the bytes.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { Bytes } from "./bytes";

const WAITING = 8; // pieces that the worker was sent and has not taken: memory stays flat

/** Bytes in order, then the digest in lower-case hexadecimal. Await `update`: it waits where the hash lags behind. */
export interface Hash {
  update(data: Bytes): Promise<void> | void;
  digest(): Promise<string>;
  /** Ends without a digest. */
  drop(): void;
}

export type ToHasher = { piece: Bytes | null };

export function localHash(): Hash {
  const hash = sha256.create();
  return {
    update: (data) => void hash.update(data),
    digest: async () => bytesToHex(hash.digest()),
    drop: () => {},
  };
}

/** A hash in a worker; on this thread where no worker starts. The bytes given are copied. */
export function workerHash(): Hash {
  if (typeof Worker === "undefined") return localHash();
  const worker = new Worker(new URL("./hashing_worker.ts", import.meta.url), { type: "module" });
  const answers: { resolve: (digest: string | null) => void; reject: (error: Error) => void }[] = [];
  worker.addEventListener("message", ({ data }: MessageEvent<string | null>) => answers.shift()?.resolve(data));
  worker.addEventListener("error", () => {
    for (const each of answers.splice(0)) each.reject(new Error("the hash's worker has ended"));
  });
  const send = (piece: Bytes | null): Promise<string | null> => {
    const answered = new Promise<string | null>((resolve, reject) => answers.push({ resolve, reject }));
    answered.catch(() => {}); // told where one of the later ones is awaited
    worker.postMessage({ piece } satisfies ToHasher, piece === null ? [] : [piece.buffer]);
    return answered;
  };
  const sent: Promise<unknown>[] = [];
  return {
    async update(data) {
      sent.push(send(data.slice()));
      if (sent.length > WAITING) await sent.shift();
    },
    async digest() {
      const digest = (await send(null)) ?? "";
      worker.terminate();
      return digest;
    },
    drop: () => worker.terminate(),
  };
}
