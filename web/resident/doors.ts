/**
 * A person's own way to the household's key H: a fresh identity D, locked by six words or by a passkey, to which H is
 * sealed. So words change without touching H, and H changes without asking anybody for their words.
 */
import { type Identity, generateIdentity, unwrapIdentity } from "../vault/identity";
import { type Progress, unwrapWithPassphrase, wrapWithPassphrase } from "../vault/passphrase";
import { lockWithPasskey, unlockWithPasskey } from "../vault/passkey";
import { VaultError } from "../vault/errors";

export const WAY_IN = "way-in";

/** One of the person's own, as the server keeps it. `sealed_key` is empty until somebody let the person in. */
export interface OwnDoor {
  id: string;
  kind: "words" | "passkey";
  recipient: string;
  locked: string;
  sealed_key: string;
  credential: string;
}

/** Anybody's of the household, for whoever lets in or makes a new key. */
export interface HouseholdDoor {
  id: string;
  kind: string;
  recipient: string;
  holder: string;
  vouch: string;
  waits: boolean;
  name: string;
}

/** A new one before H is sealed to it. */
export interface NewDoor {
  kind: "words" | "passkey";
  recipient: string;
  locked: string;
  credential?: string;
  label?: string;
}

/** What the household vouches for: that this recipient is this person's, by words or passkey. */
export function vouchText(door: { kind: string; recipient: string }, holder: string): string {
  return `${door.kind}\n${door.recipient}\n${holder}`;
}

export async function wordsDoor(words: string, progress?: Progress): Promise<NewDoor> {
  const identity = await generateIdentity();
  const locked = await wrapWithPassphrase(identity.secret, words, progress);
  return { kind: "words", recipient: identity.recipient, locked };
}

/** Two touches. Throws "no_prf", "aborted". */
export async function passkeyDoor(label: string): Promise<NewDoor> {
  const identity = await generateIdentity();
  const { credential, locked } = await lockWithPasskey(identity, label);
  return { kind: "passkey", recipient: identity.recipient, locked, credential, label };
}

/** H, through one's own door. Throws "wrong_passphrase", "other_recipient", "not_let_in". */
export async function throughWords(
  door: OwnDoor,
  words: string,
  household: string,
  progress?: Progress,
): Promise<Identity> {
  return through(door, await unwrapWithPassphrase(door.locked, words, door.recipient, progress), household);
}

export async function throughPasskey(door: OwnDoor, household: string): Promise<Identity> {
  return through(door, await unlockWithPasskey(door, door.recipient), household);
}

async function through(door: OwnDoor, own: Identity, household: string): Promise<Identity> {
  if (door.sealed_key === "") throw new VaultError("not_let_in");
  return unwrapIdentity(door.sealed_key, own, household);
}
