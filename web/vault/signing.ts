/** Ed25519 signatures by keys that are made for one clip or one share, so that signatures link nothing. */
import { ed25519 } from "@noble/curves/ed25519.js";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { concat, utf8 } from "./bytes";
import { VaultError } from "./errors";
import { hexadecimal } from "./fields";

/** A signature with the key it was made by, both in lower-case hexadecimal. */
export interface Signature {
  key: string;
  signature: string;
}

export interface SigningKey {
  readonly public: string;
  /** Sign `body` as a document of the kind `context`, so that it passes for no other kind. */
  sign(context: string, body: Uint8Array): Signature;
}

/** A key that is used and forgotten; with `seed` (32 bytes) a known one, for tests. */
export function signingKey(seed: Uint8Array = ed25519.utils.randomSecretKey()): SigningKey {
  const key = bytesToHex(ed25519.getPublicKey(seed));
  return {
    public: key,
    sign: (context, body) => ({ key, signature: bytesToHex(ed25519.sign(signedBytes(context, body), seed)) }),
  };
}

/** Throws "bad_signature" unless `signature` is by its key over `body` as a `context`. */
export function verify(signature: Signature, context: string, body: Uint8Array): void {
  const key = hexToBytes(hexadecimal(signature.key, 32));
  const made = hexToBytes(hexadecimal(signature.signature, 64));
  if (!holds(made, signedBytes(context, body), key)) throw new VaultError("bad_signature", context);
}

/** RFC 8032 without the more lenient rules for keys of small order. */
export function holds(signature: Uint8Array, message: Uint8Array, key: Uint8Array): boolean {
  try {
    return ed25519.verify(signature, message, key, { zip215: false });
  } catch {
    return false;
  }
}

/** What is signed: the line `porchlight/<context>/v1`, a line feed, and the canonical bytes. */
function signedBytes(context: string, body: Uint8Array): Uint8Array {
  return concat(utf8(`porchlight/${context}/v1\n`), body);
}
