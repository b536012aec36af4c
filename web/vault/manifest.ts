/** The manifest: what one clip is, signed with a key made for this clip alone. It holds nothing of camera or place. */
import { type Bytes, sha256Hex } from "./bytes";
import { encode, timeFrom } from "./canonical";
import { VaultError } from "./errors";
import { document, exactly, hexadecimal, oneOf, uuid, whole } from "./fields";
import { type Signature, type SigningKey, verify } from "./signing";

export const MEDIA_TYPES = [
  "video/mp4",
  "video/quicktime",
  "video/webm",
  "video/x-matroska",
  "video/mp2t",
  "video/x-msvideo",
] as const;
export type MediaType = (typeof MEDIA_TYPES)[number];
const MADE = ["captured", "imported", "uploaded"] as const;
export type Made = (typeof MADE)[number];

/** SHA-256 in lower-case hexadecimal and size in bytes, plain and sealed. */
export interface SealedFile {
  plain_sha256: string;
  plain_size: number;
  sealed_sha256: string;
  sealed_size: number;
}

/** Field for field as it is written. Times are `timeText`; null where nobody knows them (an uploaded file). */
export interface Manifest {
  kind: "manifest";
  version: 1;
  clip: string;
  clock_error_ms: number | null;
  ends_at: string | null;
  made: Made;
  media_type: MediaType;
  original: SealedFile;
  preview: SealedFile | null;
  starts_at: string | null;
}

export type ManifestFields = Pick<Manifest, "clip" | "made" | "media_type" | "original"> & Partial<Manifest>;

export function makeManifest(fields: ManifestFields): Manifest {
  return readManifest({
    clock_error_ms: null,
    ends_at: null,
    preview: null,
    starts_at: null,
    ...fields,
    kind: "manifest",
    version: 1,
  });
}

/** The manifest of a parsed document. Throws VaultError. */
export function readManifest(value: unknown): Manifest {
  const found = document(value, "manifest", [
    "clip",
    "clock_error_ms",
    "ends_at",
    "made",
    "media_type",
    "original",
    "preview",
    "starts_at",
  ]);
  const manifest: Manifest = {
    kind: "manifest",
    version: 1,
    clip: uuid(found["clip"]),
    clock_error_ms: found["clock_error_ms"] === null ? null : whole(found["clock_error_ms"]),
    ends_at: time(found["ends_at"]),
    made: oneOf(found["made"], MADE),
    media_type: oneOf(found["media_type"], MEDIA_TYPES),
    original: sealedFile(found["original"]),
    preview: found["preview"] === null ? null : sealedFile(found["preview"]),
    starts_at: time(found["starts_at"]),
  };
  if (manifest.starts_at !== null && manifest.ends_at !== null && manifest.ends_at < manifest.starts_at) {
    throw new VaultError("malformed", "the clip ends before it starts");
  }
  return manifest;
}

export function manifestBytes(manifest: Manifest): Bytes {
  return encode(readManifest(manifest));
}

/** SHA-256 of the canonical bytes: what a receipt names. */
export function manifestSha256(manifest: Manifest): string {
  return sha256Hex(manifestBytes(manifest));
}

export function signManifest(manifest: Manifest, key: SigningKey): Signature {
  return key.sign("manifest", manifestBytes(manifest));
}

/** Throws "bad_signature" unless the signature is over exactly this manifest. */
export function checkManifest(manifest: Manifest, signature: Signature): void {
  verify(signature, "manifest", manifestBytes(manifest));
}

function sealedFile(value: unknown): SealedFile {
  const found = exactly(value, ["plain_sha256", "plain_size", "sealed_sha256", "sealed_size"]);
  return {
    plain_sha256: hexadecimal(found["plain_sha256"], 32),
    plain_size: whole(found["plain_size"]),
    sealed_sha256: hexadecimal(found["sealed_sha256"], 32),
    sealed_size: whole(found["sealed_size"]),
  };
}

function time(value: unknown): string | null {
  return value === null ? null : timeFrom(value).toISOString();
}
