/** Generated passphrases, and age files under them with scrypt of work factor 2^17. */
import { chacha20poly1305 } from "@noble/ciphers/chacha.js";
import { scryptAsync } from "@noble/hashes/scrypt.js";
import { base64nopad } from "@scure/base";
import { wordlist } from "@scure/bip39/wordlists/english.js";
import { Decrypter, Encrypter, Stanza, armor } from "age-encryption";
import { openFile } from "./age_webcrypto";
import { concat, randomBytes, utf8 } from "./bytes";
import { VaultError, codeOf } from "./errors";
import { type Identity, dearmored, readWrapped } from "./identity";

/** Six words of 2,048, drawn each for itself: 66 bits, which at some 0.3 s a guess is 10^11 years of 1,000 cores. */
export const PASSPHRASE_WORDS = 6;
export const WORK_FACTOR = 17;
const MAX_WORK_FACTOR = 20; // 1 GB; what the age command accepts is 22
const MAX_PASSPHRASE = 256;
const LABEL = utf8("age-encryption.org/v1/scrypt");

/** How much of the key derivation is done, from 0 to 1: it takes up to some seconds on a telephone. */
export type Progress = (done: number) => void;

export function generatePassphrase(): string {
  const drawn = crypto.getRandomValues(new Uint16Array(PASSPHRASE_WORDS));
  return Array.from(drawn, (number) => wordlist[number % wordlist.length]).join(" "); // 2,048 divides 2^16: no bias
}

/** The list's words that begin so, for helping somebody who types a passphrase. */
export function wordsStarting(typed: string): string[] {
  return typed === "" ? [] : wordlist.filter((word) => word.startsWith(typed.toLowerCase()));
}

/** The words typed that no generated passphrase holds, as normalised: where a slip may be. */
export function unknownWords(typed: string): string[] {
  return wordsOf(typed).filter((word) => !wordlist.includes(word));
}

/** The words of a passphrase as typed: spaces, hyphens, commas and full stops in any number part them. */
export function wordsOf(typed: string): string[] {
  const words = typed.normalize("NFKD").toLowerCase().split(/[\s\x1c-\x1f\x85\-\u2010-\u2015.,]+/u);
  return words.filter((word) => word !== "");
}

/**
 * A passphrase as it is fed to scrypt: NFKD, lower case, its words joined by single spaces, so that it opens as copied
 * by hand.
 */
export function normalisePassphrase(typed: string): string {
  const normal = wordsOf(typed).join(" ");
  if (normal === "") throw new VaultError("malformed", "an empty passphrase");
  if (utf8(normal).length > MAX_PASSPHRASE) {
    throw new VaultError("too_large", `a passphrase over ${MAX_PASSPHRASE} bytes`);
  }
  return normal;
}

/** An identity's secret under a passphrase as typed: an armored age file, which the `age` command reads as well. */
export async function wrapWithPassphrase(secret: string, typed: string, progress?: Progress): Promise<string> {
  const passphrase = normalisePassphrase(typed);
  const encrypter = new Encrypter();
  encrypter.addRecipient({
    async wrapFileKey(fileKey) {
      const salt = randomBytes(16);
      const key = await stretched(passphrase, salt, WORK_FACTOR, progress);
      const body = chacha20poly1305(key, new Uint8Array(12)).encrypt(fileKey);
      return [new Stanza(["scrypt", base64nopad.encode(salt), String(WORK_FACTOR)], body)];
    },
  });
  return armor.encode(await encrypter.encrypt(`${secret}\n`));
}

/**
 * The identity under a passphrase as typed. Throws "wrong_passphrase"; "other_recipient" if its public half is not
 * `recipient`.
 */
export async function unwrapWithPassphrase(
  wrapped: string,
  typed: string,
  recipient?: string,
  progress?: Progress,
): Promise<Identity> {
  const passphrase = normalisePassphrase(typed);
  const decrypter = new Decrypter();
  decrypter.addIdentity({ unwrapFileKey: (stanzas) => unwrapFileKey(stanzas, passphrase, progress) });
  const plain = await openFile(dearmored(wrapped), decrypter).catch((error: unknown) => {
    throw codeOf(error, "malformed") === "wrong_key" ? new VaultError("wrong_passphrase") : error;
  });
  return readWrapped(plain, recipient);
}

async function unwrapFileKey(stanzas: Stanza[], passphrase: string, progress?: Progress): Promise<Uint8Array | null> {
  const [stanza, ...others] = stanzas;
  const [kind, salt = "", factor = ""] = stanza?.args ?? [];
  if (stanza === undefined || kind !== "scrypt" || others.length > 0 || stanza.args.length !== 3) {
    throw new VaultError("malformed", "not wrapped under a passphrase");
  }
  if (!/^[1-9]\d?$/.test(factor) || Number(factor) > MAX_WORK_FACTOR) throw new VaultError("malformed", "work factor");
  const key = await stretched(passphrase, base64nopad.decode(salt), Number(factor), progress);
  try {
    return chacha20poly1305(key, new Uint8Array(12)).decrypt(stanza.body);
  } catch {
    return null;
  }
}

function stretched(passphrase: string, salt: Uint8Array, factor: number, onProgress?: Progress): Promise<Uint8Array> {
  const settings = { N: 2 ** factor, r: 8, p: 1, dkLen: 32, asyncTick: 16 };
  return scryptAsync(passphrase, concat(LABEL, salt), onProgress ? { ...settings, onProgress } : settings);
}
