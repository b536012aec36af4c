/** The grant: how a household keeps the key of one of its clips. Sealed to the household and its recovery identity. */
import type { Bytes } from "./bytes";
import { document, hexadecimal, line } from "./fields";
import { type Identity, openBytes, readIdentity, sealBytes } from "./identity";
import { type Manifest, checkManifest, readManifest } from "./manifest";
import { padded, unpadded } from "./padding";
import type { Signature } from "./signing";
import { VaultError } from "./errors";

export const MAX_NOTE = 800;

export interface Grant {
  clip: Identity;
  manifest: Manifest;
  manifestSignature: Signature;
  /** The household's own words (a camera's or a file's name), at most 800 bytes. */
  note?: string;
}

/** The grant as an age file for the household's recipient H and the recovery recipient R. */
export async function sealGrant(grant: Grant, recipients: string[]): Promise<Bytes> {
  checkManifest(grant.manifest, grant.manifestSignature);
  return sealBytes(
    padded({
      kind: "grant",
      version: 1,
      clip_secret: grant.clip.secret,
      manifest: grant.manifest,
      manifest_key: grant.manifestSignature.key,
      manifest_signature: grant.manifestSignature.signature,
      ...(grant.note === undefined ? {} : { note: line(grant.note, MAX_NOTE) }),
    }),
    recipients,
  );
}

/** The grant, with its manifest's signature checked. `household` may be H or the recovery identity R. */
export async function openGrant(sealed: Uint8Array, household: Identity): Promise<Grant> {
  return readGrant(await openBytes(sealed, household));
}

/** The grant of opened bytes (as the keeper hands them out). */
export async function readGrant(plain: Uint8Array): Promise<Grant> {
  const names = ["clip_secret", "manifest", "manifest_key", "manifest_signature"];
  const found = document(unpadded(plain), "grant", names, ["note"]);
  const grant: Grant = {
    clip: await readClipSecret(found["clip_secret"]),
    manifest: readManifest(found["manifest"]),
    manifestSignature: readSignature(found["manifest_key"], found["manifest_signature"]),
  };
  if ("note" in found) grant.note = line(found["note"], MAX_NOTE);
  checkManifest(grant.manifest, grant.manifestSignature);
  return grant;
}

export async function readClipSecret(value: unknown): Promise<Identity> {
  if (typeof value !== "string") throw new VaultError("malformed", "not an age identity");
  return readIdentity(value);
}

export function readSignature(key: unknown, signature: unknown): Signature {
  return { key: hexadecimal(key, 32), signature: hexadecimal(signature, 64) };
}
