/** What Python and the browser have sealed, opened here. */
import { base64 } from "@scure/base";
import { describe, expect, test } from "vitest";
import fromBrowser from "../../tests/vectors/sealed-by-browser.json";
import fromPython from "../../tests/vectors/sealed-by-python.json";
import { decrypterOf, openFile, splitHeader } from "./age_webcrypto";
import { type Bytes, ordinary, sha256Hex, utf8 } from "./bytes";
import { encode } from "./canonical";
import { type Envelope, openEnvelope, readEnvelope, sealEnvelope } from "./envelope";
import { openGrant, readGrant, sealGrant } from "./grant";
import { generateIdentity, readIdentity, readRecipient, sealBytes, unwrapIdentity, wrapToRecipients } from "./identity";
import { type Manifest, makeManifest, manifestSha256, signManifest } from "./manifest";
import { BLOCK, padded, unpadded } from "./padding";
import { unwrapWithPassphrase } from "./passphrase";
import { LIMITS, makeReceipt, signReceipt } from "./receipt";
import { signingKey } from "./signing";
import { plaintext } from "./testing";

const OTHER = "00000000-0000-4000-8000-000000000000";
const bytes = (text: string): Bytes => ordinary(base64.decode(text));

describe.each([
  ["Python", fromPython],
  ["the browser", fromBrowser],
])("sealed by %s", (_, vector) => {
  const open = async (): Promise<Envelope> =>
    openEnvelope(bytes(vector.envelope), await readIdentity(vector.q), vector.request);

  test("the clip opens", async () => {
    const file = bytes(vector.clip.file);
    const plain = await openFile(file, decrypterOf(vector.clip.secret));
    expect(sha256Hex(plain)).toBe(sha256Hex(plaintext(vector.clip.plain_size)));
    expect(splitHeader(file)?.payloadStart).toBe(bytes(vector.clip.head).length);
    expect((JSON.parse(vector.manifest) as Manifest).original.sealed_sha256).toBe(sha256Hex(file));
  });

  test.each(["household", "recovery"] as const)("the grant opens for the %s identity", async (holder) => {
    const grant = await openGrant(bytes(vector.grant), await readIdentity(vector[holder]));
    expect(encode(grant.manifest)).toEqual(utf8(vector.manifest));
    expect(grant.clip.secret).toBe(vector.clip.secret);
    expect(grant.note).toBe(vector.note);
  });

  test("the envelope opens for its request and key only", async () => {
    const envelope = await open();
    expect(encode(envelope.receipt)).toEqual(utf8(vector.receipt));
    expect(envelope.clip.secret).toBe(vector.clip.secret);
    const sealed = bytes(vector.envelope);
    const q = await readIdentity(vector.q);
    await expect(openEnvelope(sealed, q, OTHER)).rejects.toMatchObject({ code: "other_request" });
    const stranger = await generateIdentity();
    await expect(openEnvelope(sealed, stranger, vector.request)).rejects.toMatchObject({ code: "wrong_key" });
    const plain = await openFile(sealed, decrypterOf(vector.q));
    const expected = { request: vector.request, recipient: stranger.recipient };
    await expect(readEnvelope(plain, expected)).rejects.toMatchObject({ code: "other_recipient" });
  });

  test("parts of different shares do not mix", async () => {
    const plain = unpadded(await openFile(bytes(vector.envelope), decrypterOf(vector.q))) as Record<string, unknown>;
    const expected = { request: vector.request, recipient: vector.q_recipient };
    const manifest = makeManifest({ ...(JSON.parse(vector.manifest) as Manifest), clip: OTHER });
    const signed = signManifest(manifest, signingKey());
    const mixed: [string, object][] = [
      ["bad_signature", { manifest }],
      ["other_clip", { manifest, manifest_key: signed.key, manifest_signature: signed.signature }],
      ["malformed", { clip_secret: "AGE-SECRET-KEY-1NONE" }],
      ["malformed", { camera: "front door" }],
    ];
    for (const [code, changes] of mixed) {
      await expect(readEnvelope(padded({ ...plain, ...changes }), expected)).rejects.toMatchObject({ code });
    }
  });

  test("Q and the household's identity unwrap", async () => {
    const officer = await readIdentity(vector.officer);
    expect((await unwrapIdentity(vector.q_wrapped, officer, vector.q_recipient)).secret).toBe(vector.q);
    const other = unwrapIdentity(vector.q_wrapped, officer, officer.recipient);
    await expect(other).rejects.toMatchObject({ code: "other_recipient" });
    const typed = vector.passphrase.toUpperCase().replaceAll(" ", "-");
    expect((await unwrapWithPassphrase(vector.household_wrapped, typed)).secret).toBe(vector.household);
  }, 60_000);

  test("what is ticked does not show in the size", async () => {
    const { clip, manifest: found, receipt: given } = await open();
    const manifest = makeManifest({ ...found, preview: found.original, clock_error_ms: 2 ** 53 - 1 });
    const manifestSignature = signManifest(manifest, signingKey());
    const most = {
      name: '"'.repeat(LIMITS.name),
      contact: '"'.repeat(LIMITS.contact),
      place: { kind: "exact" as const, text: '"'.repeat(LIMITS.place) },
    };
    const sizes = [{}, most].map(async (shown) => {
      const receipt = makeReceipt({ ...given, shown, manifest_sha256: manifestSha256(manifest) });
      const receiptSignature = signReceipt(receipt, signingKey());
      return (await sealEnvelope({ clip, manifest, manifestSignature, receipt, receiptSignature })).length;
    });
    expect(await sizes[0]).toBe(await sizes[1]);
    for (const note of ["a", '"'.repeat(800)]) {
      const plain = await openFile(
        await sealGrant({ clip, manifest, manifestSignature, note }, [clip.recipient]),
        decrypterOf(clip.secret),
      );
      expect(plain.length).toBe(BLOCK);
      expect((await readGrant(plain)).note).toBe(note);
    }
  });

  test("what does not hold is not sealed", async () => {
    const envelope = await open();
    const false_ = { ...envelope, manifest: { ...envelope.manifest, made: "captured" as const } };
    await expect(sealEnvelope(false_)).rejects.toMatchObject({ code: "bad_signature" });
    await expect(sealGrant(false_, [vector.q_recipient])).rejects.toMatchObject({ code: "bad_signature" });
  });
});

describe("identities", () => {
  test("are wrapped to each recipient", async () => {
    const [q, officer, custodian] = await Promise.all([generateIdentity(), generateIdentity(), generateIdentity()]);
    const wrapped = await wrapToRecipients(q.secret, [officer.recipient, custodian.recipient]);
    expect(await unwrapIdentity(wrapped, officer, q.recipient)).toEqual(q);
    expect(await unwrapIdentity(wrapped, custodian, q.recipient)).toEqual(q);
  });

  test.each(["", "AGE-SECRET-KEY-1", "age1", "AGE-SECRET-KEY-PQ-1QQ"])("are not read from %j", async (text) => {
    await expect(readIdentity(text)).rejects.toMatchObject({ code: "malformed" });
    expect(() => readRecipient(text)).toThrow("malformed");
  });

  test("are read as they are printed", async () => {
    const made = await generateIdentity();
    expect(await readIdentity(`  ${made.secret}\n`)).toEqual(made);
    expect(await readIdentity(made.secret.toLowerCase())).toEqual(made);
    expect(readRecipient(made.recipient)).toBe(made.recipient);
  });

  test("nothing is sealed to nobody", async () => {
    await expect(sealBytes(utf8("x"), [])).rejects.toMatchObject({ code: "malformed" });
  });

  test.each(["", "hello", "-----BEGIN AGE ENCRYPTED FILE-----\n"])("are not unwrapped from %j", async (text) => {
    await expect(unwrapIdentity(text, await generateIdentity())).rejects.toMatchObject({ code: "malformed" });
  });
});

test.each([[""], [" ".repeat(BLOCK)], ["{}"], ["x".repeat(BLOCK)]])("padding is not taken off %.10j", (text) => {
  expect(() => unpadded(utf8(text))).toThrow("malformed");
});
