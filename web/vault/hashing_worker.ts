/** A dedicated worker that takes the SHA-256 of what it is sent, so that neither page nor cipher waits for it. */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import type { ToHasher } from "./hashing";

const scope = self as unknown as DedicatedWorkerGlobalScope;
const hash = sha256.create();

scope.addEventListener("message", ({ data }: MessageEvent<ToHasher>) => {
  if (data.piece === null) return scope.postMessage(bytesToHex(hash.digest()));
  hash.update(data.piece);
  scope.postMessage(null); // taken: the next may come
});
