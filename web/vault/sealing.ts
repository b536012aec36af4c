/** Sealing a file that may be larger than memory, while it is sent. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { newFile, sealChunks, sealedSize } from "./age_webcrypto";
import type { Bytes } from "./bytes";
import { VaultError } from "./errors";
import { type Hash, localHash } from "./hashing";
import type { SealedFile } from "./manifest";

export interface Sealing {
  /** Header and nonce: what a player needs before the first chunk. Also the first bytes of `stream`. */
  head: Bytes;
  /** Bytes of the whole sealed file, known before the first is read. */
  size: number;
  /** The sealed file from its first byte. Reads on only as it is read from; never holds more than some chunks. */
  stream: ReadableStream<Bytes>;
  /** Settles when `stream` has been read to its end, or failed; "aborted" if it was cancelled. */
  finished: Promise<SealedFile>;
}

/**
 * Seal a file to one recipient (`age1…`). The file is read once; a changed file ends in "changed".
 * `sealed` takes the hash of what comes out.
 */
export async function sealFile(file: Blob, recipient: string, sealed: Hash = localHash()): Promise<Sealing> {
  const { head, cipher } = await newFile(recipient);
  const size = sealedSize(file.size, head.length);
  const plain = sha256.create();
  const chunks = sealChunks(cipher, file, (piece) => plain.update(piece));
  const { promise: finished, resolve, reject } = promised<SealedFile>();
  let headGiven = false;
  let given = 0;
  const give = async (controller: ReadableStreamDefaultController<Bytes>, data: Bytes): Promise<void> => {
    await sealed.update(data);
    given += data.length;
    controller.enqueue(data);
  };
  const stream = new ReadableStream<Bytes>(
    {
      async pull(controller) {
        try {
          if (!headGiven) {
            headGiven = true;
            return await give(controller, head.slice());
          }
          const { value, done } = await chunks.next();
          if (!done) return await give(controller, value);
          if (given !== size) throw new VaultError("changed", "the file changed while it was read");
          const sealedSha256 = await sealed.digest();
          controller.close();
          resolve({
            plain_sha256: bytesToHex(plain.digest()),
            plain_size: file.size,
            sealed_sha256: sealedSha256,
            sealed_size: size,
          });
        } catch (error) {
          const failure = unreadable(error);
          sealed.drop();
          reject(failure);
          controller.error(failure);
        }
      },
      cancel() {
        sealed.drop();
        reject(new VaultError("aborted"));
        void chunks.return().catch(() => {});
      },
    },
    { highWaterMark: 0 },
  );
  finished.catch(() => {}); // whoever reads the stream hears of it too
  return { head, size, stream, finished };
}

/** A browser says NotReadableError or NotFoundError when a file on disk was changed or taken away. */
function unreadable(error: unknown): Error {
  if (error instanceof DOMException) return new VaultError("changed", error.name);
  return error instanceof Error ? error : new VaultError("changed");
}

export function promised<T>(): { promise: Promise<T>; resolve: (value: T) => void; reject: (reason: Error) => void } {
  let resolve: (value: T) => void = () => {};
  let reject: (reason: Error) => void = () => {};
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
