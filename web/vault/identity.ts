/** age identities: made here, wrapped to others, wrapped under a generated passphrase. */
import { bech32 } from "@scure/base";
import { wordlist } from "@scure/bip39/wordlists/english.js";
import { Decrypter, Encrypter, armor, generateX25519Identity, identityToRecipient } from "age-encryption";
import { decrypterOf, openFile } from "./age_webcrypto";
import { type Bytes, ordinary, utf8 } from "./bytes";
import { VaultError, codeOf } from "./errors";

/** `secret` is `AGE-SECRET-KEY-1…`, `recipient` its public half `age1…`. */
export interface Identity {
  secret: string;
  recipient: string;
}

/** Six words of 2,048: 66 bits. At 2^17 scrypt a guess takes some 0.3 s of a core, so that all take 10^11 core-years. */
export const PASSPHRASE_WORDS = 6;
export const WORK_FACTOR = 17;
const MAX_PASSPHRASE = 256;

export async function generateIdentity(): Promise<Identity> {
  return readIdentity(await generateX25519Identity());
}

/** The identity of a secret as typed or stored; white space around it is ignored. */
export async function readIdentity(text: string): Promise<Identity> {
  const secret = text.trim();
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

/** Six words, drawn each for itself; 2,048 divides 2^16, so the remainder is even. */
export function generatePassphrase(): string {
  const drawn = crypto.getRandomValues(new Uint16Array(PASSPHRASE_WORDS));
  return Array.from(drawn, (number) => wordlist[number % wordlist.length]).join(" ");
}

/** The list's words that begin so, for helping somebody who types a passphrase. */
export function wordsStarting(typed: string): string[] {
  return typed === "" ? [] : wordlist.filter((word) => word.startsWith(typed.toLowerCase()));
}

/**
 * A passphrase as it is fed to scrypt: NFKD, lower case, its words joined by single spaces. Spaces, hyphens, commas
 * and full stops in any number part words, so that it opens as copied by hand.
 */
export function normalisePassphrase(typed: string): string {
  const words = typed.normalize("NFKD").toLowerCase().split(/[\s\-\u2010-\u2015.,]+/u);
  const normal = words.filter((word) => word !== "").join(" ");
  if (normal === "") throw new VaultError("malformed", "an empty passphrase");
  if (utf8(normal).length > MAX_PASSPHRASE) {
    throw new VaultError("too_large", `a passphrase over ${MAX_PASSPHRASE} bytes`);
  }
  return normal;
}

/** An identity's secret under a passphrase as typed: an armored age file, which the `age` command reads as well. */
export async function wrapWithPassphrase(secret: string, typed: string): Promise<string> {
  const encrypter = new Encrypter();
  encrypter.setPassphrase(normalisePassphrase(typed));
  encrypter.setScryptWorkFactor(WORK_FACTOR);
  return armor.encode(await encrypter.encrypt(`${secret}\n`));
}

/** The identity under a passphrase; refused as "other_recipient" if its public half is not `recipient`. */
export async function unwrapWithPassphrase(wrapped: string, typed: string, recipient?: string): Promise<Identity> {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(normalisePassphrase(typed));
  const plain = await openFile(dearmored(wrapped), decrypter).catch((error: unknown) => {
    throw codeOf(error, "malformed") === "wrong_key" ? new VaultError("wrong_passphrase") : error;
  });
  return expected(plain, recipient);
}

/** An identity's secret as an armored age file for every recipient. */
export async function wrapToRecipients(secret: string, recipients: string[]): Promise<string> {
  return armor.encode(await sealBytes(utf8(`${secret}\n`), recipients));
}

/** The identity that was wrapped to `by`; refused as "other_recipient" if its public half is not `recipient`. */
export async function unwrapIdentity(wrapped: string, by: Identity, recipient?: string): Promise<Identity> {
  return expected(await openBytes(dearmored(wrapped), by), recipient);
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

async function expected(plain: Bytes, recipient: string | undefined): Promise<Identity> {
  const identity = await readIdentity(new TextDecoder().decode(plain));
  if (recipient !== undefined && identity.recipient !== recipient) {
    throw new VaultError("other_recipient", "the wrapped identity has another public half");
  }
  return identity;
}

function dearmored(text: string): Uint8Array {
  try {
    return armor.decode(text);
  } catch {
    throw new VaultError("malformed", "not an armored age file");
  }
}
