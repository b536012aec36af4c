/**
 * age v1 payloads in the browser, with WebCrypto's cipher where there is one and a JavaScript cipher elsewhere.
 *
 *   file    = text header, 16-byte nonce, payload
 *   key     = HKDF-SHA256(file key, salt = nonce, info = "payload")
 *   payload = chunks of at most 64 KiB, each followed by a 16-byte tag
 *   chunk n = ChaCha20-Poly1305 under the nonce [n in 11 bytes, big-endian][1 if final, else 0]
 *
 * Recipients and file keys are left to `age-encryption`: its `Decrypter.decryptHeader` opens, `newFile` below seals.
 * Every byte handed out is authentic, but only a sequence that ends without an error is complete.
 */
import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { Decrypter, Encrypter } from "age-encryption";
import { type Bytes, concat, ordinary, randomBytes, utf8 } from "./bytes";
import { VaultError } from "./errors";
import { pieces } from "./pieces";

const ALGORITHM = "ChaCha20-Poly1305";
const FIRST_LINE = "age-encryption.org/v1\n";
const MAC_LINE = "--- ".length + 43 + 1;
const NONCE = 16;
const IN_FLIGHT = 8; // chunks with the cipher at once: 512 KiB
export const TAG = 16;
export const CHUNK = 64 * 1024;
export const SEALED_CHUNK = CHUNK + TAG;
export const MAX_HEAD = 4096;

export interface Head {
  header: Bytes;
  nonce: Bytes;
  payloadStart: number;
}

export interface PayloadCipher {
  /** Throws "tampered" unless the chunk stands in the file at this place. */
  open(index: number, isFinal: boolean, sealed: Uint8Array): Promise<Bytes>;
  seal(index: number, isFinal: boolean, plain: Uint8Array): Promise<Bytes>;
}

export interface Shape {
  chunks: number;
  plainLength: number;
  /** Bytes of the last sealed chunk. */
  finalLength: number;
}

type Software = (key: Uint8Array, nonce: Uint8Array) => {
  encrypt(data: Uint8Array): Uint8Array;
  decrypt(data: Uint8Array): Uint8Array;
};

/** Does this browser have the cipher? The key format must be "raw-secret"; plain "raw" is refused. */
export const hasNativeCipher: Promise<boolean> = crypto.subtle
  .importKey("raw-secret" as KeyFormat as "raw", new Uint8Array(32), ALGORITHM, false, ["decrypt"])
  .then(
    () => true,
    () => false,
  );

export function chunkNonce(index: number, isFinal: boolean): Bytes {
  const nonce = new Uint8Array(12);
  new DataView(nonce.buffer).setBigUint64(3, BigInt(index)); // the low eight of the eleven counter bytes
  nonce[11] = isFinal ? 1 : 0;
  return nonce;
}

/** `native`: whether to use the browser's cipher; `software` stands in where not. */
export async function payloadCipher(
  fileKey: Uint8Array,
  nonce: Uint8Array,
  native: boolean | Promise<boolean> = hasNativeCipher,
  software: Software = chacha20poly1305,
): Promise<PayloadCipher> {
  const secret = await crypto.subtle.importKey("raw", ordinary(fileKey), "HKDF", false, ["deriveKey", "deriveBits"]);
  const hkdf = { name: "HKDF", hash: "SHA-256", salt: ordinary(nonce), info: utf8("payload") };
  let run: (operation: "encrypt" | "decrypt", iv: Bytes, data: Uint8Array) => Promise<Bytes>;
  if (await native) {
    const cipher = { name: ALGORITHM } as unknown as AesDerivedKeyParams;
    const key = await crypto.subtle.deriveKey(hkdf, secret, cipher, false, ["encrypt", "decrypt"]);
    run = async (operation, iv, data) =>
      new Uint8Array(await crypto.subtle[operation]({ name: ALGORITHM, iv }, key, ordinary(data)));
  } else {
    const key = new Uint8Array(await crypto.subtle.deriveBits(hkdf, secret, 256));
    run = async (operation, iv, data) => ordinary(software(key, iv)[operation](data));
  }
  return {
    open: (index, isFinal, sealed) =>
      run("decrypt", chunkNonce(index, isFinal), sealed).catch(() => {
        throw new VaultError("tampered", `chunk ${index} is not authentic`);
      }),
    seal: (index, isFinal, plain) => run("encrypt", chunkNonce(index, isFinal), plain),
  };
}

/** Header, nonce and payload offset from the first bytes of a file; null while these do not hold all of it. */
export function splitHeader(data: Uint8Array): Head | null {
  const text = new TextDecoder("latin1").decode(data.subarray(0, MAX_HEAD));
  if (text.slice(0, FIRST_LINE.length) !== FIRST_LINE.slice(0, text.length)) {
    throw new VaultError("malformed", "not an age file");
  }
  const mac = text.indexOf("\n--- ") + 1;
  const end = mac + MAC_LINE;
  if (mac === 0 || data.length < end + NONCE) {
    if (data.length >= MAX_HEAD) throw new VaultError("malformed", "no age header in the first 4,096 bytes");
    return null;
  }
  if (text[end - 1] !== "\n") throw new VaultError("malformed", "the age header's last line");
  return {
    header: new Uint8Array(data.subarray(0, end)),
    nonce: new Uint8Array(data.subarray(end, end + NONCE)),
    payloadStart: end + NONCE,
  };
}

/** What follows from a payload's size. A final chunk without plaintext is legal only if it is the sole chunk. */
export function payloadShape(sealedLength: number): Shape {
  const chunks = Math.max(1, Math.ceil(sealedLength / SEALED_CHUNK));
  const finalLength = sealedLength - (chunks - 1) * SEALED_CHUNK;
  if (finalLength < TAG || (finalLength === TAG && chunks > 1)) {
    throw new VaultError("tampered", "not the size of an age payload");
  }
  return { chunks, plainLength: sealedLength - chunks * TAG, finalLength };
}

/** Bytes of the sealed file that holds this much plaintext. */
export function sealedSize(plainSize: number, payloadStart: number): number {
  return payloadStart + plainSize + Math.max(1, Math.ceil(plainSize / CHUNK)) * TAG;
}

/** The cipher of a file's payload. Throws "wrong_key" unless an identity of `decrypter` opens the header. */
export async function openHead(
  head: Head,
  decrypter: Decrypter,
  native: boolean | Promise<boolean> = hasNativeCipher,
): Promise<PayloadCipher> {
  let fileKey: Uint8Array;
  try {
    fileKey = await decrypter.decryptHeader(head.header);
  } catch (error) {
    const said = error instanceof Error ? error.message : "";
    if (said.startsWith("no identity matched")) throw new VaultError("wrong_key", "no stanza fits this identity");
    throw new VaultError(said === "invalid header HMAC" ? "tampered" : "malformed", "age header");
  }
  return payloadCipher(fileKey, head.nonce, native);
}

/** A decrypter that tries one identity (`AGE-SECRET-KEY-1…`). */
export function decrypterOf(secret: string): Decrypter {
  const decrypter = new Decrypter();
  try {
    decrypter.addIdentity(secret);
  } catch {
    throw new VaultError("malformed", "not an age identity");
  }
  return decrypter;
}

/** The plaintext of a whole age file in memory. */
export async function openFile(sealed: Uint8Array, decrypter: Decrypter): Promise<Bytes> {
  const head = splitHeader(sealed);
  if (head === null) throw new VaultError("malformed", "cut short in its header");
  const shape = payloadShape(sealed.length - head.payloadStart);
  const cipher = await openHead(head, decrypter);
  const plain: Bytes[] = [];
  for (let index = 0; index < shape.chunks; index += 1) {
    const at = head.payloadStart + index * SEALED_CHUNK;
    plain.push(await cipher.open(index, index === shape.chunks - 1, sealed.subarray(at, at + SEALED_CHUNK)));
  }
  return concat(...plain);
}

/** Decrypt a stream of just the chunks `first` to `last`. Before serving ranges, open the final chunk once. */
export async function* openChunks(
  cipher: PayloadCipher,
  stream: ReadableStream<Bytes>,
  { chunks, finalLength }: Shape,
  first = 0,
  last = chunks - 1,
): AsyncGenerator<Bytes, void, undefined> {
  let index = first;
  yield* pipelined(pieces(stream, SEALED_CHUNK), async (sealed) => {
    const at = index++;
    const isFinal = at === chunks - 1;
    if (at > last) throw new VaultError("tampered", "the payload is longer than announced");
    if (sealed.length !== (isFinal ? finalLength : SEALED_CHUNK)) {
      throw new VaultError("tampered", "the payload is cut short");
    }
    return cipher.open(at, isFinal, sealed);
  });
  if (index <= last) throw new VaultError("tampered", "the payload is cut short");
}

/**
 * Encrypt a Blob or File. `seen` is shown each piece of plaintext, in order, and must not keep it.
 * Repeat a failed upload from the sealed bytes: a changed file would reuse the nonces.
 */
export async function* sealChunks(
  cipher: PayloadCipher,
  blob: Blob,
  seen: (plain: Uint8Array) => void = () => {},
): AsyncGenerator<Bytes, void, undefined> {
  if (blob.size === 0) return yield cipher.seal(0, true, new Uint8Array(0));
  const chunks = Math.ceil(blob.size / CHUNK);
  let index = 0;
  let size = 0;
  yield* pipelined(pieces(blob.stream(), CHUNK), (plain) => {
    seen(plain);
    size += plain.length;
    const isFinal = index === chunks - 1;
    return cipher.seal(index++, isFinal, plain);
  });
  if (size !== blob.size) throw new VaultError("changed", "the file changed while it was read");
}

/** Start a file for one recipient: header with nonce, and cipher. */
export async function newFile(recipient: string): Promise<{ head: Bytes; cipher: PayloadCipher }> {
  let fileKey: Uint8Array = new Uint8Array(0);
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  // A recipient that adds no stanza is how the file key is learnt.
  encrypter.addRecipient({ wrapFileKey: (key) => ((fileKey = key.slice()), []) });
  const empty = splitHeader(await encrypter.encrypt(new Uint8Array(0)));
  if (empty === null) throw new VaultError("malformed", "no header was made");
  const nonce = randomBytes(NONCE); // the empty payload has used up its own
  return { head: concat(empty.header, nonce), cipher: await payloadCipher(fileKey, nonce) };
}

/**
 * Results in order, each as soon as it is there, at most IN_FLIGHT pending; `work` must take its copy of the item before
 * it returns. Where the items fail, what was made of the ones before is handed out first.
 */
async function* pipelined<T, R>(
  items: AsyncIterable<T>,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R, void, undefined> {
  const source = items[Symbol.asyncIterator]();
  const pending: Promise<R>[] = [];
  let reading: Promise<{ read: IteratorResult<T> } | { failed: unknown }> | null = null;
  let failure: { failed: unknown } | null = null;
  let ended = false;
  try {
    while (!ended || pending.length > 0) {
      if (!ended && pending.length < IN_FLIGHT) {
        reading ??= source.next().then(
          (read) => ({ read }),
          (failed: unknown) => ({ failed }),
        );
      }
      const [oldest] = pending;
      // Only promises that settle soon: what is raced with one that never does is held for good.
      const ready = oldest?.then(done, done);
      const first = await (reading && ready ? Promise.race([reading, ready]) : (reading ?? ready ?? null));
      if (first === null) {
        pending.shift();
        yield await (oldest as Promise<R>);
        continue;
      }
      reading = null;
      if ("failed" in first) [failure, ended] = [first, true];
      else if (first.read.done) ended = true;
      else {
        const result = work(first.read.value);
        result.catch(() => {}); // reported when awaited; not twice, and not at all if the consumer has left
        pending.push(result);
      }
    }
  } finally {
    void source.return?.(undefined)?.then(undefined, () => {});
  }
  if (failure) throw failure.failed;
}

const done = (): null => null;
