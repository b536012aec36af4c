/** The consent receipt: what the owner agreed to, signed with a key made for this share alone. */
import { bytesToHex } from "@noble/hashes/utils.js";
import { type Bytes, randomBytes, sha256Hex } from "./bytes";
import { encode, timeFrom } from "./canonical";
import { VaultError } from "./errors";
import { document, exactly, flag, hexadecimal, line, oneOf, uuid } from "./fields";
import { readRecipient } from "./identity";
import { type Signature, type SigningKey, verify } from "./signing";

/** The longest texts, in bytes of UTF-8. */
export const LIMITS = { name: 160, contact: 160, place: 200, purpose: 200 } as const;

/** What the owner ticked to be shown, and nothing else. Empty: who shares stays unnamed. */
export interface Shown {
  name?: string;
  contact?: string;
  place?: { kind: "block" | "exact"; text: string };
}

/** Field for field as it is written. */
export interface Receipt {
  kind: "receipt";
  version: 1;
  expires_at: string;
  given_at: string;
  manifest_sha256: string;
  may_publish: boolean;
  purpose: string;
  recipient: string;
  request: string;
  /** 32 random bytes, so that the receipt's hash, which others see, tells nothing. */
  salt: string;
  shown: Shown;
}

export type ReceiptFields = Pick<
  Receipt,
  "expires_at" | "given_at" | "manifest_sha256" | "purpose" | "recipient" | "request"
> &
  Partial<Receipt>;

export function makeReceipt(fields: ReceiptFields): Receipt {
  return readReceipt({
    may_publish: false,
    salt: bytesToHex(randomBytes(32)),
    shown: {},
    ...fields,
    kind: "receipt",
    version: 1,
  });
}

/** The receipt of a parsed document. Throws VaultError. */
export function readReceipt(value: unknown): Receipt {
  const found = document(value, "receipt", [
    "expires_at",
    "given_at",
    "manifest_sha256",
    "may_publish",
    "purpose",
    "recipient",
    "request",
    "salt",
    "shown",
  ]);
  const receipt: Receipt = {
    kind: "receipt",
    version: 1,
    expires_at: timeFrom(found["expires_at"]).toISOString(),
    given_at: timeFrom(found["given_at"]).toISOString(),
    manifest_sha256: hexadecimal(found["manifest_sha256"], 32),
    may_publish: flag(found["may_publish"]),
    purpose: line(found["purpose"], LIMITS.purpose),
    recipient: readRecipient(found["recipient"]),
    request: uuid(found["request"]),
    salt: hexadecimal(found["salt"], 32),
    shown: readShown(found["shown"]),
  };
  if (receipt.expires_at <= receipt.given_at) {
    throw new VaultError("malformed", "the consent expires before it is given");
  }
  return receipt;
}

export function receiptBytes(receipt: Receipt): Bytes {
  return encode(readReceipt(receipt));
}

/** SHA-256 of the canonical bytes: what custody records name. */
export function receiptSha256(receipt: Receipt): string {
  return sha256Hex(receiptBytes(receipt));
}

export function signReceipt(receipt: Receipt, key: SigningKey): Signature {
  return key.sign("receipt", receiptBytes(receipt));
}

/** Throws "bad_signature" unless the signature is over exactly this receipt. */
export function checkReceipt(receipt: Receipt, signature: Signature): void {
  verify(signature, "receipt", receiptBytes(receipt));
}

function readShown(value: unknown): Shown {
  const found = exactly(value, [], ["name", "contact", "place"]);
  const shown: Shown = {};
  if ("name" in found) shown.name = line(found["name"], LIMITS.name);
  if ("contact" in found) shown.contact = line(found["contact"], LIMITS.contact);
  if ("place" in found) {
    const place = exactly(found["place"], ["kind", "text"]);
    shown.place = {
      kind: oneOf(place["kind"], ["block", "exact"] as const),
      text: line(place["text"], LIMITS.place),
    };
  }
  return shown;
}
