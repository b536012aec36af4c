/** From the officer's passphrase to one opened envelope: own key, then the request's key Q, then the clip's. */
import { base64 } from "@scure/base";
import { type Bytes, ordinary } from "../vault/bytes";
import { type Envelope, readEnvelope } from "../vault/envelope";
import { VaultError } from "../vault/errors";
import { openBytes, readWrapped } from "../vault/identity";
import type { Keeper } from "../vault/keeper";
import { type Progress, unwrapWithPassphrase } from "../vault/passphrase";
import { post } from "./shared_page";

const CURRENT = "officer";
const FORMER = "officer-former";

/** What the server hands out for one share. */
export interface Opening {
  request: string;
  recipient: string;
  /** The request's secret, sealed to each of the officer's own recipients that it was wrapped to. */
  wraps: { recipient: string; wrap: Bytes }[];
  envelope: Bytes;
  head: Bytes;
  size: number;
  sealedSha256: string;
  url: string;
}

interface Stored {
  recipient: string;
  wrapped: string;
}

/** The name of an unlocked identity that one of these recipients belongs to. */
export function usableKey(unlocked: Readonly<Record<string, string>>, recipients: string[]): string | undefined {
  return Object.keys(unlocked).find((name) => recipients.includes(unlocked[name] ?? ""));
}

/** Unlock the officer's key that this share needs, which may be an earlier one; resolves to its name in the keeper. */
export async function unlockKey(keeper: Keeper, address: string, recipients: string[], typed: string, progress: Progress): Promise<string> {
  const response = await fetch(address, { headers: { Accept: "application/json" }, redirect: "error" });
  if (!response.ok) throw new VaultError("gone", `own key: ${response.status}`);
  const own = (await response.json()) as Partial<Stored> & { former?: Stored[] };
  const keys = [own, ...(own.former ?? [])];
  const key = keys.find((each) => each.recipient !== undefined && recipients.includes(each.recipient));
  if (key?.recipient === undefined || key.wrapped === undefined) throw new VaultError("other_recipient", "no key of this officer");
  const identity = await unwrapWithPassphrase(key.wrapped, typed, key.recipient, progress);
  const name = key === own ? CURRENT : FORMER;
  await keeper.unlock(name, identity);
  return name;
}

/** Ask the server for the envelope. It records that before it answers. */
export async function openingOf(root: HTMLElement): Promise<Opening> {
  const given = (await (await post(root, root.dataset.envelope ?? "")).json()) as Record<string, unknown>;
  const bytes = (name: string): Bytes => ordinary(base64.decode(String(given[name])));
  const wraps = (given["wraps"] as { recipient: string; wrap: string }[]).map((each) => ({
    recipient: each.recipient,
    wrap: ordinary(base64.decode(each.wrap)),
  }));
  return {
    request: String(given["request_id"]),
    recipient: String(given["q_recipient"]),
    wraps,
    envelope: bytes("envelope"),
    head: bytes("head"),
    size: Number(given["sealed_size"]),
    sealedSha256: String(given["sealed_sha256"]),
    url: String(given["sealed_url"]),
  };
}

/**
 * Open the envelope with the unlocked identity `name`. Signatures, request, key and the sealed file's size and SHA-256
 * must agree with each other, or it throws VaultError.
 */
export async function openShare(keeper: Keeper, name: string, opening: Opening, sealedSha256: string): Promise<Envelope> {
  const wrap = opening.wraps.find((each) => each.recipient === keeper.unlocked[name]);
  if (wrap === undefined) throw new VaultError("other_recipient", "no wrap for the unlocked key");
  const q = await readWrapped(await keeper.open(name, wrap.wrap), opening.recipient);
  const envelope = await readEnvelope(await openBytes(opening.envelope, q), { request: opening.request, recipient: opening.recipient });
  const { sealed_sha256: signed, sealed_size: size } = envelope.manifest.original;
  if (signed !== opening.sealedSha256 || signed !== sealedSha256 || size !== opening.size) {
    throw new VaultError("other_clip", "the manifest is of another file");
  }
  return envelope;
}
