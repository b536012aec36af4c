/**
 * The envelope: how one clip's key reaches the one request that its owner chose. Sealed to the request's identity Q.
 * Who shares, and all that the owner ticked, stands inside only.
 */
import type { Bytes } from "./bytes";
import { VaultError } from "./errors";
import { document } from "./fields";
import { readClipSecret, readSignature } from "./grant";
import { type Identity, openBytes, sealBytes } from "./identity";
import { type Manifest, checkManifest, manifestSha256, readManifest } from "./manifest";
import { padded, unpadded } from "./padding";
import { type Receipt, checkReceipt, readReceipt } from "./receipt";
import type { Signature } from "./signing";

export interface Envelope {
  clip: Identity;
  manifest: Manifest;
  manifestSignature: Signature;
  receipt: Receipt;
  receiptSignature: Signature;
}

/** Throws VaultError unless both signatures hold and the receipt names this manifest. */
export function checkEnvelope(envelope: Envelope): void {
  checkManifest(envelope.manifest, envelope.manifestSignature);
  checkReceipt(envelope.receipt, envelope.receiptSignature);
  if (envelope.receipt.manifest_sha256 !== manifestSha256(envelope.manifest)) {
    throw new VaultError("other_clip", "the receipt names another manifest");
  }
}

/** The envelope as an age file for the recipient that its receipt names, and for no other. */
export async function sealEnvelope(envelope: Envelope): Promise<Bytes> {
  checkEnvelope(envelope);
  return sealBytes(
    padded({
      kind: "envelope",
      version: 1,
      clip_secret: envelope.clip.secret,
      manifest: envelope.manifest,
      manifest_key: envelope.manifestSignature.key,
      manifest_signature: envelope.manifestSignature.signature,
      receipt: envelope.receipt,
      receipt_key: envelope.receiptSignature.key,
      receipt_signature: envelope.receiptSignature.signature,
    }),
    [envelope.receipt.recipient],
  );
}

/** The envelope, checked to be for this video request (its UUID) and this key. */
export async function openEnvelope(sealed: Uint8Array, q: Identity, request: string): Promise<Envelope> {
  return readEnvelope(await openBytes(sealed, q), { request, recipient: q.recipient });
}

/** The envelope of opened bytes, checked whole: signatures, clip, and that it was made for this request and key. */
export async function readEnvelope(
  plain: Uint8Array,
  expected: { request: string; recipient: string },
): Promise<Envelope> {
  const found = document(unpadded(plain), "envelope", [
    "clip_secret",
    "manifest",
    "manifest_key",
    "manifest_signature",
    "receipt",
    "receipt_key",
    "receipt_signature",
  ]);
  const envelope: Envelope = {
    clip: await readClipSecret(found["clip_secret"]),
    manifest: readManifest(found["manifest"]),
    manifestSignature: readSignature(found["manifest_key"], found["manifest_signature"]),
    receipt: readReceipt(found["receipt"]),
    receiptSignature: readSignature(found["receipt_key"], found["receipt_signature"]),
  };
  checkEnvelope(envelope);
  if (envelope.receipt.request !== expected.request) {
    throw new VaultError("other_request", "the consent is for another video request");
  }
  if (envelope.receipt.recipient !== expected.recipient) {
    throw new VaultError("other_recipient", "the consent is for another key");
  }
  return envelope;
}
