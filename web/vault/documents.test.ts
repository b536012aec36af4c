import { hexToBytes } from "@noble/hashes/utils.js";
import { describe, expect, test } from "vitest";
import vectors from "../../tests/vectors/documents.json";
import { utf8 } from "./bytes";
import { decode } from "./canonical";
import { VaultError } from "./errors";
import { type Manifest, checkManifest, makeManifest, manifestBytes, manifestSha256, readManifest, signManifest } from "./manifest";
import { type Receipt, checkReceipt, makeReceipt, readReceipt, receiptBytes, receiptSha256, signReceipt } from "./receipt";
import { signingKey } from "./signing";
import { vouch, vouched } from "./vouch";

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const find = (kind: string) => vectors.signed.find((vector) => vector.kind === kind)!;

describe("documents", () => {
  test.each(vectors.signed)("a $kind is read, hashed and signed alike", (vector) => {
    const { kind, canonical, sha256, key, signature } = vector;
    const signing = signingKey(hexToBytes(vector.seed));
    const value = decode(utf8(canonical));
    if (kind === "manifest") {
      const manifest = readManifest(value);
      expect(text(manifestBytes(manifest))).toBe(canonical);
      expect(manifestSha256(manifest)).toBe(sha256);
      expect(signManifest(manifest, signing)).toEqual({ key, signature });
      checkManifest(manifest, { key, signature });
    } else {
      const receipt = readReceipt(value);
      expect(text(receiptBytes(receipt))).toBe(canonical);
      expect(receiptSha256(receipt)).toBe(sha256);
      expect(signReceipt(receipt, signing)).toEqual({ key, signature });
      checkReceipt(receipt, { key, signature });
    }
  });

  test.each(vectors.refused)("refuses a $kind with $name", ({ kind, code, document }) => {
    const read = (): Manifest | Receipt => (kind === "manifest" ? readManifest(document) : readReceipt(document));
    expect(read).toThrow(VaultError);
    expect(read).toThrow(code);
  });

  test("a signature is for one document of one kind", () => {
    const { key, signature, seed, canonical } = find("manifest");
    const manifest = readManifest(JSON.parse(canonical));
    const others = [
      { key, signature: find("receipt").signature },
      { key: find("receipt").key, signature },
      { key: "00".repeat(32), signature: "00".repeat(64) },
      signingKey(hexToBytes(seed)).sign("receipt", manifestBytes(manifest)),
    ];
    for (const other of others) expect(() => checkManifest(manifest, other)).toThrow("bad_signature");
    expect(() => checkManifest({ ...manifest, made: "captured" }, { key, signature })).toThrow("bad_signature");
  });

  test("what is made here is read here", () => {
    const manifest = JSON.parse(find("manifest").canonical) as Manifest;
    expect(makeManifest(manifest)).toEqual(manifest);
    const receipt = makeReceipt({ ...(JSON.parse(find("receipt").canonical) as Receipt), shown: { name: "Jo" } });
    expect(readReceipt(decode(receiptBytes(receipt)))).toEqual(receipt);
  });

  test("each receipt has a salt of its own", () => {
    const { salt: _, ...fields } = JSON.parse(find("receipt").canonical) as Receipt;
    expect(receiptSha256(makeReceipt(fields))).not.toBe(receiptSha256(makeReceipt(fields)));
  });

  test("a household vouches for what the server keeps", () => {
    const { secret, purpose, text: said, tag } = vectors.vouched;
    expect(vouch(secret, purpose, said)).toBe(tag);
    expect(vouched(secret, purpose, said, tag)).toBe(true);
    expect(vouched(secret, purpose, `${said}x`, tag)).toBe(false);
    expect(vouched(secret, "other", said, tag)).toBe(false);
  });
});
