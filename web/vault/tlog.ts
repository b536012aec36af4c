/**
 * Does the public log hold this video request with this key? Checks a proof in the form c2sp.org/tlog-proof@v1:
 * a checkpoint signed by the log (C2SP signed-note, Ed25519) and the entry's inclusion in its tree (RFC 6962).
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { base64 } from "@scure/base";
import { concat, utf8 } from "./bytes";
import { decode } from "./canonical";
import { VaultError } from "./errors";
import { readRecipient } from "./identity";
import { holds } from "./signing";

const FIRST_LINE = "c2sp.org/tlog-proof@v1";
const ED25519 = 1;
const MAX_PROOF = 64 * 1024;
const MAX_ENTRY = 65_535;
const MAX_SIGNATURES = 64;

export interface Checkpoint {
  origin: string;
  size: number;
  root: Uint8Array;
}

export interface Proof {
  index: number;
  path: Uint8Array[];
  /** The signed note as it stands in the proof. */
  checkpoint: string;
}

/**
 * Throws unless `entry` (the bytes in the log) says that this request was submitted with this key, and the proof shows
 * that the log of `verifierKey` holds it: "other_request", "other_recipient", "bad_signature", "tampered", "malformed".
 */
export function checkRequestLogged(
  proof: string,
  entry: Uint8Array,
  verifierKey: string,
  expected: { request: string; recipient: string },
): Checkpoint & { index: number } {
  if (entry.length > MAX_ENTRY) throw new VaultError("too_large", "log entry");
  const said = decode(entry) as Record<string, unknown> | null;
  if (said?.["kind"] !== "request.submitted") throw new VaultError("malformed", "not the entry of a video request");
  if (said["request"] !== expected.request) throw new VaultError("other_request", "the log names another request");
  if (said["q"] !== readRecipient(expected.recipient)) {
    throw new VaultError("other_recipient", "the log names another key");
  }
  return checkEntryLogged(proof, entry, verifierKey);
}

/**
 * Throws unless the proof shows that the log of `verifierKey` holds `entry`, whatever it says: "bad_signature",
 * "tampered", "malformed". Where it stands is answered; a caller who asked for one place compares.
 */
export function checkEntryLogged(proof: string, entry: Uint8Array, verifierKey: string): Checkpoint & { index: number } {
  const { index, path, checkpoint } = readProof(proof);
  const tree = readCheckpoint(checkpoint, verifierKey);
  const root = rootFrom(leafHash(entry), index, tree.size, path);
  if (!equal(root, tree.root)) throw new VaultError("tampered", "the entry is not in the log's tree");
  return { ...tree, index };
}

export function readProof(text: string): Proof {
  if (text.length > MAX_PROOF) throw new VaultError("too_large", "log proof");
  const gap = text.indexOf("\n\n");
  const [first, ...lines] = text.slice(0, Math.max(gap, 0)).split("\n");
  if (first !== FIRST_LINE) throw new VaultError("malformed", "not a log proof");
  if (lines[0]?.startsWith("extra ")) lines.shift();
  const [, index] = /^index (0|[1-9]\d{0,15})$/.exec(lines.shift() ?? "") ?? [];
  if (index === undefined) throw new VaultError("malformed", "a log proof without its index");
  const path = lines.map((line) => fromBase64(line, 32));
  return { index: Number(index), path, checkpoint: text.slice(gap + 2) };
}

/** The tree head of a signed note. Throws "bad_signature" unless the key of `verifierKey` has signed it. */
export function readCheckpoint(note: string, verifierKey: string): Checkpoint {
  const key = readVerifierKey(verifierKey);
  const gap = note.lastIndexOf("\n\n");
  const body = note.slice(0, gap + 1);
  const signatures = note.slice(gap + 2).split("\n");
  if (gap < 0 || signatures.pop() !== "" || signatures.length > MAX_SIGNATURES) {
    throw new VaultError("malformed", "not a signed note");
  }
  const ours = signatures.map((line) => signatureOf(line, key)).filter((signature) => signature !== null);
  const message = utf8(body);
  if (ours.length === 0 || !ours.every((signature) => holds(signature, message, key.public))) {
    throw new VaultError("bad_signature", "checkpoint");
  }
  const [origin, size, root, ...extensions] = body.split("\n");
  if (origin !== key.name || !/^(0|[1-9]\d{0,15})$/.test(size ?? "") || extensions.pop() !== "") {
    throw new VaultError("malformed", "checkpoint");
  }
  return { origin, size: Number(size), root: fromBase64(root ?? "", 32) };
}

export function leafHash(entry: Uint8Array): Uint8Array {
  return sha256(concat(Uint8Array.of(0), entry));
}

function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  return sha256(concat(Uint8Array.of(1), left, right));
}

/** The root that follows from a leaf and its path (RFC 9162, 2.1.3.2). Throws "tampered" for a path of another length. */
function rootFrom(leaf: Uint8Array, index: number, size: number, path: Uint8Array[]): Uint8Array {
  if (index >= size) throw new VaultError("tampered", "an index beyond the tree");
  let at = BigInt(index);
  let last = BigInt(size) - 1n;
  let hash = leaf;
  for (const sibling of path) {
    if (last === 0n) throw new VaultError("tampered", "a path that is too long");
    if (at % 2n === 1n || at === last) {
      hash = nodeHash(sibling, hash);
      while (at % 2n === 0n && at !== 0n) {
        at /= 2n;
        last /= 2n;
      }
    } else {
      hash = nodeHash(hash, sibling);
    }
    at /= 2n;
    last /= 2n;
  }
  if (last !== 0n) throw new VaultError("tampered", "a path that is too short");
  return hash;
}

interface VerifierKey {
  name: string;
  id: Uint8Array;
  public: Uint8Array;
}

/** A verifier key `name+hash+base64(type, key)` of type Ed25519, its hash checked. */
function readVerifierKey(text: string): VerifierKey {
  const [, name = "", hash = "", encoded = ""] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/=]+)$/.exec(text) ?? [];
  const key = fromBase64(encoded, 33);
  const id = sha256(concat(utf8(`${name}\n`), key)).subarray(0, 4);
  if (key[0] !== ED25519 || bytesToHex(id) !== hash) throw new VaultError("malformed", "verifier key");
  return { name, id, public: key.subarray(1) };
}

/** The signature in a line of a note if it claims to be by `key`; null if by another. */
function signatureOf(line: string, key: VerifierKey): Uint8Array | null {
  const [, name, encoded = ""] = /^\u2014 ([^\s+]+) ([A-Za-z0-9+/]+=*)$/.exec(line) ?? [];
  if (name === undefined) throw new VaultError("malformed", "signature line");
  const signature = fromBase64(encoded);
  return name === key.name && equal(signature.subarray(0, 4), key.id) ? signature.subarray(4) : null;
}

function fromBase64(text: string, size?: number): Uint8Array {
  let data: Uint8Array;
  try {
    data = base64.decode(text);
  } catch {
    throw new VaultError("malformed", "base64");
  }
  if (size !== undefined && data.length !== size) throw new VaultError("malformed", `not ${size} bytes`);
  return data;
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
