import { describe, expect, it } from "vitest";
import { randomBytes } from "../vault/bytes";
import { sealEnvelope } from "../vault/envelope";
import { type Identity, generateIdentity, openBytes, sealBytes } from "../vault/identity";
import type { Keeper } from "../vault/keeper";
import { makeManifest, manifestSha256, signManifest } from "../vault/manifest";
import { makeReceipt, signReceipt } from "../vault/receipt";
import { signingKey } from "../vault/signing";
import { type Opening, openShare, usableKey } from "./shared_open";
import { fill } from "./shared_page";

const REQUEST = "6f1f4f0e-8f6b-4f0e-9d3a-0c8a1f4b2d11";
const SHA = "ab".repeat(32);
const FILE = { plain_sha256: "cd".repeat(32), plain_size: 10, sealed_sha256: SHA, sealed_size: 226 };

/** The keeper's part that opening needs, with one unlocked identity. */
function keeperOf(name: string, identity: Identity): Keeper {
  const small = { unlocked: { [name]: identity.recipient }, open: (_: string, sealed: Uint8Array) => openBytes(sealed, identity) };
  return small as unknown as Keeper;
}

async function scene(changes: Partial<Opening> = {}): Promise<{ keeper: Keeper; opening: Opening }> {
  const [officer, q, clip] = await Promise.all([generateIdentity(), generateIdentity(), generateIdentity()]);
  const [made, given] = [signingKey(), signingKey()];
  const manifest = makeManifest({ clip: REQUEST, made: "uploaded", media_type: "video/mp4", original: FILE });
  const receipt = makeReceipt({
    request: REQUEST,
    recipient: q.recipient,
    manifest_sha256: manifestSha256(manifest),
    purpose: "Case AF-26-01734",
    given_at: "2026-03-15T19:12:00.000Z",
    expires_at: "2026-09-11T19:12:00.000Z",
  });
  const envelope = await sealEnvelope({
    clip,
    manifest,
    manifestSignature: signManifest(manifest, made),
    receipt,
    receiptSignature: signReceipt(receipt, given),
  });
  const wrap = await sealBytes(new TextEncoder().encode(`${q.secret}\n`), [officer.recipient]);
  const opening: Opening = {
    request: REQUEST,
    recipient: q.recipient,
    wraps: [{ recipient: officer.recipient, wrap }],
    envelope,
    head: randomBytes(8),
    size: FILE.sealed_size,
    sealedSha256: SHA,
    url: "/sealed",
    ...changes,
  };
  return { keeper: keeperOf("officer", officer), opening };
}

describe("opening a shared video", () => {
  it("leads from the officer's key to the clip's", async () => {
    const { keeper, opening } = await scene();
    const envelope = await openShare(keeper, "officer", opening, SHA);
    expect(envelope.clip.secret).toMatch(/^AGE-SECRET-KEY-1/);
    expect(envelope.receipt.shown).toEqual({});
  });

  it.each([
    ["another file's fingerprint from the server", { sealedSha256: "ef".repeat(32) }, SHA, "other_clip"],
    ["another fingerprint on the page", {}, "ef".repeat(32), "other_clip"],
    ["another size", { size: 227 }, SHA, "other_clip"],
    ["another request", { request: REQUEST.replace("6f", "7f") }, SHA, "other_request"],
    ["no wrap for this key", { wraps: [] }, SHA, "other_recipient"],
  ])("refuses %s", async (_name, changes, onPage, code) => {
    const { keeper, opening } = await scene(changes);
    await expect(openShare(keeper, "officer", opening, onPage)).rejects.toMatchObject({ code });
  });

  it("refuses an envelope with a changed byte", async () => {
    const { keeper, opening } = await scene();
    const at = opening.envelope.length - 1;
    opening.envelope[at] = (opening.envelope[at] ?? 0) ^ 1;
    await expect(openShare(keeper, "officer", opening, SHA)).rejects.toMatchObject({ code: "tampered" });
  });

  it("finds the unlocked key that the video was sealed to", () => {
    expect(usableKey({ officer: "age1a", "officer-former": "age1b" }, ["age1b", "age1c"])).toBe("officer-former");
    expect(usableKey({ officer: "age1a" }, ["age1b"])).toBeUndefined();
  });
});

describe("sentences", () => {
  it("fills values, and shows a name that has no sentence", () => {
    expect(fill({ checking: "At {percent} %" }, "checking", { percent: 40 })).toBe("At 40 %");
    expect(fill({}, "strange")).toBe("strange");
    expect(fill({ other: "This did not work." }, "strange")).toBe("This did not work.");
  });
});
