/**
 * A household's word for something that the server keeps for it, such as the recipient of its recovery identity: a
 * tag that only who holds the household's secret can make or check. The server can so not put in a key of its own.
 */
import { hkdf } from "@noble/hashes/hkdf.js";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { utf8 } from "./bytes";
import { hexadecimal } from "./fields";

/** HMAC-SHA256 of `purpose`, a line feed and `text`, in hexadecimal, under a key derived from an identity's secret. */
export function vouch(secret: string, purpose: string, text: string): string {
  const key = hkdf(sha256, utf8(secret), new Uint8Array(0), utf8("porchlight/vouch/v1"), 32);
  return bytesToHex(hmac(sha256, key, utf8(`${purpose}\n${text}`)));
}

export function vouched(secret: string, purpose: string, text: string, tag: string): boolean {
  const made = vouch(secret, purpose, text);
  const given = hexadecimal(tag, 32);
  let different = 0;
  for (let at = 0; at < made.length; at += 1) different |= made.charCodeAt(at) ^ given.charCodeAt(at);
  return different === 0;
}
