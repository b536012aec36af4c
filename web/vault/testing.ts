/** What the vault's tests and its vectors share. */
import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { hexToBytes } from "@noble/hashes/utils.js";
import { hkdf } from "@noble/hashes/hkdf.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { chunkNonce } from "./age_webcrypto";
import { type Bytes, concat, ordinary, utf8 } from "./bytes";

/** The plaintext of the vectors: byte i is (31 i + i // 256) mod 256. */
export function plaintext(size: number): Bytes {
  return Uint8Array.from({ length: size }, (_, place) => (31 * place + Math.floor(place / 256)) % 256);
}

export async function collected(stream: ReadableStream<Bytes>): Promise<Bytes[]> {
  const parts: Bytes[] = [];
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) parts.push(next.value.slice());
  return parts;
}

export interface PayloadVector {
  identity: string;
  header: string;
  nonce: string;
  file_key: string;
}

export interface PayloadCase {
  name: string;
  accepted: boolean;
  chunks: { counter: number; final: boolean; start: number; end: number }[];
  cut?: number;
  append?: string;
  flip?: number;
  flip_head?: number;
  sha256: string;
  plain_sha256?: string;
}

/** The file that a case of `payloads.json` describes. */
export function built(vector: PayloadVector, made: PayloadCase): Bytes {
  const nonce = hexToBytes(vector.nonce);
  const key = hkdf(sha256, hexToBytes(vector.file_key), nonce, utf8("payload"), 32);
  const head = concat(utf8(vector.header), nonce);
  const plain = plaintext(Math.max(0, ...made.chunks.map((chunk) => chunk.end)));
  const payload = concat(
    ...made.chunks.map(({ counter, final, start, end }) =>
      ordinary(chacha20poly1305(key, chunkNonce(counter, final)).encrypt(plain.subarray(start, end))),
    ),
    hexToBytes(made.append ?? ""),
  );
  if (made.flip !== undefined) payload[made.flip] = (payload[made.flip] ?? 0) ^ 1;
  if (made.flip_head !== undefined) head[made.flip_head] = (head[made.flip_head] ?? 0) ^ 1;
  return concat(head, payload.subarray(0, payload.length - (made.cut ?? 0)));
}
