/** age identities: made here, and wrapped to others. */
import { bech32 } from "@scure/base";
import { Encrypter, armor, generateX25519Identity, identityToRecipient } from "age-encryption";
import { decrypterOf, openFile } from "./age_webcrypto";
import { type Bytes, ordinary, utf8 } from "./bytes";
import { VaultError } from "./errors";

/** `secret` is `AGE-SECRET-KEY-1…`, `recipient` its public half `age1…`. */
export interface Identity {
  secret: string;
  recipient: string;
}

export async function generateIdentity(): Promise<Identity> {
  return readIdentity(await generateX25519Identity());
}

/** The identity of a secret as typed or stored; white space around it and its case are ignored. */
export async function readIdentity(text: string): Promise<Identity> {
  const secret = text.trim().toUpperCase();
  if (!secret.startsWith("AGE-SECRET-KEY-1")) throw new VaultError("malformed", "not an age identity");
  try {
    return { secret, recipient: await identityToRecipient(secret) };
  } catch {
    throw new VaultError("malformed", "not an age identity");
  }
}

/** The recipient, checked: an X25519 recipient in lower case. */
export function readRecipient(value: unknown): string {
  if (typeof value === "string" && /^age1[02-9ac-hj-np-z]{58}$/.test(value)) {
    const decoded = bech32.decodeUnsafe(value);
    if (decoded?.prefix === "age" && bech32.fromWordsUnsafe(decoded.words)?.length === 32) return value;
  }
  throw new VaultError("malformed", "not an age recipient");
}

/** An identity's secret as an armored age file for every recipient. */
export async function wrapToRecipients(secret: string, recipients: string[]): Promise<string> {
  return armor.encode(await sealBytes(utf8(`${secret}\n`), recipients));
}

/** The identity that was wrapped to `by`; refused as "other_recipient" if its public half is not `recipient`. */
export async function unwrapIdentity(wrapped: string, by: Identity, recipient?: string): Promise<Identity> {
  return readWrapped(await openBytes(dearmored(wrapped), by), recipient);
}

/** An age file of `plain` for every recipient. For what fits in memory; clips go through `sealFile`. */
export async function sealBytes(plain: Uint8Array, recipients: string[]): Promise<Bytes> {
  if (recipients.length === 0) throw new VaultError("malformed", "no recipient");
  const encrypter = new Encrypter();
  for (const recipient of recipients) encrypter.addRecipient(readRecipient(recipient));
  return ordinary(await encrypter.encrypt(plain));
}

/** The plaintext of an age file. Throws "wrong_key" or "tampered". */
export async function openBytes(sealed: Uint8Array, identity: Identity): Promise<Bytes> {
  return openFile(sealed, decrypterOf(identity.secret));
}

/** The identity of opened bytes; refused as "other_recipient" if its public half is not `recipient`. */
export async function readWrapped(plain: Uint8Array, recipient?: string): Promise<Identity> {
  const identity = await readIdentity(new TextDecoder().decode(plain));
  if (recipient !== undefined && identity.recipient !== recipient) {
    throw new VaultError("other_recipient", "the wrapped identity has another public half");
  }
  return identity;
}

export function dearmored(text: string): Uint8Array {
  try {
    return armor.decode(text);
  } catch {
    throw new VaultError("malformed", "not an armored age file");
  }
}
