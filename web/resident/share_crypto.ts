/** From a chosen file to what the server gets: a sealed video on its way, and its key sealed to the request. */
import { checkRequestLogged } from "../vault/tlog";
import { sealEnvelope } from "../vault/envelope";
import { sealGrant, type Grant } from "../vault/grant";
import { generateIdentity } from "../vault/identity";
import { makeManifest, manifestSha256, signManifest, type MediaType } from "../vault/manifest";
import { makeReceipt, signReceipt, type Shown } from "../vault/receipt";
import { sealAside } from "../vault/sealing_aside";
import { signingKey } from "../vault/signing";
import { upload, UploadRefused, type Upload } from "../vault/upload";
import { VaultError } from "../vault/errors";
import { timeText } from "../vault/canonical";
import { pin } from "../vault/log_pin";
import { csrf, fromBase64, getJson, refusalOf, toBase64 } from "./api";

export interface RequestKey {
  request: string;
  q_recipient: string;
  entry: string | null;
  proof: string | null;
  verifier_key: string | null;
  purpose: string;
  most_days: number;
}

/** What the owner decided for all files of this share. */
export interface Consent {
  key: RequestKey;
  days: number;
  shown: Shown;
}

/**
 * The request's key, once the public log is shown to hold it. `pins` keeps the log's own key.
 * Throws "not_logged", "log_changed" or what the check throws.
 */
export async function checkedKey(url: string, pins: Storage): Promise<RequestKey> {
  const key = await getJson<RequestKey>(url);
  if (!key.entry || !key.proof || !key.verifier_key) throw Object.assign(new Error("not logged"), { code: "not_logged" });
  checkRequestLogged(key.proof, fromBase64(key.entry), key.verifier_key, { request: key.request, recipient: key.q_recipient });
  pin(key.verifier_key, pins);
  return key;
}

export interface Sent {
  uploadId: string;
  head: Uint8Array;
  grant: Grant;
}

export interface Facts {
  type: MediaType;
  starts: Date | null;
  ends: Date | null;
  /** Where uploads are created. */
  endpoint: string;
  request?: string;
  note?: string;
}

export type Watch = Pick<Upload, "signal" | "onProgress" | "onWaiting" | "onCreated" | "onSignedOut" | "valve">;

/** Seal a file to a key of its own while it is sent; nothing readable leaves. */
export async function sendSealed(file: File, facts: Facts, watch: Watch): Promise<Sent> {
  const clip = await generateIdentity();
  const sealing = await sealAside(file, clip.recipient);
  const metadata = facts.request ? { metadata: { request: facts.request } } : {};
  const job = { endpoint: facts.endpoint, stream: sealing.stream, size: sealing.size, headers: csrf, ...metadata, ...watch };
  const address = await upload(job).catch((error: unknown) => {
    throw error instanceof UploadRefused ? refusalOf(error.status, error.body) : error;
  });
  const manifest = makeManifest({
    clip: crypto.randomUUID(),
    made: "uploaded",
    media_type: facts.type,
    original: await sealing.finished,
    starts_at: facts.starts && timeText(facts.starts),
    ends_at: facts.ends && timeText(facts.ends),
  });
  const grant: Grant = { clip, manifest, manifestSignature: signManifest(manifest, signingKey()) };
  if (facts.note) grant.note = facts.note;
  const uploadId = new URL(address).pathname.split("/").filter(Boolean).pop();
  if (!uploadId) throw new VaultError("malformed", "upload address");
  return { uploadId, head: sealing.head, grant };
}

/** The clip's key and the owner's signed consent, sealed to the request's key alone. */
export async function envelopeFor(grant: Grant, consent: Consent): Promise<Uint8Array> {
  const now = new Date();
  const receipt = makeReceipt({
    request: consent.key.request,
    recipient: consent.key.q_recipient,
    manifest_sha256: manifestSha256(grant.manifest),
    purpose: consent.key.purpose,
    given_at: timeText(now),
    expires_at: timeText(new Date(now.getTime() + consent.days * 86_400_000)),
    shown: consent.shown,
  });
  return sealEnvelope({
    clip: grant.clip,
    manifest: grant.manifest,
    manifestSignature: grant.manifestSignature,
    receipt,
    receiptSignature: signReceipt(receipt, signingKey()),
  });
}

/** What is posted to share one video. */
export async function shareBody(
  source: { upload_id: string } | { clip_id: string },
  head: Uint8Array,
  grant: Grant,
  consent: Consent,
  keepFor: string[] | null,
): Promise<Record<string, unknown>> {
  const { sealed_sha256, sealed_size } = grant.manifest.original;
  return {
    ...source,
    head: toBase64(head),
    sealed_sha256,
    sealed_size,
    envelope: toBase64(await envelopeFor(grant, consent)),
    expires_days: consent.days,
    ...(keepFor ? { keep: { grant: toBase64(await sealGrant(grant, keepFor)), recipient: keepFor[0] } } : {}),
  };
}
