/**
 * The number that two people compare when one lets the other in to the household's key. It is made of the newcomer's
 * own recipient and mail address, on the newcomer's device; the other types it in. Twenty digits are 66 bits: whoever
 * wants to put in a recipient of their own must find another one with the same number.
 */
import { sha256 } from "@noble/hashes/sha2.js";
import { utf8 } from "./bytes";

const DIGITS = 20;

/** Four groups of five digits. */
export function checkNumber(recipient: string, holder: string): string {
  const hash = sha256(utf8(`porchlight/check/v1\n${recipient}\n${holder}`));
  const whole = hash.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  const digits = (whole % 10n ** BigInt(DIGITS)).toString().padStart(DIGITS, "0");
  return digits.replace(/(\d{5})(?=\d)/g, "$1 ");
}

/** Is this the number, with whatever stands between the digits? */
export function isCheckNumber(typed: string, recipient: string, holder: string): boolean {
  return typed.replace(/\D/g, "") === checkNumber(recipient, holder).replace(/ /g, "");
}
